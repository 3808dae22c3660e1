package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// emptyCheck finds a handler whose parameter encoding/json leaves empty for every event that
// a rule sends.
type emptyCheck struct {
	j     *Job
	r     *Rule
	facts *Facts
	// scheduled says that all rules of the method are schedules whose events have an empty
	// detail.
	scheduled bool
}

// checkEmpty compares the type of a method's event with the input of each rule. One finding
// is enough, since a change of the type concerns all rules.
func checkEmpty(j *Job, f *Facts, report diag.Reporter) {
	if !j.Callable || j.Event == nil || j.Event.Struct == nil {
		return
	}
	scheduled := every(j.Rules, (*Rule).hasEmptyDetail)
	for _, r := range j.Rules {
		if !r.Form.IsValid() || r.Unreadable {
			continue
		}
		c := &emptyCheck{j: j, r: r, facts: f, scheduled: scheduled}
		if d, found := c.check(j.Event); found {
			report.Add(d)
			return
		}
	}
}

// check compares the handler's struct with the part of the input that it decodes.
func (c *emptyCheck) check(event *Event) (diag.Diagnostic, bool) {
	s, in := event.Struct, c.r.Input
	switch {
	case len(s.Fields) == 0:
		return c.found(diag.HandlerEmpty, s, ", and encoding/json fills none of its fields: they are not exported, or embedded twice; give it an exported field")
	case in == nil || in.Path == "$":
		if event.Kind == model.TypedEvent {
			return c.detail(s)
		}
		return c.whole(s)
	case event.Kind == model.TypedEvent: // checkHandlerInput checks it
	case in.Path != "":
		return c.part(s, in.Path)
	}
	return diag.Diagnostic{}, false
}

// called returns the struct's name for messages.
func (s *Struct) called() string { return cmp.Or(s.Name, "this struct") }

// found returns a finding about a struct.
func (c *emptyCheck) found(code diag.Code, s *Struct, format string, args ...any) (diag.Diagnostic, bool) {
	return emptied(c.j, code, s, format, args...), true
}

// emptied returns a finding at a method about the struct that it takes.
func emptied(j *Job, code diag.Code, s *Struct, format string, args ...any) diag.Diagnostic {
	d := diag.New(code, j.Pos, "%s takes %s%s", j.Name, s.called(), fmt.Sprintf(format, args...))
	if s.Decl.IsValid() {
		d = d.Relate(s.Decl, "the type is declared here")
	}
	return d
}

// whole checks a struct that decodes the whole event.
func (c *emptyCheck) whole(s *Struct) (diag.Diagnostic, bool) {
	if use := foreignUse(s.InLambda); use != "" && !containsFold(s.Fields, "detail") {
		return c.foreign(s, "", use)
	}
	inDetail, _ := c.r.detail(c.facts)
	nested, unknown := misplaced(s.Fields, inDetail)
	switch {
	case len(nested) > 0:
		return c.found(diag.HandlerEmpty, s, ", and its rule sends the whole event, which has %s in its detail: %s; take %s",
			conjoin(nested, "and"), stay(s, nested), eventOf(s))
	case len(unknown) > 0 && c.r.hasEmptyDetail():
		return c.found(diag.HandlerEmpty, s, ", and a schedule sends an event with an empty detail and no %s at its top: %s; %s, or leave the parameter out",
			conjoin(unknown, "or"), stay(s, unknown), c.r.sendInput())
	case len(unknown) > 0:
		return c.found(diag.HandlerEmpty, s, ", and its rule sends the whole event, which has no %s at its top: %s; take %s if they are fields of the detail",
			conjoin(unknown, "or"), stay(s, unknown), eventOf(s))
	}
	return c.nearEnvelope(s, inDetail)
}

// nearEnvelope reports a field of a struct for the whole event that is near one of the
// envelope's fields, which are the same for every event.
func (c *emptyCheck) nearEnvelope(s *Struct, inDetail func(string) bool) (diag.Diagnostic, bool) {
	for _, name := range s.Fields {
		if containsFold(envelopeFields, name) || inDetail(name) {
			continue
		}
		if near, ok := nearestEnvelope(name, s.Fields); ok {
			d, _ := c.found(diag.HandlerField, s, ", and no event has %q at its top, so this field stays empty; give it the tag `json:%q`", name, near)
			return d.Suggest("", near), true
		}
	}
	return diag.Diagnostic{}, false
}

// foreign reports a type of aws-lambda-go for the input of another service.
func (c *emptyCheck) foreign(s *Struct, where, use string) (diag.Diagnostic, bool) {
	return c.found(diag.HandlerForeign, s, "%s, which is for %s; EventBridge sends another event: %s", where, use, c.insteadOf(s))
}

// detail checks a struct that decodes the event's detail.
func (c *emptyCheck) detail(s *Struct) (diag.Diagnostic, bool) {
	if c.r.hasEmptyDetail() {
		if !c.scheduled {
			return diag.Diagnostic{}, false // another rule fills it
		}
		remedy := c.r.sendInput()
		if c.r.Scheduler == nil {
			remedy += " and take " + s.called() + " itself"
		}
		return c.found(diag.HandlerEmpty, s, " as the detail, which is empty in the event of a schedule; %s, or take jobs.Event[struct{}]", remedy)
	}
	return c.otherInDetail(s, "take "+s.called()+" itself")
}

// otherInDetail reports a struct for the detail that is meant for a whole event or for the
// input of another service. It reports none if the fields of the detail aren't known, since
// the detail of the user's own events can hold anything.
func (c *emptyCheck) otherInDetail(s *Struct, remedy string) (diag.Diagnostic, bool) {
	inDetail, known := c.r.detail(c.facts)
	if !known || slices.ContainsFunc(s.Fields, func(name string) bool { return inDetail(name) && !containsFold(envelopeFields, name) }) {
		return diag.Diagnostic{}, false
	}
	switch use := foreignUse(s.InLambda); {
	case containsFold(s.Fields, "detail") && containsFold(s.Fields, "detail-type") && !inDetail("detail"):
		return c.found(diag.HandlerEmpty, s, " as the detail, and it is for a whole event, so it stays empty; %s", remedy)
	case use != "":
		return c.foreign(s, " as the detail", use)
	}
	return diag.Diagnostic{}, false
}

// part checks a struct that decodes a part of the event.
func (c *emptyCheck) part(s *Struct, path string) (diag.Diagnostic, bool) {
	name, _, deeper := strings.Cut(strings.TrimPrefix(path, "$."), ".")
	switch {
	case strings.ContainsAny(path, "[*"):
	case deeper && name != "detail": // no event has such a part
	case name != "detail" && isEnvelope(name):
		what := "text"
		if name == "resources" {
			what = "a list of texts"
		}
		return c.found(diag.HandlerEmpty, s, ", and input_path sends %s, which is %s; take json.RawMessage, or send an object, such as $.detail", path, what)
	case c.r.hasEmptyDetail() && path == "$.detail":
		return c.found(diag.HandlerEmpty, s, ", and the detail is empty in the event of a schedule; %s", c.r.sendInput())
	case path == "$.detail":
		return c.otherInDetail(s, "leave input_path out")
	}
	return diag.Diagnostic{}, false
}
