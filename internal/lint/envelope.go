package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/pattern"
)

// envelopeFields are the fields that an event has at its top (user guide,
// eb-events-structure; replayed events have replay-name, eb-replay-archived-event). All but
// resources and detail hold one text.
var envelopeFields = []string{
	"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name",
}

// isEnvelope reports whether events have a field of that name at their top.
func isEnvelope(name string) bool { return slices.Contains(envelopeFields, name) }

// requiredFields are the fields that have a value in each event. Resources may be an empty
// list (user guide, eb-events-structure).
var requiredFields = []string{"version", "id", "detail-type", "source", "account", "time", "region"}

// checkEnvelope checks the fields at the top of a pattern.
func checkEnvelope(r *Rule, _ *Facts, report diag.Reporter) {
	c := &envelopeCheck{r: r, report: report}
	c.members(r.Pattern.Top().Members)
}

// envelopeCheck checks the fields at the top of one rule's pattern.
type envelopeCheck struct {
	r      *Rule
	report diag.Reporter
}

func (c *envelopeCheck) members(all []*pattern.Member) {
	for _, m := range all {
		for _, branch := range m.Branches {
			c.members(branch.Members)
		}
		if !m.IsOr() || m.Object != nil {
			c.field(m)
		}
	}
}

func (c *envelopeCheck) field(m *pattern.Member) {
	name, rest, _ := strings.Cut(m.Key, ".")
	deeper := rest != "" || m.Object != nil
	switch {
	case !isEnvelope(name):
		near := nearestName(name, append([]string{"$or"}, envelopeFields...))
		c.report.Add(diag.New(diag.EnvelopeField, c.r.At(m.Offset), "no event has %q at its top: there are %s; the event's own fields are under detail",
			name, strings.Join(envelopeFields, ", ")).Suggest(name, near))
	case name == "detail" && !deeper && m.Field != nil:
		c.report.Report(diag.PatternShape, c.r.At(m.ValueOffset), "detail holds the event's own fields, never a value: write `detail: {field: [value]}`")
	case name != "detail" && deeper:
		c.report.Report(diag.PatternShape, c.r.At(m.ValueOffset), "%s holds no fields in any event: write `%s: [value]`", name, name)
	case name != "detail" && m.Field != nil:
		c.values(name, m)
	}
}

// values reports alternatives that no event can match.
func (c *envelopeCheck) values(name string, m *pattern.Member) {
	absent := len(m.Field.Alternatives) > 0
	for i := range m.Field.Alternatives {
		a := &m.Field.Alternatives[i]
		absent = absent && a.TakesAbsence()
		if a.TakesNull() {
			c.notText(name, a.Terms()[0])
		}
		for _, t := range a.Terms() {
			c.value(name, t)
		}
	}
	if absent && slices.Contains(requiredFields, name) {
		d := diag.New(diag.NeverMatches, c.r.At(m.ValueOffset), "every event has %s, so no event can match exists: false", name)
		d.Severity = diag.Warning // the user guide says so; the pattern has no contradiction
		c.report.Add(d)
	}
}

func (c *envelopeCheck) value(name string, t pattern.Term) {
	if kind := kindOf(t); kind != 0 && kind != shape.String {
		c.otherType(name, t)
	}
}

// otherType reports a term that takes no text.
func (c *envelopeCheck) otherType(name string, t pattern.Term) {
	switch {
	case t.Word() == "":
		c.notText(name, t)
	case t.HasTypeOperator():
		c.report.Report(diag.ArgKind, c.r.At(t.TypeOffset()), "%s is text in every event, so %s", name, neverMatches(t))
	default:
		c.report.Report(diag.ArgKind, c.r.At(t.Offset()), "%s is text in every event, so %s: quote it: '%s'", name, neverMatches(t), t)
	}
}

func (c *envelopeCheck) notText(name string, t pattern.Term) {
	c.report.Report(diag.ArgKind, c.r.At(t.Offset()), "%s is text in every event, and %s is not: quote it: '%s'", name, t, t)
}
