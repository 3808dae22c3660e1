package e2e

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/sqsevent"
)

// TestBatches sends batches of a queue to the program, as Lambda's event source mapping does.
func TestBatches(t *testing.T) {
	t.Parallel()
	p := build(t, "batch.txtar")
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run(string(layout), func(t *testing.T) {
			t.Run("failures", func(t *testing.T) { t.Parallel(); failures(t, p, layout) })
			t.Run("deadline", func(t *testing.T) { t.Parallel(); nearDeadline(t, p, layout) })
		})
	}
}

// failures sends a thousand messages, ten at a time. Every 17th fails, every 50th panics, and
// every 90th is no event. Exactly those come back, and each of the others is handled once.
func failures(t *testing.T, p *program, layout model.Layout) {
	f, rule := start(t, p), ruleOf(t, p, "JobCount")
	var want, got, calls []string
	for first := 0; first < 1000; first += 10 {
		var messages []sqsevent.Message
		for i := first; i < first+10; i++ {
			body := message(t, rule, layout, "order", i, i%50 == 0)
			if i%90 == 0 {
				body = []byte("no event")
			}
			messages = append(messages, sqsevent.Message{ID: fmt.Sprint(i), Body: body})
			if i%17 == 0 || i%50 == 0 || i%90 == 0 {
				want = append(want, fmt.Sprint(i))
			}
			if i%50 != 0 && i%90 != 0 {
				calls = append(calls, fmt.Sprintf("Count %d", i))
			}
		}
		got = append(got, f.receive(p, rule, layout, messages)...)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("these messages come back (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(calls, f.taken()); diff != "" {
		t.Errorf("these events are handled (-want +got):\n%s", diff)
	}
}

// nearDeadline sends more messages than the function can handle before its deadline, and sends
// those that come back again. A message that was not begun comes back, the others are handled
// once, and the function is never stopped.
func nearDeadline(t *testing.T, p *program, layout model.Layout) {
	f, rule := start(t, p), ruleOf(t, p, "JobSlow")
	var messages []sqsevent.Message
	var want []string
	for i := range 20 {
		messages = append(messages, sqsevent.Message{ID: fmt.Sprint(i), Body: message(t, rule, layout, "slow", i, false)})
		want = append(want, fmt.Sprintf("Slow %d", i))
	}
	var calls []string
	for rounds := 0; len(messages) > 0; rounds++ {
		if rounds == 20 {
			t.Fatalf("after %d batches, %d messages are left", rounds, len(messages))
		}
		failed := f.receive(p, rule, layout, messages)
		done := len(messages) - len(failed)
		if rounds == 0 && (done == 0 || len(failed) == 0) {
			t.Errorf("of %d messages, %d come back", len(messages), len(failed))
		}
		for i, m := range messages[done:] {
			if i >= len(failed) || failed[i] != m.ID {
				t.Fatalf("the messages %v come back, but the last %d were not begun", failed, len(failed))
			}
		}
		calls = append(calls, f.taken()...)
		messages = messages[done:]
	}
	if diff := cmp.Diff(want, calls); diff != "" {
		t.Errorf("these events are handled (-want +got):\n%s", diff)
	}
}

func ruleOf(t *testing.T, p *program, id string) *model.Rule {
	t.Helper()
	rules := p.packages[0].Rules()
	i := slices.IndexFunc(rules, func(r *model.Rule) bool { return r.ID == id })
	if i < 0 {
		t.Fatalf("there is no rule %s", id)
	}
	return rules[i]
}

// message returns the body of a message that a rule sends to its queue.
func message(t *testing.T, r *model.Rule, layout model.Layout, detailType string, id int, panics bool) []byte {
	t.Helper()
	return input(t, r, layout, fmt.Sprintf(`{"version":"0","id":"e-%d","source":"my.app","detail-type":%q,"account":"123456789012","region":"us-east-1",`+
		`"time":"2026-11-30T12:00:00Z","resources":[],"detail":{"id":%[1]d,"panics":%[3]t}}`, id, detailType, panics))
}

// receive calls a rule's function with a batch of messages and returns the ids of those that
// come back.
func (f *functions) receive(p *program, r *model.Rule, layout model.Layout, messages []sqsevent.Message) []string {
	f.t.Helper()
	queue := sqsevent.Queue{ARN: "arn:aws:sqs:us-east-1:123456789012:" + r.ID + "Events"}
	result := f.invoke(handler(p.packages[0], r, layout), string(queue.Event(messages, time.Now())))
	f.mustSucceed(f.t, result)
	ids, err := sqsevent.Failed(result.Payload, messages)
	if err != nil {
		f.t.Fatal(err)
	}
	return ids
}
