// Package firing makes events that fire rules. An event is complete: it has the envelope
// and all known fields of its detail, with values that the rule's pattern matches.
package firing

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/pattern"
)

// Rule is a rule for which an event is made.
type Rule struct {
	ID      string
	Name    string           // the name that the rule is deployed with, if it is set
	Pattern *pattern.Pattern // for a schedule, the pattern of the events that it sends
	// Schedule is set for a schedule of EventBridge Scheduler.
	Schedule *Schedule
	// Lookup returns a known event. If it is nil, the known events are those of AWS.
	Lookup func(source, detailType string) (catalog.Event, bool)
	// Detail describes the detail of events that are not known. It may be nil.
	Detail *catalog.Field
	// Time is the event's time. If it is zero, the event has the time of the catalog's
	// samples.
	Time time.Time
}

// ARN returns the ARN that the rule has in the account and the Region of made events.
func (r *Rule) ARN() string {
	if r.Schedule != nil {
		return "arn:aws:scheduler:" + catalog.SampleRegion + ":" + catalog.SampleAccount + ":schedule/" + r.Schedule.Group + "/" + cmp.Or(r.Name, r.ID)
	}
	return "arn:aws:events:" + catalog.SampleRegion + ":" + catalog.SampleAccount + ":rule/" + cmp.Or(r.Name, r.ID)
}

// The source and detail-type of the event that EventBridge sends when a schedule fires
// (user guide, page eb-create-rule-schedule).
const (
	ScheduledSource = "aws.events"
	ScheduledType   = "Scheduled Event"
)

// Event returns an event that fires the rule, as indented JSON. The pattern matches it.
func (r *Rule) Event() ([]byte, error) {
	if r.Schedule != nil {
		return r.scheduled(), nil
	}
	data, ok := r.Pattern.Sample()
	if !ok {
		return nil, r.noEvent()
	}
	// The sample has only the fields that the pattern needs.
	sample := object(data)
	for _, known := range r.bases(sample) {
		base := r.example(known)
		if r.Detail != nil {
			adopt(base["detail"], r.example(catalog.Event{Detail: r.Detail})["detail"], sample["detail"])
		}
		d := &draft{pattern: r.Pattern, base: base, over: sample}
		if d.complete() {
			return encode(d.event()), nil
		}
	}
	return encode(sample), nil
}

// noEvent returns the error for a pattern without a sample.
func (r *Rule) noEvent() error {
	if r.Pattern.Satisfiable() == pattern.No {
		return fmt.Errorf("no event can fire the rule %s: no value matches its pattern", r.ID)
	}
	return fmt.Errorf("no event was found that fires the rule %s: the search ends early for wildcards with many stars, and for cidr blocks with prefixes, suffixes or wildcards on the same field; write an event and check it with `jobgen which`", r.ID)
}

// example returns an example of an event. An event without a source or a detail-type gets one.
func (r *Rule) example(e catalog.Event) map[string]any {
	e.Source, e.DetailType = cmp.Or(e.Source, "my.app"), cmp.Or(e.DetailType, "Example")
	var resources []string
	if e.Source == ScheduledSource && e.DetailType == ScheduledType {
		resources = append(resources, r.ARN())
	}
	event := object(e.Sample(resources...))
	if !r.Time.IsZero() {
		event["time"] = r.Time.UTC().Format(time.RFC3339)
	}
	return event
}

func (r *Rule) lookup(source, detailType string) (catalog.Event, bool) {
	if r.Lookup != nil {
		return r.Lookup(source, detailType)
	}
	return catalog.Lookup(source, detailType)
}

// bases returns the events that can complete a sample, the best one first. These are the known
// events with its source and detail-type, and then an event with the detail that the handler
// decodes.
func (r *Rule) bases(sample map[string]any) []catalog.Event {
	source, _ := sample["source"].(string)
	detailType, _ := sample["detail-type"].(string)
	own := catalog.Event{Source: source, DetailType: detailType, Detail: r.Detail}
	if own.Detail == nil {
		own.Detail = &catalog.Field{Name: "detail", Kind: catalog.Object}
	}
	detail, _ := sample["detail"].(map[string]any)
	all := r.known(source, detailType, detail)
	// The sort is stable: equal events keep their order.
	slices.SortStableFunc(all, func(a, b catalog.Event) int { return cmp.Compare(fit(b, detail), fit(a, detail)) })
	return append(all, own)
}
