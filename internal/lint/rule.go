package lint

import (
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/target"
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
	// Form is the place of the directive that says when the rule fires. It is not valid
	// for a rule without one.
	Form model.Pos
	// Scheduled says that the directive is a schedule.
	Scheduled bool
	// Unreadable says that the directive can't be read.
	Unreadable bool
	Package    *model.Package

	Properties Properties
	// InputAt gives a place in what the target is sent.
	InputAt func(field target.Field, index, offset int) model.Pos
	// StructTags are the places of the tags that join the rule's pattern.
	StructTags []model.Pos

	// Handler is what the type that the handler decodes says of events; nil where it
	// says nothing.
	Handler *shape.Shape
	// HandlerType names the type.
	HandlerType string
	// Record says that the handler takes CloudTrail's record as the detail.
	Record bool
}

// Properties are the places of the properties of directives, by their names. An entry of a
// mapping has the name tags.KEY, and a property of a property retry.attempts.
type Properties map[string]Property

// Property is where a property's name and its value are.
type Property struct{ Key, Value model.Pos }

// Facts are what the checks know besides rules, jobs and packages.
type Facts struct {
	Schemas []*Schema // of the user's own events
}

// inputKey returns the place of the property that says what the target is sent.
func (r *Rule) inputKey() model.Pos {
	for _, name := range []string{"input", "input_path", "input_transformer"} {
		if p, ok := r.Properties[name]; ok {
			return p.Key
		}
	}
	return model.Pos{}
}

// name returns the rule's id for messages. A rule whose id is missing is called as its
// job's only rule is.
func (r *Rule) name() string {
	if r.ID != "" {
		return r.ID
	}
	return r.Job.ID()
}

// onCustomBus reports whether the rule is on another bus than the default one.
func (r *Rule) onCustomBus() bool { return r.EventBus != nil && !isDefaultBus(r.EventBus) }

// isDefaultBus reports whether a bus is the default one, by its name or ARN.
func isDefaultBus(bus model.Text) bool {
	s, ok := bus.Plain()
	return ok && (s == "default" || strings.HasSuffix(s, ":event-bus/default"))
}
