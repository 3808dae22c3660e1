package e2e

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/sqsevent"
)

// TestQueueDeliversTheSameValues sends 200 events to each job, once through its rule and
// once in batches of ten through its rule's queue. The job gets the same Go values, and the
// events that it fails on are those that the queue delivers again.
func TestQueueDeliversTheSameValues(t *testing.T) {
	t.Parallel()
	p := build(t, "queue.txtar")
	events := randomEvents(200)
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run(string(layout), func(t *testing.T) {
			f := start(t, p)
			rules := p.packages[0].Rules()
			for i := 0; i < len(rules); i += 2 {
				direct, queued := rules[i], rules[i+1]
				if direct.Queue != nil || queued.Queue == nil || direct.Job != queued.Job {
					t.Fatalf("%s and %s are not the two rules of a job", direct.ID, queued.ID)
				}
				wantFailed, want := f.directly(p.packages[0], direct, layout, events)
				gotFailed, got := f.throughQueue(p.packages[0], queued, layout, events)
				if len(want) != len(events) {
					t.Errorf("%s was called %d times", direct.ID, len(want))
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: the values differ (-rule +queue):\n%s", direct.Job.Method, diff)
				}
				if !slices.Equal(wantFailed, gotFailed) || (direct.Job.Method == "Fails") != (len(wantFailed) > 100) {
					t.Errorf("%s failed on the events %v, and through the queue on %v", direct.Job.Method, wantFailed, gotFailed)
				}
			}
		})
	}
}

// directly calls the function with each event, and returns the indices of those that it
// failed on and what it logged.
func (f *functions) directly(p *model.Package, r *model.Rule, layout model.Layout, events []string) (failed []int, calls []string) {
	for i, event := range events {
		if f.fire(p, r, layout, event).FunctionError != "" {
			failed = append(failed, i)
		}
	}
	return failed, f.taken()
}

// throughQueue does the same with batches of ten.
func (f *functions) throughQueue(p *model.Package, r *model.Rule, layout model.Layout, events []string) (failed []int, calls []string) {
	f.t.Helper()
	const batch = 10
	queue := sqsevent.Queue{ARN: "arn:aws:sqs:us-east-1:123456789012:" + r.ID + "Events"}
	for first := 0; first < len(events); first += batch {
		var messages []sqsevent.Message
		for _, event := range events[first : first+batch] {
			messages = append(messages, sqsevent.NewMessage(input(f.t, r, layout, event)))
		}
		result := f.invoke(handler(p, r, layout), string(queue.Event(messages, time.Now())))
		if result.FunctionError != "" {
			f.t.Fatalf("%s: %s", r.ID, result.ErrorMessage)
		}
		ids, err := sqsevent.Failed(result.Payload, messages)
		if err != nil {
			f.t.Fatal(err)
		}
		for i, m := range messages {
			if slices.Contains(ids, m.ID) {
				failed = append(failed, first+i)
			}
		}
	}
	return failed, f.taken()
}

// randomEvents returns n events with details of all kinds, always the same.
func randomEvents(n int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	texts := []string{"", "plain", `"quoted" \ back`, "<&>\u2028", "größer 漢字 🙂", "tab\tline\nend", "\u0001", `{"a":1}`, "null"}
	text := func() string { return texts[r.IntN(len(texts))] }
	var events []string
	for i := range n {
		detail := map[string]any{
			"id": text(), "count": r.Int64() >> r.IntN(63), "ratio": r.NormFloat64() * 1e10, "when": time.Unix(r.Int64N(4e9), r.Int64N(1e9)).UTC(),
			"names": []string{text(), text()}, "sizes": map[string]any{text(): r.Float64(), "b": 1e300}, "inner": map[string]bool{"A": r.IntN(2) == 0},
			"rest": []any{nil, text(), json.Number("1.50"), map[string]any{"x": text()}}, "unknown": text(),
		}
		if r.IntN(2) == 0 {
			detail["note"] = text()
		}
		data, err := json.Marshal(map[string]any{
			"version": "0", "id": fmt.Sprintf("event-%d", i), "source": "my.app", "detail-type": text(), "account": "123456789012", "region": "us-east-1",
			"time": time.Unix(r.Int64N(4e9), 0).UTC(), "resources": strings.Fields(text()), "detail": detail,
		})
		if err != nil {
			panic(err)
		}
		events = append(events, string(data))
	}
	return events
}
