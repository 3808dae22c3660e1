package parse

import (
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
)

// emptyCheck finds a handler that can hold nothing of what a rule sends:
// encoding/json would leave its parameter empty for every event.
type emptyCheck struct {
	p *packageParser
	h *attach.Declaration
	r *rule
	// timed says that all rules of the method are schedules.
	timed bool
}

// checkEmpty holds the type of a method's event against what each rule sends.
// The first finding is enough: what changes the type changes it for all rules.
func (p *packageParser) checkEmpty(h *attach.Declaration, rules []*rule, event types.Type) {
	if event == nil {
		return
	}
	timed := !slices.ContainsFunc(rules, func(r *rule) bool { return r.form != timed })
	for _, r := range rules {
		if r.form == noForm || r.bad {
			continue
		}
		c := &emptyCheck{p: p, h: h, r: r, timed: timed}
		if d, found := c.check(event); found {
			p.diags.Add(d)
			return
		}
	}
}

// check finds the part of what the rule sends that a struct of the handler's
// takes, and holds the two against each other.
func (c *emptyCheck) check(event types.Type) (diag.Diagnostic, bool) {
	kind := gotypes.EventKind(event)
	takes := event
	if kind == model.TypedEvent {
		takes = gotypes.DetailType(event)
	} else if kind != model.StructEvent {
		return diag.Diagnostic{}, false
	}
	s, ok := c.p.structTaken(takes)
	switch in := c.r.out.Input; {
	case !ok:
	case len(s.fields) == 0:
		return c.unfilled(s)
	case in == nil || in.Path == "$":
		if kind == model.TypedEvent {
			return c.detail(s)
		}
		return c.whole(s)
	case kind == model.TypedEvent: // handlerInput checks it
	case in.Path != "":
		return c.part(s, in.Path)
	}
	return diag.Diagnostic{}, false
}

// structTaken is a struct into which encoding/json decodes, field by field.
type structTaken struct {
	typ    types.Type
	name   string   // as the package writes it
	fields []string // the names of those that encoding/json fills
}

// structTaken tells which fields of a type encoding/json fills. The result is
// false for a type of another kind, one that decodes itself, one whose fields
// aren't all known, and a struct without fields.
func (p *packageParser) structTaken(t types.Type) (structTaken, bool) {
	t = gotypes.Pointee(t)
	fields, ok := t.Underlying().(*types.Struct)
	s := p.shapes.Of(t)
	if !ok || s.Open || s.Elem != nil || isEmptyStruct(fields) {
		return structTaken{}, false
	}
	return structTaken{typ: t, name: structName(t, p.pkg.Types), fields: s.Names()}, true
}

// isEmptyStruct reports whether a struct is made to take nothing: it has no
// fields but blank ones, those with the tag json:"-", and structs like it.
func isEmptyStruct(t *types.Struct) bool {
	for i := range t.NumFields() {
		f := t.Field(i)
		inner, ok := f.Type().Underlying().(*types.Struct)
		omitted := f.Name() == "_" || reflect.StructTag(t.Tag(i)).Get("json") == "-"
		if !omitted && (!ok || !isEmptyStruct(inner)) {
			return false
		}
	}
	return true
}

// unnamed is what a struct without a name is called.
const unnamed = "this struct"

// structName names a type as its own package writes it.
func structName(t types.Type, own *types.Package) string {
	if _, ok := t.(*types.Struct); ok {
		return unnamed
	}
	return types.TypeString(t, func(p *types.Package) string {
		if p == own {
			return ""
		}
		return p.Name()
	})
}

// found makes a finding at the method's name, with the place of the type.
func (c *emptyCheck) found(code diag.Code, s structTaken, format string, args ...any) (diag.Diagnostic, bool) {
	d := diag.New(code, c.h.Pos, "%s takes %s%s", c.h.Name, s.name, fmt.Sprintf(format, args...))
	// Export data has no columns: only the package's own types have a full place.
	if named, ok := s.typ.(*types.Named); ok && named.Obj().Pkg() == c.p.pkg.Types {
		d = d.Relate(gosource.Pos(c.p.pkg.Fset, named.Obj().Pos()), "the type is declared here")
	}
	return d, true
}

// unfilled reports a struct with fields of which encoding/json fills none.
func (c *emptyCheck) unfilled(s structTaken) (diag.Diagnostic, bool) {
	return c.found(diag.HandlerEmpty, s, ", and encoding/json fills none of its fields: they are not exported, or embedded twice; give it an exported field")
}

