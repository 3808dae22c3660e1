package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
)

// TestDeliveriesGiveTheSameValues sends 200 events to each job by its rule, and in what a
// subscriber of a custom event bus delivers: lists and single events, with and without metadata.
// The job gets the same Go values.
func TestDeliveriesGiveTheSameValues(t *testing.T) {
	t.Parallel()
	p := build(t, "delivery.txtar")
	events := randomEvents(200)
	withMetadata := func(event string) string {
		return `{"Data":` + event + `,"Metadata":{},"SystemMetadata":{"aws:DeliveryType":"LIVE","aws:SequenceNumber":"10000000000000003000"}}`
	}
	rules := slices.DeleteFunc(p.packages[0].Rules(), func(r *model.Rule) bool { return r.Schedule != nil })
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run(string(layout), func(t *testing.T) {
			f := start(t, p)
			// A function for a whole package gets each event once, and runs all its jobs.
			groups := [][]*model.Rule{rules}
			if layout == model.PerMethod {
				groups = slices.Collect(slices.Chunk(rules, 1))
			}
			for _, group := range groups {
				for _, event := range events {
					for _, r := range group {
						f.mustSucceed(t, f.fire(p.packages[0], r, layout, event))
					}
				}
				want, name := f.taken(), handler(p.packages[0], group[0], layout)
				if len(want) != len(events)*len(group) {
					t.Errorf("%s was called %d times", name, len(want))
				}
				for way, element := range map[string]func(string) string{"plain": func(e string) string { return e }, "with metadata": withMetadata} {
					for batch := range slices.Chunk(events, 7) {
						var elements []string
						for _, event := range batch {
							elements = append(elements, element(event))
						}
						f.mustSucceed(t, f.invoke(name, "["+strings.Join(elements, ",")+"]"))
					}
					if diff := cmp.Diff(want, f.taken()); diff != "" {
						t.Errorf("%s, %s: the values differ (-rule +delivery):\n%s", name, way, diff)
					}
					for _, event := range events {
						f.mustSucceed(t, f.invoke(name, element(event)))
					}
					if diff := cmp.Diff(want, f.taken()); diff != "" {
						t.Errorf("%s, %s, each alone: the values differ (-rule +delivery):\n%s", name, way, diff)
					}
				}
			}
		})
	}
}

// TestSchedulesGiveTheSameValues calls a job by a rule with a schedule and by a schedule of
// EventBridge Scheduler. The job gets the same Go values but for the source, the id and the
// resources.
func TestSchedulesGiveTheSameValues(t *testing.T) {
	t.Parallel()
	p := build(t, "delivery.txtar")
	const arn = "arn:aws:scheduler:us-east-1:123456789012:schedule/nightly/ByScheduler"
	var byRule, byScheduler *model.Rule
	for _, r := range p.packages[0].Rules() {
		switch {
		case r.Scheduler != nil:
			byScheduler = r
		case r.Schedule != nil:
			byRule = r
		}
	}
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run(string(layout), func(t *testing.T) {
			f := start(t, p)
			for i := range 200 {
				at := time.Unix(int64(i)*12345, 0).UTC().Format(time.RFC3339)
				event := fmt.Sprintf(`{"version":"0","id":"%d","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012",`+
					`"time":%q,"region":"us-east-1","resources":["arn:aws:events:us-east-1:123456789012:rule/ByRule"],"detail":{}}`, i, at)
				f.mustSucceed(t, f.fire(p.packages[0], byRule, layout, event))
				sent := byScheduler.SchedulerInput(layout).Expand(func(name string) string {
					return map[string]string{model.AccountParam: "123456789012", model.RegionParam: "us-east-1"}[name]
				})
				sent = strings.NewReplacer("<aws.scheduler.schedule-arn>", arn, "<aws.scheduler.scheduled-time>", at).Replace(sent)
				f.mustSucceed(t, f.invoke(handler(p.packages[0], byScheduler, layout), sent))
				calls := f.taken()
				if len(calls) != 2 {
					t.Fatalf("calls %q", calls)
				}
				rule, scheduler := values(t, calls[0]), values(t, calls[1])
				want := map[string]any{"source": "aws.scheduler", "id": arn + "/" + at, "resources": []any{arn}}
				for field, value := range want {
					if diff := cmp.Diff(value, scheduler[field]); diff != "" {
						t.Errorf("%s (-want +got):\n%s", field, diff)
					}
					delete(rule, field)
					delete(scheduler, field)
				}
				if diff := cmp.Diff(rule, scheduler); diff != "" || len(rule) == 0 {
					t.Errorf("the values differ (-rule +schedule):\n%s", diff)
				}
			}
		})
	}
}

// values returns the fields that a call logged.
func values(t *testing.T, call string) (fields map[string]any) {
	t.Helper()
	_, text, _ := strings.Cut(call, "{")
	if err := json.Unmarshal([]byte("{"+text), &fields); err != nil {
		t.Fatalf("%s: %v", call, err)
	}
	return fields
}
