package lint

import (
	"cmp"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/schedule"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/target"
	"github.com/jobgen/jobgen/pattern"
)

// Rule is a rule with everything that the checks need. It is complete before the first check
// runs, and no check changes it.
type Rule struct {
	*model.Rule
	// Pattern is nil for a schedule, and if the directives can't be read.
	Pattern *pattern.Pattern
	// At returns the position of an offset in the pattern's source.
	At func(offset int) model.Pos
	// Form is the position of the pattern or schedule. It is not valid for a rule without
	// one.
	Form model.Pos
	// Scheduled says that the directive is a schedule.
	Scheduled bool
	// Expression is that of a schedule. It is nil for a rule with a pattern, and if the
	// expression can't be read.
	Expression schedule.Expression
	// Unreadable says that the directive can't be read.
	Unreadable bool
	// Absent says that the rule doesn't exist with the values that replace its parameters.
	Absent  bool
	Package *model.Package

	Properties Properties
	// InputAt returns a position in the target's input.
	InputAt func(field target.Field, index, offset int) model.Pos
	// StructTags are the positions of the tags that join the rule's pattern.
	StructTags []model.Pos

	// Handler is the shape of events that the handler can decode, nil if that is unknown.
	Handler *shape.Shape
	// HandlerType names the type.
	HandlerType string
	// Record says that the detail is CloudTrail's record for the handler.
	Record bool
}

// Properties are the positions of the properties of directives, by their names. An entry of
// a mapping has a name such as tags.KEY, and a property in another one such as
// retry.attempts.
type Properties map[string]Property

// Property is the position of a property's name and of its value.
type Property struct{ Key, Value model.Pos }

// Facts is the input of the checks besides rules, jobs and packages.
type Facts struct {
	Schemas []*Schema // of the user's own events
	Now     time.Time // only notes may depend on it
}

// inputKey returns the position of the property that sets the target's input.
func (r *Rule) inputKey() model.Pos {
	for _, name := range []string{"input", "input_path", "input_transformer"} {
		if p, ok := r.Properties[name]; ok {
			return p.Key
		}
	}
	return model.Pos{}
}

// name returns the rule's id for messages. If the rule has none, it is the id of a job's
// only rule.
func (r *Rule) name() string { return cmp.Or(r.ID, r.Job.ID()) }

// onCustomBus reports whether the rule is on another bus than the default one.
func (r *Rule) onCustomBus() bool { return customBus(r.Rule) != nil }

// customBus returns the rule's bus, nil if it is the default one, by its name or its ARN.
func customBus(r *model.Rule) model.Text {
	if s, ok := r.EventBus.Plain(); ok && (s == "default" || strings.HasSuffix(s, ":event-bus/default")) {
		return nil
	}
	return r.EventBus
}