// whole checks a struct that decodes the whole event.
func (c *emptyCheck) whole(s structTaken) (diag.Diagnostic, bool) {
	if use := foreignUse(s.typ); use != "" && !foldsInto("detail", s.fields) {
		return c.foreign(s, "", use)
	}
	inDetail, _ := c.detailOf()
	nested, unknown := misplaced(s.fields, inDetail)
	switch {
	case len(nested) > 0:
		return c.found(diag.HandlerEmpty, s, ", and its rule sends the whole event, which has %s in its detail: %s; take %s",
			enumerate(nested), stay(s, nested), eventOf(s))
	case len(unknown) > 0 && c.r.form == timed:
		return c.found(diag.HandlerEmpty, s, ", and a schedule sends an event with an empty detail and no %s at its top: %s; send an input (`//jobs:event_rule input: {…}`), or leave the parameter out",
			alternatives(unknown), stay(s, unknown))
	case len(unknown) > 0:
		return c.found(diag.HandlerEmpty, s, ", and its rule sends the whole event, which has no %s at its top: %s; take %s if they are fields of the detail",
			alternatives(unknown), stay(s, unknown), eventOf(s))
	}
	return c.nearEnvelope(s, inDetail)
}

// nearEnvelope reports a field of a struct for the whole event whose name is
// nearly one of the envelope's: the envelope is the same for every event.
func (c *emptyCheck) nearEnvelope(s structTaken, inDetail func(string) bool) (diag.Diagnostic, bool) {
	for _, name := range s.fields {
		if foldsInto(name, lint.Envelope) || inDetail(name) {
			continue
		}
		if near, ok := nearestEnvelope(name, s.fields); ok {
			d, _ := c.found(diag.HandlerField, s, ", and no event has %q at its top, so this field stays empty; give it the tag `json:%q`", name, near)
			return d.Suggest(near), true
		}
	}
	return diag.Diagnostic{}, false
}

// foreign reports a type of aws-lambda-go for what another service sends.
func (c *emptyCheck) foreign(s structTaken, where, use string) (diag.Diagnostic, bool) {
	return c.found(diag.HandlerForeign, s, "%s, which is for %s; EventBridge sends another event: %s", where, use, c.insteadOf(s))
}

// detail checks a struct that decodes the event's detail.
func (c *emptyCheck) detail(s structTaken) (diag.Diagnostic, bool) {
	if c.r.form == timed {
		if !c.timed {
			return diag.Diagnostic{}, false // another rule fills it
		}
		return c.found(diag.HandlerEmpty, s, " as the detail, which is empty in the event of a schedule; send an input (`//jobs:event_rule input: {…}`) and take %s itself, or take jobs.Event[struct{}]", s.name)
	}
	return c.otherInDetail(s, "take "+s.name+" itself")
}

// otherInDetail reports a struct for the detail that is for a whole event, or
// for what another service sends. It does so where the fields of the detail are
// known: people put all kinds of things into the detail of their own events.
func (c *emptyCheck) otherInDetail(s structTaken, remedy string) (diag.Diagnostic, bool) {
	inDetail, known := c.detailOf()
	if !known || slices.ContainsFunc(s.fields, func(name string) bool { return inDetail(name) && !foldsInto(name, lint.Envelope) }) {
		return diag.Diagnostic{}, false
	}
	switch use := foreignUse(s.typ); {
	case foldsInto("detail", s.fields) && foldsInto("detail-type", s.fields) && !inDetail("detail"):
		return c.found(diag.HandlerEmpty, s, " as the detail, and it is for a whole event, so it stays empty; %s", remedy)
	case use != "":
		return c.foreign(s, " as the detail", use)
	}
	return diag.Diagnostic{}, false
}

// part checks a struct that decodes a part of the event.
func (c *emptyCheck) part(s structTaken, path string) (diag.Diagnostic, bool) {
	name, _, deeper := strings.Cut(strings.TrimPrefix(path, "$."), ".")
	switch {
	case strings.ContainsAny(path, "[*"):
	case deeper && name != "detail": // nothing is there
	case name != "detail" && lint.IsEnvelope(name):
		what := "text"
		if name == "resources" {
			what = "a list of texts"
		}
		return c.found(diag.HandlerEmpty, s, ", and input_path sends %s, which is %s; take json.RawMessage, or send an object, such as $.detail", path, what)
	case c.r.form == timed && path == "$.detail":
		return c.found(diag.HandlerEmpty, s, ", and the detail is empty in the event of a schedule; send an input (`//jobs:event_rule input: {…}`)")
	case path == "$.detail":
		return c.otherInDetail(s, "leave input_path out")
	}
	return diag.Diagnostic{}, false
}

// noneFits reports a struct that has none of the fields that a constant or a
// template has. An empty object leaves all fields empty on purpose.
func (c *emptyCheck) noneFits(s structTaken, sent *model.Value) (diag.Diagnostic, bool) {
	names := sent.Keys()
	if len(names) == 0 || len(s.fields) == 0 || slices.ContainsFunc(names, func(name string) bool { return foldsInto(name, s.fields) }) {
		return diag.Diagnostic{}, false
	}
	d, _ := c.found(diag.HandlerEmpty, s, ", which has none of the fields that its rule sends (%s), so it stays empty; it has %s",
		strings.Join(names, ", "), enumerate(s.fields))
	return d.Relate(c.r.inputPos, "the rule says here what is sent").Suggest(lint.NearestName(names[0], s.fields)), true
}
