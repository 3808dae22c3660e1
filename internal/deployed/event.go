package deployed

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/firing"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/target"
)

// Lookup finds a known event by its source and detail-type.
type Lookup func(source, detailType string) (catalog.Event, bool)

// Event returns an event that fires the rule. lookup knows events, and detail, which may be
// nil, describes the detail of the others. If now is zero, the event has the time of the
// catalog's samples.
func (r *Rule) Event(lookup Lookup, detail *shape.Shape, now time.Time) ([]byte, error) {
	made := r.firing()
	made.Pattern, made.Lookup, made.Time = r.Compiled, lookup, now
	if detail != nil {
		made.Detail = detail.DecodedField("detail")
	}
	return made.Event()
}

// firing describes the rule or schedule for events that are made.
func (r *Rule) firing() *firing.Rule {
	return &firing.Rule{ID: r.ID, Name: r.PhysicalName(), Schedule: r.scheduler()}
}

// scheduler returns the schedule of EventBridge Scheduler that the rule is, or nil.
func (r *Rule) scheduler() *firing.Schedule {
	s := r.Scheduler
	if s == nil {
		return nil
	}
	made := &firing.Schedule{Group: cmp.Or(s.Group, "default")}
	if s.Detail != nil {
		made.Detail = json.RawMessage(s.Detail.JSON(model.PlainText))
	}
	return made
}

// PhysicalName returns the rule's name with the values of parameters, or "".
func (r *Rule) PhysicalName() string { return r.Text(r.Name) }

// ARN returns the ARN that the rule or schedule would have.
func (r *Rule) ARN() string { return r.firing().ARN() }

// defaultBus is the name of the event bus that each account has.
const defaultBus = "default"

// Bus returns the name of the rule's event bus. A schedule of EventBridge Scheduler has none.
func (r *Rule) Bus() string {
	if r.Scheduler != nil {
		return ""
	}
	return BusName(r.Text(r.EventBus))
}

// BusName returns the name of an event bus, given its name or its ARN. No name means the default
// event bus.
func BusName(nameOrARN string) string {
	if _, name, ok := strings.Cut(nameOrARN, ":event-bus/"); ok {
		nameOrARN = name
	}
	return cmp.Or(nameOrARN, defaultBus)
}

// QueueARN returns the ARN of the rule's queue. If the rule files make the queue, or if its ARN
// has a parameter without a value, the ARN is made up from the rule's id.
func (r *Rule) QueueARN() string {
	arn, _ := r.Queue.ARN.With(r.Values).Plain()
	return cmp.Or(arn, "arn:aws:sqs:"+catalog.SampleRegion+":"+catalog.SampleAccount+":"+r.ID+"Events")
}

// Payload returns the input of the rule's target for an event. The error says why EventBridge
// can't make it.
func (r *Rule) Payload(event []byte, received time.Time) ([]byte, error) {
	return r.TargetInput(r.Package.Layout).Payload(event, target.Context{
		RuleARN: r.ARN(), RuleName: r.ID, IngestionTime: received,
	})
}
