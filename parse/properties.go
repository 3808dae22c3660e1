package parse

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/target"
)

// properties reads a directive's properties.
func (p *packageParser) properties(c gosource.Line) directive.Values {
	n := arguments(c, directive.WantMap, p.diags)
	if n == nil {
		return nil
	}
	values, problems := directive.Decode(n, c.Spec.Props)
	reportProblems(c, problems, p.diags)
	p.params.properties(c, values)
	p.propertyReferences(c, values)
	return values
}

// settings reads a package directive.
func (p *packageParser) settings(c gosource.Line) {
	values := p.properties(c)
	if v := values.Get("formats"); v != nil {
		if p.twice(c, v, "formats") {
			return
		}
		for _, text := range v.Texts {
			name, _ := text.Plain()
			p.out.Formats = append(p.out.Formats, name)
		}
	}
	if v := values.Get("handler"); v != nil && !p.twice(c, v, "handler") {
		p.out.Handler = v.String()
	}
	if v := values.Get("functions"); v != nil && !p.twice(c, v, "functions") {
		p.out.Layout = model.Layout(v.String())
	}
	if v := values.Get("templates"); v != nil && !p.twice(c, v, "templates") {
		p.templates(c, v)
	}
	if v := values.Get("secrets"); v != nil && !p.twice(c, v, "secrets") {
		p.addSecrets(c, v)
	}
}

// templates notes the names of the package's templates.
func (p *packageParser) templates(c gosource.Line, v *directive.Value) {
	for i, text := range v.Texts {
		name, _ := text.Plain()
		node := v.Node
		if node.Kind == directive.List {
			node = node.Items[i]
		}
		p.out.Templates = append(p.out.Templates, model.Template{Name: name, Pos: c.At(node.Offset)})
	}
}

// twice reports a property of the package that was set before.
func (p *packageParser) twice(c gosource.Line, v *directive.Value, name string) bool {
	before, ok := p.set[name]
	if !ok {
		p.set[name] = c.At(v.KeyOffset)
		return false
	}
	p.diags.Add(diag.New(diag.PropTwice, c.At(v.KeyOffset), "%s is set twice; keep one of the two", name).
		Relate(before, "it is set here first"))
	return true
}

// ruleProperties fills a rule from an event_rule line.
func (p *packageParser) ruleProperties(r *rule, c gosource.Line) {
	values := p.properties(c)
	r.id = values.Get("id")
	r.out.ID = r.id.String()
	r.out.Description = values.Get("description").String()
	r.out.Name = values.Get("name").String()
	if v := values.Get("state"); v != nil {
		r.out.State = model.State(v.String())
		r.state = c.At(v.Node.Offset)
	}
	if v := values.Get("event_bus"); v != nil {
		r.out.EventBus = v.Text
		r.bus = c.At(v.Node.Offset)
	}
	if v := values.Get("retry"); v != nil {
		r.out.Retry = &model.Retry{Attempts: v.Object.Get("attempts").IntPtr(), MaxAge: v.Object.Get("max_age").DurationPtr()}
	}
	if v := values.Get("dlq"); v != nil {
		r.out.DLQ = &model.DLQ{Create: isCreate(v.Text), ARN: arn(v.Text)}
		r.dlq = c.At(v.KeyOffset)
		if r.out.DLQ.Create {
			p.queues = append(p.queues, r.dlq)
		} else if r.out.DLQ.ARN != nil {
			p.noteDLQ(c.At(v.Node.Offset), v.Text)
		}
	}
	r.out.Tags = tagsOf(c, values.Get("tags"), p.diags)
	p.checkBus(c, values)
	p.input(r, c, values)
}

func isCreate(t model.Text) bool {
	s, ok := t.Plain()
	return ok && s == "create"
}

func arn(t model.Text) model.Text {
	if isCreate(t) {
		return nil
	}
	return t
}

// tagsOf reads tags, whose keys have 1 to 128 characters and whose values at most
// 256 (API_Tag); keys that begin aws: are AWS's own.
func tagsOf(c gosource.Line, v *directive.Value, report diag.Reporter) []model.Tag {
	if v == nil {
		return nil
	}
	var tags []model.Tag
	for _, e := range v.Map {
		value, _ := e.Value.Plain()
		switch {
		case e.Key == "" || len([]rune(e.Key)) > 128:
			report.Report(diag.PropValue, c.At(e.KeyOffset), "a tag's key has 1 to 128 characters; this one has %d", len([]rune(e.Key)))
		case len(e.Key) >= 4 && strings.EqualFold(e.Key[:4], "aws:"):
			report.Report(diag.PropValue, c.At(e.KeyOffset), "the tag %q can't be set: keys that begin with aws: are AWS's own", e.Key)
		case len([]rune(value)) > 256:
			report.Report(diag.PropValue, c.At(e.ValueOffset), "the tag %q has a value of %d characters; at most 256 are allowed", e.Key, len([]rune(value)))
		}
		tags = append(tags, model.Tag{Key: e.Key, Value: value})
	}
	return tags
}

