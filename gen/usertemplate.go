package gen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/jobgen/jobgen/internal/model"
)

// Template is the user's own template for a rule file, in the language of
// package text/template. It renders a *Document: its exported fields, under
// their Go names.
//
// These functions encode values; all text that a template puts out goes through
// one of them:
//
//	toJSON V           V as JSON, on one line
//	fromJSON S         the value of JSON text, such as a rule's EventPattern
//	toYAML V           V as YAML, on one line, right for YAML 1.1 and 1.2
//	nest N V           V as YAML behind "key:", on new lines with N spaces in front if it is long
//	toHCL V            V as an expression of HCL (Terraform, OpenTofu)
//	hclString S        S as a string of HCL
//	interpolate F E S  S with each placeholder written in the form F, in which %s is its name, and any
//	                   other ${ written as E; {{interpolate "${%s}" "$${" .Description}} suits Pulumi YAML
//	indent N S         S with N spaces behind each line break
//
// The functions for YAML and HCL write strings so that the language reads them as plain
// text. A tool may then replace parts of a string, such as Pulumi its ${…}: interpolate
// writes strings for it.
type Template struct {
	Name string // file name: Base gives that of the result
	Text string
}

// templateSuffixes are the suffixes of templates' names, which the names of their
// results lack.
var templateSuffixes = []string{".tmpl", ".gotmpl", ".tpl"}

// Base returns the base name of the file that the template makes: its own
// without .tmpl, .gotmpl or .tpl.
func (t Template) Base() (string, error) {
	name := filepath.Base(t.Name)
	for _, suffix := range templateSuffixes {
		if base, ok := strings.CutSuffix(name, suffix); ok && base != "" {
			return base, nil
		}
	}
	return "", fmt.Errorf("template %s: its name must end in %s, without which it is the name of the result",
		t.Name, strings.Join(templateSuffixes, ", "))
}

// TemplateClash is the error of a template whose result has the name of another
// generated file. Letter case makes no difference.
type TemplateClash struct {
	Template int    // which of the templates
	Base     string // the name of its result
	Other    int    // the template before it that makes such a file, or -1: jobgen does
}

func (e *TemplateClash) Error() string {
	if e.Other < 0 {
		return fmt.Sprintf("a template would make %s, which jobgen writes itself: give it another name", e.Base)
	}
	return fmt.Sprintf("two templates would make %s: give one of them another name", e.Base)
}

func checkTemplates(templates []Template) error {
	var made []string
	for i, t := range templates {
		base, err := t.Base()
		if err != nil {
			return err
		}
		if hasName(FileNames(), base) >= 0 {
			return &TemplateClash{i, base, -1}
		}
		if other := hasName(made, base); other >= 0 {
			return &TemplateClash{i, base, other}
		}
		made = append(made, base)
	}
	return nil
}

func hasName(names []string, name string) int {
	return slices.IndexFunc(names, func(other string) bool { return strings.EqualFold(other, name) })
}

// TemplateError is the error of a template that can't be parsed or executed.
type TemplateError struct {
	Name         string // as in Template
	Line, Column int    // 0 if unknown
	Message      string
}

func (e *TemplateError) Error() string {
	return fmt.Sprintf("template %s, line %d: %s", e.Name, e.Line, e.Message)
}

// templateError makes a TemplateError of an error of package text/template, whose
// message begins with the position.
func (t Template) templateError(err error) error {
	e := &TemplateError{Name: t.Name, Message: err.Error()}
	rest, ok := strings.CutPrefix(e.Message, "template: "+filepath.Base(t.Name)+":")
	if !ok {
		return e
	}
	e.Line, rest = leadingNumber(rest)
	if column, after := leadingNumber(rest); column >= 0 {
		e.Column, rest = column+1, after // it counts from 0
	}
	e.Message = strings.TrimPrefix(rest, " ")
	return e
}

// leadingNumber cuts a number and a colon off a text; the number is -1 if there is
// none.
func leadingNumber(s string) (int, string) {
	digits, rest, found := strings.Cut(s, ":")
	if n, err := strconv.Atoi(digits); err == nil && found {
		return n, rest
	}
	return -1, s
}

// maxResult is the size of the largest file that a template may make. A template
// of a few lines can make any number of bytes.
const maxResult = 16 << 20

// result is the output of a template.
type result struct{ bytes.Buffer }

func (r *result) Write(p []byte) (int, error) {
	if r.Len()+len(p) > maxResult {
		return 0, fmt.Errorf("it makes more than %d MB", maxResult>>20)
	}
	return r.Buffer.Write(p)
}

// render makes the template's file of a stack.
func (t Template) render(s *stack) (File, error) {
	base, err := t.Base()
	if err != nil {
		return File{}, err
	}
	d, err := newDocument(s)
	if err != nil {
		return File{Name: base}, err
	}
	parsed, err := template.New(filepath.Base(t.Name)).Option("missingkey=error").Funcs(userFuncs(d)).Parse(t.Text)
	if err != nil {
		return File{}, t.templateError(err)
	}
	var out result
	if err := parsed.Execute(&out, d); err != nil {
		return File{}, t.templateError(err)
	}
	return File{Name: base, Data: out.Bytes()}, nil
}

