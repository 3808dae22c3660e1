package lint

import (
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/pattern"
)

// Rule is a rule with what the checks read of it. It is complete before the first
// check runs, and no check changes it.
type Rule struct {
	*model.Rule
	// Pattern is nil for a schedule, and where the directives can't be read.
	Pattern *pattern.Pattern
	// At gives the place of an offset in the pattern's source.
	At func(offset int) model.Pos
	// Form is the place of the directive that says when the rule fires.
	Form model.Pos
	// Places of the rule's properties.
	Bus model.Pos

	// Handler is what the type that the handler decodes says of events; nil where it
	// says nothing.
	Handler *shape.Shape
	// HandlerType names the type.
	HandlerType string
	// Record says that the handler takes CloudTrail's record as the detail.
	Record bool
}

// Facts are what the checks know besides the rule.
type Facts struct {
	Schemas []*Schema // of the user's own events
}

// onCustomBus reports whether the rule is on another bus than the default one.
func (r *Rule) onCustomBus() bool { return r.EventBus != nil && !IsDefaultBus(r.EventBus) }

// IsDefaultBus reports whether a bus is the default one, by its name or ARN.
func IsDefaultBus(bus model.Text) bool {
	s, ok := bus.Plain()
	return ok && (s == "default" || strings.HasSuffix(s, ":event-bus/default"))
}