// input reads what the target is sent instead of the event: one of three
// properties (API_Target).
func (p *packageParser) input(r *rule, c gosource.Line, values directive.Values) {
	var first *directive.Value
	for _, name := range []string{"input", "input_path", "input_transformer"} {
		v := values.Get(name)
		if v == nil {
			continue
		}
		if first != nil {
			p.diags.Add(diag.New(diag.PropConflict, c.At(max(first.KeyOffset, v.KeyOffset)),
				"%s and %s can't stand together: a target is sent one input; keep one", first.Prop.Name, v.Prop.Name).
				Relate(c.At(min(first.KeyOffset, v.KeyOffset)), "the other is here"))
			return
		}
		first = v
	}
	if first == nil {
		return
	}
	r.inputPos = c.At(first.KeyOffset)
	r.out.Input = inputOf(first)
	p.checkInput(r, c, first)
}

func inputOf(v *directive.Value) *model.Input {
	switch v.Prop.Name {
	case "input":
		return &model.Input{JSON: v.JSON}
	case "input_path":
		return &model.Input{Path: v.String()}
	}
	t := &model.Transformer{Template: v.Object.Get("template").String()}
	if paths := v.Object.Get("paths"); paths != nil {
		for _, e := range paths.Map {
			path, _ := e.Value.Plain()
			t.Paths = append(t.Paths, model.PathVar{Name: e.Key, Path: path})
		}
	}
	return &model.Input{Transformer: t}
}

// checkInput holds an input against EventBridge's own grammar, as it is sent in
// the package's layout: the envelope counts toward the limit of length too.
func (p *packageParser) checkInput(r *rule, c gosource.Line, v *directive.Value) {
	p.checkQuoted(c, v)
	own := r.out.OwnInput()
	problems := target.Check(own)
	for _, problem := range problems {
		message := problem.Message
		if problem.Remedy != "" {
			message += "; " + problem.Remedy
		}
		code := diag.InputTemplate
		if problem.Warning {
			code = diag.InputSuspect
		}
		p.diags.Add(diag.New(code, c.At(inputOffset(c, v, problem)), "%s", message).Suggest(problem.Suggestion))
	}
	p.checkPaths(c, v, own)
	if len(problems) > 0 || p.out.Layout != model.PerPackage {
		return
	}
	id := r.out.ID
	if id == "" {
		id = r.job.ID()
	}
	for _, problem := range target.Check(target.Envelope(id, own)) {
		p.diags.Report(diag.InputTemplate, c.At(v.Node.Offset),
			"in the package layout, where the input is wrapped to name its rule: %s", problem.Message)
	}
}

// checkQuoted reports an input that is JSON inside a text, as AWS's Input is
// written: here that is the text itself.
func (p *packageParser) checkQuoted(c gosource.Line, v *directive.Value) {
	if v.JSON == nil || v.JSON.Kind != model.String {
		return
	}
	text, _ := v.JSON.Text.Plain()
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") && json.Valid([]byte(text)) {
		p.diags.Report(diag.InputSuspect, c.At(v.Node.Offset),
			"this input is text, and the function is sent a string with JSON in it; write the JSON itself, without the quotes around it: `input: %s`", diag.Clip(text))
	}
}

// checkPaths reports input paths that begin with a field that no event has:
// what they select is never there.
func (p *packageParser) checkPaths(c gosource.Line, v *directive.Value, in target.Input) {
	p.checkPath(c, v, target.Problem{Field: target.InPath}, in.Path)
	for i, path := range in.Paths {
		p.checkPath(c, v, target.Problem{Field: target.InPathPath, Index: i}, path.Path)
	}
}

var firstField = regexp.MustCompile(`^\$\.([A-Za-z0-9_-]+)`)

func (p *packageParser) checkPath(c gosource.Line, v *directive.Value, at target.Problem, path string) {
	m := firstField.FindStringSubmatch(path)
	if m == nil || lint.IsEnvelope(m[1]) {
		return
	}
	at.Offset = len("$.")
	p.diags.Add(diag.New(diag.InputTemplate, c.At(inputOffset(c, v, at)), "path %s: no event has %q at its top: there are %s",
		path, m[1], strings.Join(lint.Envelope, ", ")).Suggest(lint.NearestName(m[1], lint.Envelope)))
}

// inputOffset finds where in the arguments a finding in an input stands.
func inputOffset(c gosource.Line, v *directive.Value, problem target.Problem) int {
	switch problem.Field {
	case target.InPathName, target.InPathPath:
		if paths := v.Object.Get("paths"); paths != nil && problem.Index < len(paths.Node.Pairs) {
			pair := paths.Node.Pairs[problem.Index]
			if problem.Field == target.InPathName {
				return pair.Key.Offset
			}
			return inside(c, pair.Value, problem.Offset)
		}
	case target.InTemplate:
		if template := v.Object.Get("template"); template != nil {
			return inside(c, template.Node, problem.Offset)
		}
	case target.InPath:
		return inside(c, v.Node, problem.Offset)
	}
	return v.Node.Offset
}

// inside finds an offset in a text's content among the arguments. Where the
// text is written with escapes, that is the text's own place.
func inside(c gosource.Line, n *directive.Node, offset int) int {
	start := n.Offset
	if n.Quoted {
		start++
	}
	if start < len(c.Args) && strings.HasPrefix(c.Args[start:], n.Text) && offset > 0 {
		return start + offset
	}
	return n.Offset
}
