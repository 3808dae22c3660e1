package parse

import (
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
)

// envelope holds the fields that an event has at its top (user guide,
// eb-events-structure; replay-name stands in replayed events, eb-replay-archived-event).
// All but resources and detail hold one text.
var envelope = []string{
	"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name",
}

// checkEnvelope checks the fields at the top of a pattern, and puts AWS's
// spelling for Jets' (detail_type).
func (p *packageParser) checkEnvelope(t *tree) {
	if t.kind != directive.Map {
		return // package pattern says what it must be
	}
	for _, f := range t.fields {
		if f.key == or && f.value.kind == directive.List {
			for _, branch := range f.value.items {
				p.checkEnvelope(branch)
			}
			continue
		}
		first, rest, dotted := strings.Cut(f.key, ".")
		if first == "detail_type" || first == "replay_name" {
			f.key = strings.Replace(f.key, "_", "-", 1)
			first = strings.Replace(first, "_", "-", 1)
		}
		p.envelopeField(f, first, dotted && rest != "")
	}
}

func (p *packageParser) envelopeField(f *treeField, name string, deeper bool) {
	deeper = deeper || f.value.kind == directive.Map
	switch {
	case !isEnvelope(name):
		p.unknownField(f, name)
	case name == "detail" && !deeper && f.value.kind == directive.List:
		p.diags.Report(diag.PatternShape, f.value.pos, "detail holds the event's own fields, never a value: write `detail: {field: [value]}`")
	case name != "detail" && deeper:
		p.diags.Report(diag.PatternShape, f.value.pos, "%s holds no fields in any event: write `%s: [value]`", name, name)
	case name != "detail":
		p.envelopeValues(name, f.value)
	}
}

func isEnvelope(name string) bool {
	for _, field := range envelope {
		if field == name {
			return true
		}
	}
	return false
}

func (p *packageParser) unknownField(f *treeField, name string) {
	d := diag.New(diag.EnvelopeField, f.pos, "no event has %q at its top: there are %s; the event's own fields stand under detail",
		name, strings.Join(envelope, ", "))
	if near, ok := spell.Nearest(name, append([]string{or}, envelope...)); ok {
		d = d.Suggest(near)
	}
	p.diags.Add(d)
}

// envelopeValues reports what the envelope's fields, which are text, never have.
func (p *packageParser) envelopeValues(name string, list *tree) {
	for _, item := range list.items {
		if item.kind == directive.Null {
			p.notText(name, item)
		}
		for _, w := range wants(item) {
			p.envelopeValue(name, w)
		}
	}
	if slices.Contains(alwaysThere, name) && len(list.items) > 0 && !slices.ContainsFunc(list.items, takesValues) {
		d := diag.New(diag.NeverMatches, list.pos, "every event has %s, so no event can match exists: false", name)
		d.Severity = diag.Warning // it is the service's custom, and no contradiction in the pattern
		p.diags.Add(d)
	}
}

// alwaysThere are the fields that have a value in each event; resources may be an empty
// list (user guide, eb-events-structure).
var alwaysThere = []string{"version", "id", "detail-type", "source", "account", "time", "region"}

// takesValues reports whether an alternative takes anything but that there is no value.
func takesValues(item *tree) bool {
	name, operand := operatorOf(item)
	return name != "exists" || operand.word != "false"
}

func (p *packageParser) envelopeValue(name string, w want) {
	switch {
	case w.kind != 0 && w.kind != shape.String && w.operator == "":
		p.notText(name, w.t)
	case w.kind != 0 && w.kind != shape.String && w.key != nil:
		p.diags.Report(diag.ArgKind, w.key.pos, "%s is text in every event, so %s", name, w.inVain())
	case w.kind != 0 && w.kind != shape.String:
		p.diags.Report(diag.ArgKind, w.t.pos, "%s is text in every event, so %s: quote it: '%s'", name, w.inVain(), w.t.word)
	case w.t.kind != directive.String || !w.isWhole() || len(w.t.text.Params()) > 0:
	case name == "account" && !accountID.MatchString(w.t.plain()):
		d := diag.New(diag.ValueOutside, w.t.pos, "account is never %q: an account id is 12 digits", w.t.plain())
		d.Severity = diag.Warning
		p.diags.Add(d)
	case name == "region":
		if near, ok := catalog.NearRegion(w.t.plain()); ok {
			p.diags.Add(diag.New(diag.ValueOutside, w.t.pos, "region is never %q", w.t.plain()).Suggest(near))
		}
	}
}

// accountID is the form of an account's id (Organizations API, AccountId).
var accountID = regexp.MustCompile(`^\d{12}$`)

func (p *packageParser) notText(name string, item *tree) {
	p.diags.Report(diag.ArgKind, item.pos, "%s is text in every event, and %s is not: quote it: '%s'", name, item.kindWord(), item.word)
}
