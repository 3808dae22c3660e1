package parse

import (
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// maxBusName bounds a bus's name in characters; as an ARN it is longer
// (API_CreateEventBus).
const maxBusName = 256

// checkBus checks what a rule's event bus allows of its other properties.
func (p *packageParser) checkBus(c gosource.Line, values directive.Values) {
	bus := values.Get("event_bus")
	if bus == nil {
		return
	}
	if plain, ok := bus.Text.Plain(); ok && utf8.RuneCountInString(busName(plain)) > maxBusName {
		p.diags.Report(diag.PropValue, c.At(bus.Node.Offset), "the bus's name is %d characters long; at most %d are allowed",
			utf8.RuneCountInString(busName(plain)), maxBusName)
	}
	if state := values.Get("state"); state != nil && model.State(state.String()) == model.EnabledCloudTrail && isPartnerBus(bus.Text) {
		p.conflict(c, bus, state, "a partner's event bus has no CloudTrail events, and AWS refuses %s for its rules; write `state: ENABLED`, or leave the state out", model.EnabledCloudTrail)
	}
	if dlq := values.Get("dlq"); dlq != nil {
		busRegion, dlqRegion := region(bus.Text), region(dlq.Text)
		if busRegion != "" && dlqRegion != "" && busRegion != dlqRegion {
			p.conflict(c, bus, dlq, "the event bus is in %s and the dlq in %s; a dlq is a queue in the Region of its rule: name one there, or write `dlq: create`", busRegion, dlqRegion)
		}
	}
}

// conflict reports two properties of a line at the later one's value.
func (p *packageParser) conflict(c gosource.Line, a, b *directive.Value, format string, args ...any) {
	first, second := a.Node.Offset, b.Node.Offset
	if first > second {
		first, second = second, first
	}
	p.diags.Add(diag.New(diag.PropConflict, c.At(second), format, args...).Relate(c.At(first), "the other is here"))
}

// busName is the name of a bus that is given by name or ARN.
func busName(bus string) string {
	if _, name, ok := strings.Cut(bus, ":event-bus/"); ok {
		return name
	}
	return bus
}

// isPartnerBus reports whether a bus is a partner's, which is named as its event
// source (API_CreateEventBus).
func isPartnerBus(bus model.Text) bool {
	return strings.HasPrefix(busName(bus.String()), "aws.partner/")
}

// region returns the Region of an ARN, "" if it isn't known.
func region(arn model.Text) string {
	parts := strings.SplitN(arn.String(), ":", 5)
	if len(parts) < 5 || strings.Contains(parts[3], "$") {
		return ""
	}
	return parts[3]
}
