package pattern

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
)

// Explanation describes why a pattern matches an event, or why it doesn't.
type Explanation struct {
	Matched bool
	// Reasons are in source order. If the pattern matches, they are the fields of the
	// combination that matched, each with the alternative that matched. Otherwise they
	// are the fields that fail in the combination that is nearest to a match.
	Reasons []Reason
}

// Reason describes how one field of a pattern matched or failed.
type Reason struct {
	Path  string // the field's name, its keys joined with dots
	Field *Field
	// Found holds the event's values of the field: several for a list, none if there is
	// no value.
	Found []Value
	// Shape describes the event's field if it has no value: "absent", "an object" or "an
	// empty list".
	Shape string
	// Alternative is the alternative that matched, or nil.
	Alternative *Alternative
	// Apart names the fields that match in other elements of a list than this one. It
	// is set if each of the fields alone would match.
	Apart []string
}

// Explain describes why the pattern matches an event, or which fields fail.
// The error is that of Match.
func (p *Pattern) Explain(event []byte) (Explanation, error) {
	matched, err := p.Match(event)
	if err != nil {
		return Explanation{}, err
	}
	var tape jsonscan.Tape
	if err := readEvent(&tape, event); err != nil {
		return Explanation{}, err
	}
	found := match.NewLeaves(p.set.rules, &tape, jsonscan.Root)
	var nearest []Reason
	steps := match.MaxSteps
	for i, r := range p.rules {
		s := &explained{event: found, index: i, rule: r, Backtracker: found.Backtracker(i, &steps)}
		if s.Run() {
			return Explanation{Matched: matched, Reasons: s.matching()}, nil
		}
		if matched {
			continue
		}
		if reasons := s.failing(); nearest == nil || len(reasons) < len(nearest) {
			nearest = reasons
		}
	}
	return Explanation{Matched: matched, Reasons: nearest}, nil
}

// explained is the search for one rule of a pattern in an event.
type explained struct {
	event *match.Leaves
	index int // in the pattern's rules
	rule  rule
	*match.Backtracker
}

// matching returns the alternatives that matched, after the search has succeeded.
func (s *explained) matching() []Reason {
	reasons := make([]Reason, len(s.rule))
	for i, field := range s.rule {
		reason := s.reason(field)
		if s.Chosen[i].Absent() {
			reason.Alternative = reason.Field.absence()
		} else {
			value := fromMatch(s.event.Value(s.Chosen[i]))
			reason.Alternative = reason.Field.firstMatch(value)
			reason.Found = []Value{value}
		}
		reasons[i] = reason
	}
	sortReasons(reasons)
	return reasons
}

// failing returns the fields that no value of the event matches. If each field alone
// matches, it returns those that don't match together.
func (s *explained) failing() []Reason {
	var reasons []Reason
	for i, field := range s.rule {
		if !s.match(i) {
			reasons = append(reasons, s.reason(field))
		}
	}
	if reasons == nil {
		reasons = []Reason{s.apart()}
	}
	sortReasons(reasons)
	return reasons
}

// match reports whether the given fields of the rule match together.
func (s *explained) match(fields ...int) bool {
	steps := match.MaxSteps
	return s.event.Backtracker(s.index, &steps, fields...).Run()
}

// apart describes the field that doesn't match in the same list element as the fields
// before it. If it matches with each of them alone, it names them all.
func (s *explained) apart() Reason {
	reason := s.reason(s.rule[s.Furthest])
	var all []string
	for other, field := range s.rule[:s.Furthest] {
		name := field.Name()
		all = append(all, name)
		if !s.match(other, s.Furthest) {
			reason.Apart = append(reason.Apart, name)
		}
	}
	if reason.Apart == nil {
		reason.Apart = all
	}
	return reason
}

func sortReasons(reasons []Reason) {
	slices.SortFunc(reasons, func(a, b Reason) int { return a.Field.Offset - b.Field.Offset })
}

// reason describes the event's values of a field.
func (s *explained) reason(field *Field) Reason {
	r := Reason{Path: field.Name(), Field: field}
	at := s.event.At(r.Path)
	for _, l := range at.Leaves {
		r.Found = append(r.Found, fromMatch(s.event.Value(l)))
	}
	switch {
	case r.Found != nil:
	case at.Object:
		r.Shape = "an object"
	case at.Empty:
		r.Shape = "an empty list"
	default:
		r.Shape = "absent"
	}
	return r
}

// String returns one line per reason.
func (e Explanation) String() string {
	lines := make([]string, len(e.Reasons))
	for i := range e.Reasons {
		lines[i] = e.Reasons[i].String()
	}
	return strings.Join(lines, "\n")
}

// String returns the reason as a sentence: `detail.state is "running", wants
// "stopping"`, or `detail.state is "stopping"` if the field matches. It shortens long
// values and long lists; Whole doesn't.
func (r Reason) String() string {
	operands := r.Field.stringOperands()
	return r.sentence(5, func(v Value) string {
		v.Text = shorten(v.Text, operands)
		return v.String()
	})
}

// Whole is like String, but shows all values of the event in full.
func (r Reason) Whole() string { return r.sentence(len(r.Found), Value.String) }

// sentence returns the reason with at most limit of the event's values.
func (r Reason) sentence(limit int, show func(Value) string) string {
	subject := describeName(r.Path) + " is " + r.found(limit, show)
	switch {
	case r.Apart != nil:
		return fmt.Sprintf("%s, but not in the same list element as %s", subject, strings.Join(r.Apart, ", "))
	case r.Alternative == nil:
		return subject + ", wants " + r.Wants()
	case r.Alternative.isLiteral(), r.Alternative.Operator == Exists:
		return subject
	}
	return subject + ", which is " + r.Alternative.wants()
}

// found describes the values, or the field if it has none.
func (r Reason) found(limit int, show func(Value) string) string {
	if len(r.Found) == 0 {
		return r.Shape
	}
	var texts []string
	for _, v := range r.Found[:min(len(r.Found), limit)] {
		texts = append(texts, show(v))
	}
	if more := len(r.Found) - limit; more > 0 {
		texts = append(texts, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(texts, ", ")
}

// Wants describes the values that the field must have, as in `"stopping" or prefix "stop"`.
func (r Reason) Wants() string {
	wants := make([]string, len(r.Field.Alternatives))
	for i := range wants {
		wants[i] = r.Field.Alternatives[i].wants()
	}
	return strings.Join(wants, " or ")
}

// stringOperands returns the strings that the field's alternatives compare values with.
func (f *Field) stringOperands() []string {
	var texts []string
	for _, a := range f.Alternatives {
		for _, o := range a.Operands {
			if o.Type == String {
				texts = append(texts, o.Text)
			}
		}
	}
	return texts
}

func (a *Alternative) wants() string {
	texts := make([]string, len(a.Operands))
	for i, o := range a.Operands {
		texts[i] = o.Text
		if o.Type == String {
			texts[i] = quote(o.Text)
		}
		if o.Comparison != "" {
			texts[i] = o.Comparison + " " + o.Text
		}
	}
	switch a.Operator {
	case Exists:
		return map[string]string{"true": "any value", "false": "no value"}[a.Operands[0].Text]
	case Numeric:
		return strings.Join(texts, " and ")
	case CIDR:
		return "an address in " + texts[0]
	}
	var words []string
	if a.Not {
		words = append(words, "anything but")
	}
	if a.Operator != Equals {
		words = append(words, a.Operator.String())
	}
	words = append(words, strings.Join(texts, " or "))
	if a.IgnoreCase {
		words = append(words, "in any case")
	}
	return strings.Join(words, " ")
}
