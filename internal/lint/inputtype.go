package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/target"
)

// checkInputType compares the inputs of a method's rules with the handler's type. The handler
// never sees a field that the type doesn't have, and can't decode a value of another kind.
func checkInputType(j *Job, f *Facts, report diag.Reporter) {
	if j.Event == nil || j.Event.Shape == nil {
		return
	}
	for _, r := range j.Rules {
		c := &inputCheck{r: r, input: r.OwnInput(), goType: j.Event.Shape.Type, report: report}
		if r.Scheduled && !r.hasEmptyDetail() && r.Scheduler != nil {
			c.schedule(j)
			continue
		}
		if c.input.Path != "" || len(c.input.Paths) > 0 {
			c.events = r.inputEvents(f)
		}
		value := c.input.Value()
		switch {
		case j.Event.Kind == model.TypedEvent:
			c.detail(value, j.Event.Shape)
		case value == nil && c.input.Path == "":
		case value == nil:
			c.path(j.Event)
		case j.Event.Struct != nil && noneFits(j.Event.Struct, value):
			report.Add(noneFilled(j, r, j.Event.Struct, value))
		default:
			c.value(value, j.Event.Shape, "")
		}
	}
}

// detail compares the detail of an event that a template makes.
func (c *inputCheck) detail(event *target.Value, s *shape.Shape) {
	if event == nil || c.input.Template == "" {
		return // checkHandlerInput reports other inputs
	}
	for _, m := range event.Members {
		if m.Key == "detail" {
			c.value(m.Value, s, m.Key)
		}
	}
}

// schedule compares the input of a schedule, which is the detail of its event.
func (c *inputCheck) schedule(j *Job) {
	value := target.Input{Constant: c.r.Scheduler.Detail.JSON(model.PlainText)}.Value()
	switch detail := j.Event.Shape.LookupFold("detail"); {
	case j.Event.Kind == model.TypedEvent && j.Event.Struct != nil && noneFits(j.Event.Struct, value):
		c.report.Add(noneFilled(j, c.r, j.Event.Struct, value))
	case j.Event.Kind == model.TypedEvent:
		c.value(value, j.Event.Shape, "detail")
	case detail != nil:
		c.value(value, detail, "detail")
	}
}

// noneFits reports whether a struct has none of the fields of a constant or template. An
// empty object leaves all fields empty on purpose.
func noneFits(s *Struct, input *target.Value) bool {
	names := input.Keys()
	return len(names) > 0 && len(s.Fields) > 0 && !slices.ContainsFunc(names, func(name string) bool { return containsFold(s.Fields, name) })
}

// noneFilled returns a finding about a struct that has none of the fields that its rule sends.
func noneFilled(j *Job, r *Rule, s *Struct, input *target.Value) diag.Diagnostic {
	names := input.Keys()
	return emptied(j, diag.HandlerEmpty, s, ", which has none of the fields that its rule sends (%s), so it stays empty; it has %s",
		strings.Join(names, ", "), conjoin(s.Fields, "and")).
		Relate(r.inputKey(), "the rule's input is set here").Suggest("", nearestName(names[0], s.Fields))
}

// inputCheck compares the input of a rule with the handler's type.
type inputCheck struct {
	r      *Rule
	events []origin
	input  target.Input
	goType string
	report diag.Reporter
}

// at returns the position of an offset in the input. A constant has one position.
func (c *inputCheck) at(offset int) model.Pos {
	if c.input.Template == "" {
		return c.r.inputKey()
	}
	return c.r.InputAt(target.InTemplate, 0, offset)
}

// value compares a value at a path in the input with the shape that decodes it.
func (c *inputCheck) value(v *target.Value, s *shape.Shape, path string) {
	if v.Variable != "" {
		found, has := c.variable(v.Variable)
		c.part(c.at(v.Offset), found, has, s, path)
		return
	}
	kind := kindOfJSON(v.JSON)
	if kind != 0 && !s.Kind.Has(kind) {
		c.cannotDecode(diag.KindMismatch, c.at(v.Offset), s.Kind.String(), path, kind.String())
		return
	}
	if kind == shape.Number && s.Numbers != nil && !s.Numbers.Reads(v.JSON) {
		c.cannotDecode(diag.KindMismatch, c.at(v.Offset), s.Numbers.Type+" ("+s.Numbers.String()+")", path, v.JSON)
	}
	for _, e := range v.Elements {
		c.value(e, s.Item(), path)
	}
	for _, m := range v.Members {
		at := strings.TrimPrefix(path+"."+m.Key, ".")
		if next := cmp.Or(s.Lookup(m.Key), s.LookupFold(m.Key)); next != nil {
			c.value(m.Value, next, at)
			continue
		}
		c.noField(m, at, s, v.Keys())
	}
}