func userFuncs(d *Document) template.FuncMap {
	return template.FuncMap{
		"toJSON":      toJSON,
		"fromJSON":    fromJSON,
		"toYAML":      func(v any) (string, error) { return withNode(v, yamlNode.flow) },
		"nest":        nestValue,
		"toHCL":       toHCL,
		"hclString":   hclString,
		"interpolate": d.interpolate,
		"indent":      indent,
	}
}

// maxIndent is the most spaces that a line can be indented by.
const maxIndent = 1000

func checkIndent(n int) error {
	if n < 0 || n > maxIndent {
		return fmt.Errorf("a line can't be indented by %d spaces, only by 0 to %d", n, maxIndent)
	}
	return nil
}

func indent(n int, s string) (string, error) {
	if err := checkIndent(n); err != nil {
		return "", err
	}
	return strings.ReplaceAll(s, "\n", "\n"+strings.Repeat(" ", n)), nil
}

func nestValue(n int, v any) (string, error) {
	if err := checkIndent(n); err != nil {
		return "", err
	}
	return withNode(v, func(y yamlNode) string { return nest(n, y) })
}

func toJSON(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// fromJSON keeps the order of fields and the form of numbers.
func fromJSON(text string) (*model.Value, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	v, err := decodeValue(d)
	if err != nil {
		return nil, fmt.Errorf("fromJSON: %w", err)
	}
	return v, nil
}

// decodeValue reads a JSON value.
func decodeValue(d *json.Decoder) (*model.Value, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return decodeObject(d)
		}
		return decodeList(d)
	case string:
		return model.StringValue(token), nil
	case json.Number:
		return &model.Value{Kind: model.Number, Number: token.String()}, nil
	case bool:
		return &model.Value{Kind: model.Bool, Bool: token}, nil
	default:
		return &model.Value{Kind: model.Null}, nil
	}
}

func decodeObject(d *json.Decoder) (*model.Value, error) {
	v := model.ObjectValue()
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		value, err := decodeValue(d)
		if err != nil {
			return nil, err
		}
		v.Fields = append(v.Fields, model.ValueField{Key: fmt.Sprint(key), Value: value})
	}
	_, err := d.Token()
	return v, err
}

func decodeList(d *json.Decoder) (*model.Value, error) {
	v := model.ListValue()
	for d.More() {
		item, err := decodeValue(d)
		if err != nil {
			return nil, err
		}
		v.List = append(v.List, item)
	}
	_, err := d.Token()
	return v, err
}

// valueOf converts anything that encoding/json can encode.
func valueOf(v any) (*model.Value, error) {
	if value, ok := v.(*model.Value); ok {
		return value, nil
	}
	text, err := toJSON(v)
	if err != nil {
		return nil, err
	}
	return fromJSON(text)
}

func withNode(v any, write func(yamlNode) string) (string, error) {
	value, err := valueOf(v)
	if err != nil {
		return "", err
	}
	return write(yamlOf(value, func(t model.Text) string { return yamlString(model.PlainText(t)) })), nil
}

func toHCL(v any) (string, error) {
	value, err := valueOf(v)
	if err != nil {
		return "", err
	}
	return hclValue(value), nil
}

// interpolate writes the placeholders of a string in another form.
func (d *Document) interpolate(form, escaped, s string) string {
	var b strings.Builder
	known := d.placeholders()
	for {
		before, rest, found := strings.Cut(s, "${")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if name, after, ok := strings.Cut(rest, "}"); ok && known["${"+name+"}"] {
			fmt.Fprintf(&b, form, name)
			s = after
			continue
		}
		b.WriteString(escaped)
		s = rest
	}
}

// placeholders returns all placeholders of the document.
func (d *Document) placeholders() map[string]bool {
	all := make(map[string]bool)
	add := func(grants []SharedGrant, role *DocumentRole) {
		for _, g := range grants {
			all[g.AddPermission.SourceArn] = true
		}
		if role != nil {
			all[role.Arn] = true
		}
	}
	for _, p := range d.Parameters {
		all[p.Placeholder] = true
	}
	for _, f := range d.Functions {
		all[f.Arn], all[f.LogGroupArn] = true, true
		add(f.SharedGrants, f.SchedulerRole)
	}
	for _, f := range d.ExistingFunctions {
		add(f.SharedGrants, f.SchedulerRole)
	}
	for _, r := range d.Rules {
		all[r.Arn] = true
	}
	for _, q := range d.Queues {
		all[q.Arn] = true
	}
	if d.Place != nil {
		all[d.Place.Account], all[d.Place.Region], all[d.Place.Partition] = true, true, true
	}
	return all
}
