package gen

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/templates"
)

// tfNameLimit is the length of names of functions and rules (API_CreateFunction,
// API_PutRule); queues may have longer ones.
const tfNameLimit = 64

// renderTerraform writes a stack as a Terraform file, for Terraform from 1.5 and
// OpenTofu, formatted as terraform fmt does. It leaves the provider's
// requirement to the user: a module can state it only once.
func renderTerraform(s *stack) ([]byte, error) {
	w := &tfWriter{stack: s, labels: make(map[string]string), variables: map[string]string{
		"code_zip": "the variable code_zip", "name_prefix": "the variable name_prefix",
	}}
	t, err := template.New("terraform.tmpl").Funcs(w.funcs()).ParseFS(templates.FS, "terraform.tmpl")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, s); err != nil {
		return nil, templateError(err)
	}
	if err := checkComposed(s); err != nil {
		return nil, err
	}
	return append(hclwrite.Format(bytes.TrimSpace(b.Bytes())), '\n'), nil
}

// checkComposed fails where a stack has text with decomposed characters, such as
// an e and a combining accent. Terraform composes all text (Terraform language,
// Strings and Templates), and a pattern would no longer match what it says.
func checkComposed(s *stack) error {
	d, err := newDocument(s)
	if err != nil {
		return err
	}
	text, err := encodeJSON(d)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if composed := cty.NormalizeString(line); composed != line {
			return fmt.Errorf("terraform would change characters of %+q, which are written as a letter and a combining accent: "+
				"write them as one character", strings.TrimSpace(line))
		}
	}
	return nil
}

// tfWriter encodes values for one Terraform file, and knows the names that the
// file has declared so far.
type tfWriter struct {
	stack     *stack
	labels    map[string]string // kind and label of a resource → name
	variables map[string]string
}

func (w *tfWriter) funcs() template.FuncMap {
	return template.FuncMap{
		"header":      func() string { return Header },
		"retention":   func() int { return queueRetention },
		"prefix":      w.prefix,
		"prefixLimit": w.prefixLimit,
		"variable":    w.variable,
		"label":       w.label,
		"id":          tfLabel,
		"short":       shortName,
		"str":         func(s any) string { return hclString(fmt.Sprint(s)) },
		"strs":        hclStrings,
		"key":         hclKey,
		"text":        tfText,
		"texts":       tfTexts,
		"arn":         tfARN,
		"arns":        tfARNs,
		"value":       func(v *model.Value) string { return hclValue(v, tfText) },
	}
}

// prefixLimit is how long the name prefix may be, so that all names are within
// AWS's limits.
func (w *tfWriter) prefixLimit() int {
	longest := 0
	for _, f := range w.stack.Functions {
		longest = max(longest, len(shortName(f.Name)))
	}
	for _, r := range w.stack.Rules() {
		longest = max(longest, len(shortName(r.ID)))
	}
	for _, q := range w.stack.Queues() {
		longest = max(longest, len(shortName(q.Name)))
	}
	return tfNameLimit - len("-") - longest
}

// prefix is the default of the name prefix: the package's name as far as it can
// be a part of AWS's names.
func (w *tfWriter) prefix() string {
	name := cfnID(w.stack.Package, "")
	return strings.ToLower(name[:min(len(name), w.prefixLimit())])
}

// tfReserved are the names that a Terraform variable cannot have (Terraform
// language, Input Variables).
var tfReserved = []string{"source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"}

// variable declares a variable for a parameter.
func (w *tfWriter) variable(name string) (string, error) {
	if slices.Contains(tfReserved, name) || !hclName.MatchString(name) {
		return "", fmt.Errorf("terraform has no variables called %s: give the parameter ${%[1]s} another name", name)
	}
	if other, ok := w.variables[name]; ok {
		return "", collisionError(other, "parameter ${"+name+"}", "var."+name)
	}
	w.variables[name] = "parameter ${" + name + "}"
	return hclString(name), nil
}

// label declares a resource of a kind: kinds have labels of their own.
func (w *tfWriter) label(kind, name string) (string, error) {
	label := tfLabel(name)
	if other, ok := w.labels[kind+" "+label]; ok {
		return "", collisionError(kind+" of "+other, kind+" of "+name, label)
	}
	w.labels[kind+" "+label] = name
	return hclString(label), nil
}

func tfLabel(name string) string { return cfnID(name, "") }

func tfText(t model.Text) string {
	return hclText(t, func(name string) string { return "var." + name })
}

func tfTexts(texts []model.Text) string {
	items := make([]string, 0, len(texts))
	for _, t := range texts {
		items = append(items, tfText(t))
	}
	return hclList(items)
}

// tfARN writes an ARN. The provider gives that of a log group without the :*
// that stands for its streams.
func tfARN(a stackARN) string {
	switch {
	case a.LogGroup != nil:
		return `"${aws_cloudwatch_log_group.` + tfLabel(a.LogGroup.Name) + `.arn}:*"`
	case a.Queue != nil:
		return "aws_sqs_queue." + tfLabel(a.Queue.Name) + ".arn"
	default:
		return tfText(a.Text)
	}
}

func tfARNs(arns []stackARN) string {
	items := make([]string, 0, len(arns))
	for _, a := range arns {
		items = append(items, tfARN(a))
	}
	return hclList(items)
}