// noField reports a member that the type has no field for. If it is near a field that no other
// member sets, it is misspelled.
func (c *inputCheck) noField(m target.Member, path string, s *shape.Shape, keys []string) {
	others := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return key == m.Key })
	free := slices.DeleteFunc(s.Names(), func(name string) bool { return containsFold(others, name) })
	code, near := diag.InputMismatch, nearestName(m.Key, free)
	if near != "" {
		code = diag.FieldMisspelled
	}
	c.report.Add(diag.New(code, c.at(m.Offset), "the Go type %s has no field for %q, which the rule sends", c.goType, path).Suggest(m.Key, near))
}

func (c *inputCheck) cannotDecode(code diag.Code, pos model.Pos, has, path, sent string) {
	c.report.Report(code, pos, "the Go type %s has %s for %s, and can't decode %s", c.goType, has, cmp.Or(path, "the input"), sent)
}

// path compares the part of the event at input_path with the handler's type. checkEmpty
// reports a field of the envelope, and checkHandlerFields the fields of an object.
func (c *inputCheck) path(event *Event) {
	path := c.input.Path
	if event.Struct == nil || !isEnvelope(strings.TrimPrefix(path, "$.")) {
		c.part(c.r.InputAt(target.InPath, 0, 0), c.r.valuesAt(path, c.events), " has at "+path, event.Shape, "")
	}
}

// variable returns the descriptions of a variable's value, and the end of a sentence about
// it. There are none if nothing is known about it.
func (c *inputCheck) variable(name string) (found []origin, has string) {
	if kind, ok := target.Reserved(name); ok {
		return []origin{{name: "EventBridge", at: &shape.Shape{Kind: kindOfJSON(kind), Sure: true}}}, " sends for <" + name + ">"
	}
	for _, v := range c.input.Paths {
		if v.Name == name {
			return c.r.valuesAt(v.Path, c.events), " has at " + v.Path
		}
	}
	return nil, ""
}

// part reports a part of the event if the shape can't decode its kind in any of the events.
func (c *inputCheck) part(pos model.Pos, found []origin, has string, s *shape.Shape, path string) {
	for _, o := range found {
		switch {
		case !o.at.Kind.Has(s.Kind):
		case o.at.Fractions && s.Kind == shape.Number && s.Numbers != nil && !s.Numbers.Reads("0.5"):
			c.cannotDecode(diag.KindDiffers, pos, s.Numbers.Type, path, "numbers with fractions, which "+o.name+has)
			return
		default:
			return
		}
	}
	if len(found) > 0 {
		code := diag.KindDiffers
		if found[0].at.Sure {
			code = diag.KindMismatch
		}
		c.cannotDecode(code, pos, s.Kind.String(), path, found[0].at.Kind.String()+", which "+found[0].name+has)
	}
}

// kindOfJSON returns the kind of a JSON value. It returns 0 for null, which all types decode.
func kindOfJSON(text string) shape.Kind {
	switch text[0] {
	case '{':
		return shape.Object
	case '[':
		return shape.Array
	case '"':
		return shape.String
	case 't', 'f':
		return shape.Boolean
	case 'n':
		return 0
	}
	return shape.Number
}

// checkHandlerInput reports a handler that decodes an event's envelope if the target's input
// is no event.
func checkHandlerInput(j *Job, _ *Facts, report diag.Reporter) {
	kind := j.Signature.Kind
	if kind != model.TypedEvent && kind != model.LambdaEvent {
		return
	}
	for _, r := range j.Rules {
		if r.Input == nil || r.Input.Path == "$" || r.Input.Transformer != nil && mayMakeEvent(r.OwnInput()) {
			continue
		}
		report.Add(diag.New(diag.HandlerInput, j.Pos, "%s takes the event's envelope, and its rule sends something else; take a struct of what is sent, or json.RawMessage", j.Name).
			Relate(r.inputKey(), "the rule's input is set here"))
	}
}

// mayMakeEvent reports whether a template may make an event: an object with a detail, without
// which no event is decoded.
func mayMakeEvent(in target.Input) bool {
	v := in.Value()
	return v == nil || v.JSON == "" || v.JSON[0] == '{' && containsFold(v.Keys(), "detail")
}
