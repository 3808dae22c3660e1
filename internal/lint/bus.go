package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// maxBusName bounds a bus's name in characters; as an ARN it is longer
// (API_CreateEventBus).
const maxBusName = 256

// checkBus checks what a rule's event bus allows of its other properties: the length of
// its name, the state of a rule on a partner's bus, and the Region of the dlq.
func checkBus(r *Rule, _ *Facts, report diag.Reporter) {
	if r.EventBus == nil {
		return
	}
	bus := r.Properties["event_bus"].Value
	if plain, ok := r.EventBus.Plain(); ok && utf8.RuneCountInString(busName(plain)) > maxBusName {
		report.Report(diag.PropValue, bus, "the bus's name is %d characters long; at most %d are allowed",
			utf8.RuneCountInString(busName(plain)), maxBusName)
	}
	if r.State == model.EnabledCloudTrail && isPartnerBus(r.EventBus) {
		report.Add(conflict(bus, r.Properties["state"].Value, "a partner's event bus has no CloudTrail events, and AWS refuses %s for its rules; write `state: ENABLED`, or leave the state out", model.EnabledCloudTrail))
	}
	if r.DLQ != nil {
		busRegion, dlqRegion := region(r.EventBus), region(r.DLQ.ARN)
		if busRegion != "" && dlqRegion != "" && busRegion != dlqRegion {
			report.Add(conflict(bus, r.Properties["dlq"].Value, "the event bus is in %s and the dlq in %s; a dlq is a queue in the Region of its rule: name one there, or write `dlq: create`", busRegion, dlqRegion))
		}
	}
}

// conflict returns a finding about two properties, at the later one.
func conflict(a, b model.Pos, format string, args ...any) diag.Diagnostic {
	if b.Compare(a) < 0 {
		a, b = b, a
	}
	return diag.New(diag.PropConflict, b, format, args...).Relate(a, "the other is here")
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
