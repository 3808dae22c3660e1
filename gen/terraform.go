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
)

// tfNameLimit is the length of names of functions and rules (API_CreateFunction,
// API_PutRule); queues may have longer ones.
const tfNameLimit = 64

// renderTerraform writes a stack as a Terraform file, for Terraform from 1.5 and
// OpenTofu, formatted as terraform fmt does. In a root module, it leaves the provider's
// requirement to the user, because a module can state it only once.
func renderTerraform(s *stack) ([]byte, error) {
	w := newTFWriter(s)
	t, err := parsedTemplate(w.funcs(), "terraform.tmpl")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, s); err != nil {
		return nil, templateError(err)
	}
	if err := w.checkComposed(); err != nil {
		return nil, err
	}
	if err := w.problems.err(); err != nil {
		return nil, err // hclwrite formats only valid files
	}
	return append(hclwrite.Format(bytes.TrimSpace(b.Bytes())), '\n'), nil
}

// checkComposed reports text with decomposed characters, such as an e and a combining
// accent. Terraform composes all text (Terraform language, Strings and Templates), so a
// pattern would no longer match the decomposed text.
func (w *tfWriter) checkComposed() error {
	d, err := newDocument(w.stack)
	if d == nil {
		return err // Terraform files have no placeholders that could clash
	}
	for i, p := range w.stack.Parameters {
		if err := w.checkText(p.Pos, d.Parameters[i]); err != nil {
			return err
		}
	}
	for i, f := range w.stack.Made() {
		if err := w.checkText(f.Pos, d.Functions[i]); err != nil {
			return err
		}
	}
	for i, f := range w.stack.existing() {
		if err := w.checkText(f.Pos, d.ExistingFunctions[i]); err != nil {
			return err
		}
	}
	for i, r := range w.stack.Rules() {
		if err := w.checkText(r.Pos, d.Rules[i]); err != nil {
			return err
		}
	}
	for i, schedule := range w.stack.Schedules() {
		if err := w.checkText(schedule.Pos, d.Schedules[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkText checks the texts of a part of the stack, which comes from pos.
func (w *tfWriter) checkText(pos model.Pos, part any) error {
	text, err := encodeJSON(part)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if cty.NormalizeString(line) != line {
			w.problems.add(CannotSay, pos, "terraform would change characters of %+q, which are written as a letter and a combining accent: "+
				"write them as one character", strings.TrimSuffix(strings.TrimSpace(line), ","))
		}
	}
	return nil
}

// tfWriter encodes values for one Terraform file, and records the names that the file
// declares.
type tfWriter struct {
	stack     *stack
	labels    map[string]nameSet // by kind of resource
	variables nameSet
	problems  Problems
}

func newTFWriter(s *stack) *tfWriter {
	w := &tfWriter{stack: s, labels: make(map[string]nameSet)}
	w.variables = newNameSet(&w.problems)
	for _, own := range []string{tfCode(s), "name_prefix"} {
		w.variables.claim("var."+own, claim{what: "the variable " + own})
	}
	return w
}

// tfCode is the variable with the code's place.
func tfCode(s *stack) string {
	if s.Image() {
		return "image_uri"
	}
	return "code_zip"
}

// tfProvider is the first version of the AWS provider that has all the arguments of a usual file:
// it added logging_config (its CHANGELOG, 5.32.0).
const tfProvider = ">= 5.32"

func (w *tfWriter) funcs() template.FuncMap {
	return template.FuncMap{
		"provider":    func() string { return hclString(tfProvider) },
		"header":      w.stack.header,
		"retention":   func() int { return queueRetention },
		"prefix":      w.prefix,
		"prefixLimit": w.prefixLimit,
		"variable":    w.variable,
		"label":       w.label,
		"id":          tfLabel,
		"short":       shortName,
		"str":         func(s any) string { return hclString(fmt.Sprint(s)) },
		"default":     tfDefault,
		"validation":  tfValidation,
		"strs":        func(s []string) string { return hclList(each(s, hclString)) },
		"key":         hclKey,
		"text":        hclText,
		"texts":       func(t []model.Text) string { return hclList(each(t, hclText)) },
		"arn":         tfARN,
		"target":      tfFunctionARN,
		"callee":      tfFunctionName,
		"arns":        func(a []stackARN) string { return hclList(each(a, tfARN)) },
		"value":       hclValue,
		"formula":     tfFormula,
		"conditional": conditional,
		"at":          tfIndex,
		"output":      tfOutput,
	}
}

// prefixLimit is the length of the longest name prefix with which all names are within
// AWS's limits.
func (w *tfWriter) prefixLimit() int {
	longest := 0
	for _, f := range w.stack.Functions {
		longest = max(longest, len(shortName(f.Name)))
	}
	for _, r := range w.stack.Rules() {
		longest = max(longest, len(shortName(r.ID)))
	}
	for _, s := range w.stack.Schedules() {
		longest = max(longest, len(shortName(s.ID)))
	}
	for _, q := range w.stack.Queues() {
		longest = max(longest, len(shortName(q.Name)))
	}
	return tfNameLimit - len("-") - longest
}

// prefix is the default of the name prefix: the package's name in characters that AWS's
// names can have, cut to prefixLimit.
func (w *tfWriter) prefix() string {
	name := cfnID(w.stack.Package, "")
	return strings.ToLower(name[:min(len(name), w.prefixLimit())])
}

// tfReserved are the names that a Terraform variable cannot have (Terraform
// language, Input Variables).
var tfReserved = []string{"source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"}

// variable declares a variable for a parameter.
func (w *tfWriter) variable(p *stackParameter) string {
	if slices.Contains(tfReserved, p.Name) || !hclName.MatchString(p.Name) {
		w.problems.add(CannotSay, p.Pos, "terraform has no variables called %s: give the parameter ${%[1]s} another name", p.Name)
	}
	w.variables.claim("var."+p.Name, claim{what: "parameter ${" + p.Name + "}", pos: p.Pos, given: true})
	return hclString(p.Name)
}

// tfDefault writes the default of a variable.
func tfDefault(p *stackParameter) string {
	if p.List {
		return hclList(each(strings.Split(*p.Default, ","), hclString))
	}
	return hclString(*p.Default)
}

// tfCondition is the validation of a variable.
type tfCondition struct{ Condition, Message string }

// tfValidation returns the validation of a variable, or nil. CloudFormation checks lists in
// the same way, and divides them at commas.
func tfValidation(p *stackParameter) *tfCondition {
	name, values := hclParam(p.Name), hclList(each(p.Allowed, hclString))
	switch {
	case p.List && p.Allowed != nil:
		return &tfCondition{"length(" + name + ") > 0 && alltrue([for v in " + name + " : contains(" + values + ", v)])",
			p.Name + " must have one or more of: " + strings.Join(p.Allowed, ", ") + "."}
	case p.List:
		return &tfCondition{"length(" + name + ") > 0 && alltrue([for v in " + name + ` : v != "" && !strcontains(v, ",")])`,
			p.Name + " must have values, and none of them is empty or has a comma."}
	case p.Allowed != nil:
		return &tfCondition{"contains(" + values + ", " + name + ")", p.Name + " must be one of: " + strings.Join(p.Allowed, ", ") + "."}
	}
	return nil
}

// label declares a resource. Resources of different kinds may have the same label.
func (w *tfWriter) label(kind, name string) string {
	if _, ok := w.labels[kind]; !ok {
		w.labels[kind] = newNameSet(&w.problems)
	}
	label := tfLabel(name)
	w.labels[kind].claim(label, claim{what: kind + " of " + name, pos: w.stack.place(name)})
	return hclString(label)
}

func tfLabel(name string) string { return cfnID(name, "") }

// tfARN writes an ARN. The provider's ARN of a log group lacks the :* that includes
// its streams.
func tfARN(a stackARN) string {
	switch {
	case a.LogGroup != nil:
		return `"${aws_cloudwatch_log_group.` + tfLabel(a.LogGroup.Name) + tfIndex(a.LogGroup.When) + `.arn}:*"`
	case a.Queue != nil:
		return "aws_sqs_queue." + tfLabel(a.Queue.Name) + tfIndex(a.Queue.When()) + ".arn"
	case a.Function != nil:
		return tfFunctionARN(a.Function)
	default:
		return hclText(a.Text)
	}
}

// tfFunctionARN writes the ARN with which a function is called.
func tfFunctionARN(f *stackFunction) string {
	if f.Exists() {
		return hclText(f.Target())
	}
	return "aws_lambda_function." + tfLabel(f.Name) + tfIndex(f.When) + ".arn"
}

// tfFunctionName writes the attribute function_name of a permission. With a qualifier in it, the
// provider would replace the permission each time (hashicorp/terraform-provider-aws#38558).
func tfFunctionName(f *stackFunction) string {
	if f.Exists() {
		return hclText(f.ARN)
	}
	return "aws_lambda_function." + tfLabel(f.Name) + tfIndex(f.When) + ".function_name"
}
