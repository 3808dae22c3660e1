package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// maxBusName is the maximum length of a bus's name, in characters (API_CreateEventBus). An
// ARN may be longer.
const maxBusName = 256

// checkBus checks the length of the event bus's name, the state of a rule on a partner's
// bus, and the Region of the dlq.
func checkBus(r *Rule, _ *Facts, report diag.Reporter) {
	if r.EventBus == nil {
		return
	}
	bus := r.Properties["event_bus"].Value
	plain, ok := r.EventBus.Plain()
	if n := utf8.RuneCountInString(busName(plain)); ok && n > maxBusName {
		report.Report(diag.PropValue, bus, "the bus's name is %d characters long; at most %d are allowed", n, maxBusName)
	}
	if r.HasState(model.EnabledCloudTrail) && isPartnerBus(r.EventBus) {
		report.Add(conflict(bus, r.Properties["state"].Value, "a partner's event bus has no CloudTrail events, and AWS refuses %s for its rules; write `state: ENABLED`, or leave the state out", model.EnabledCloudTrail))
	}
	if r.DLQ != nil {
		busRegion, dlqRegion := region(r.EventBus), region(r.DLQ.ARN)
		if busRegion != "" && dlqRegion != "" && busRegion != dlqRegion {
			report.Add(conflict(bus, r.Properties["dlq"].Value, "the event bus is in %s and the dlq in %s; a dlq is a queue in the Region of its rule: name one there, or write `dlq: create`", busRegion, dlqRegion))
		}
	}
}

// checkScheduled checks the properties of a rule with a schedule. AWS refuses the state for
// CloudTrail's events: PutRule returns a ValidationException
// (hashicorp/terraform-provider-aws#34988).
func checkScheduled(r *Rule, _ *Facts, report diag.Reporter) {
	if !r.Scheduled {
		return
	}
	if r.onCustomBus() {
		report.Add(diag.New(diag.PropConflict, r.Form, "a schedule fires on the default event bus only; remove event_bus").
			Relate(r.Properties["event_bus"].Value, "the event bus is set here"))
	}
	if r.HasState(model.EnabledCloudTrail) {
		report.Add(diag.New(diag.PropConflict, r.Form,
			"AWS refuses %s for a rule with a schedule; write `state: ENABLED`, or leave the state out", r.State.String()).
			Relate(r.Properties["state"].Value, "the state is set here"))
	}
}

// conflict returns a finding about two properties, at the later position.
func conflict(a, b model.Pos, format string, args ...any) diag.Diagnostic {
	if b.Compare(a) < 0 {
		a, b = b, a
	}
	return diag.New(diag.PropConflict, b, format, args...).Relate(a, "the other is here")
}

// busName returns the name of a bus with a name or an ARN.
func busName(bus string) string {
	if _, name, ok := strings.Cut(bus, ":event-bus/"); ok {
		return name
	}
	return bus
}

// isPartnerBus reports whether a bus is a partner's, which has the name of its event source
// (API_CreateEventBus).
func isPartnerBus(bus model.Text) bool {
	return strings.HasPrefix(busName(bus.String()), partners+"/")
}

// region returns the Region of an ARN, or "" if it isn't known.
func region(arn model.Text) string {
	parts := strings.SplitN(arn.String(), ":", 5)
	if len(parts) < 5 || strings.Contains(parts[3], "$") {
		return ""
	}
	return parts[3]
}
