package gen

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"text/template"
	"unicode"

	"github.com/jobgen/jobgen/internal/model"
)

// CloudFormation's quotas for one template (CloudFormation user guide,
// cloudformation-limits).
const (
	cfnMaxResources  = 500
	cfnMaxParameters = 200
	cfnMaxBytes      = 1 << 20
)

// renderCloudFormation writes a stack as a CloudFormation template.
func renderCloudFormation(s *stack) ([]byte, error) {
	w := newCFNWriter(s)
	if len(s.Made()) > 0 {
		for _, name := range codeParameters(s) {
			w.ownParameter(name)
		}
	}
	return w.render("cloudformation.tmpl")
}

// renderSAM writes a stack as a template of AWS SAM: the functions are
// AWS::Serverless::Function, everything else is as in CloudFormation's. SAM's event
// sources don't have all properties of a rule: EventBridgeRule has neither description
// nor tags, and Schedule has no input transformer.
func renderSAM(s *stack) ([]byte, error) {
	w := newCFNWriter(s)
	if s.Image() {
		w.ownParameter(imageParameter)
	}
	return w.render("sam.tmpl")
}

const imageParameter = "CodeImageUri"

// codeParameters returns the parameters with the code's place.
func codeParameters(s *stack) []string {
	if s.Image() {
		return []string{imageParameter}
	}
	return []string{"CodeS3Bucket", "CodeS3Key"}
}

// cfnWriter encodes values for one file in the language of CloudFormation's
// templates, and records the names that the file declares.
type cfnWriter struct {
	stack         *stack
	declared      nameSet // logical ids
	problems      Problems
	resources     int
	beyond        model.Pos // of the first resource beyond the quota
	ownParameters int
	function      func(*stackFunction) string // the logical id of a function
	variables     *regexp.Regexp              // what the file's tool replaces in strings; nil if it replaces nothing
	template      *template.Template
}

func newCFNWriter(s *stack) *cfnWriter {
	w := &cfnWriter{
		stack:    s,
		function: func(f *stackFunction) string { return cfnID(f.Name, "Function") },
	}
	w.declared = newNameSet(&w.problems)
	return w
}

// render renders a template and checks the result against CloudFormation's
// quotas.
func (w *cfnWriter) render(name string) ([]byte, error) {
	t, err := parsedTemplate(w.funcs(), name, "cloudformation_resources.tmpl")
	if err != nil {
		return nil, err
	}
	w.template = t
	var b bytes.Buffer
	if err := t.Execute(&b, w.stack); err != nil {
		return nil, templateError(err)
	}
	w.checkQuotas(b.Len())
	return b.Bytes(), w.problems.err()
}

func (w *cfnWriter) funcs() template.FuncMap {
	return template.FuncMap{
		"header":     w.stack.header,
		"retention":  func() int { return queueRetention },
		"str":        w.string,
		"strs":       func(s []string) yamlNode { return yamlItems(s, yamlString) },
		"key":        w.key,
		"id":         cfnID,
		"function":   w.function,
		"target":     w.target,
		"callee":     w.callee,
		"resource":   w.resource,
		"parameter":  w.parameter,
		"declareKey": w.functionKey,
		"text":       w.text,
		"texts":      func(t []model.Text) yamlNode { return yamlItems(t, w.text) },
		"arn":        w.arn,
		"arns":       func(a []stackARN) yamlNode { return yamlItems(a, w.arn) },
		"condition":  w.condition,
		"pattern":    w.pattern,
		"nest":       nest,
		"short":      stackName,
		"variables":  slsText,
		"sub":        w.sub,
		"include":    w.include,

		"declareCondition": w.declareCondition,
		"formula":          w.formula,
		"default":          slsDefault,
		"usual":            slsUsual,
		"allowed":          w.slsAllowed,
	}
}

// include renders one of the file's templates, two columns further to the right.
func (w *cfnWriter) include(name string, data any) (string, error) {
	var b strings.Builder
	if err := w.template.ExecuteTemplate(&b, name, data); err != nil {
		return "", templateError(err)
	}
	return strings.ReplaceAll(b.String(), "\n ", "\n   "), nil
}

// checkQuotas reports a template that AWS would refuse. The position is that of the first
// resource or parameter over the quota, or of the last rule if the template has too many bytes.
func (w *cfnWriter) checkQuotas(size int) {
	remedy := "CloudFormation takes %d; split the package, use another format, or use -functions package"
	if w.stack.Layout == model.PerPackage {
		remedy = "CloudFormation takes %d; split the package, or use another format"
	}
	if w.resources > cfnMaxResources {
		w.problems.add(BeyondTool, w.beyond, "the template would have %d resources, "+remedy, w.resources, cfnMaxResources)
	}
	if most := cfnMaxParameters - w.ownParameters; len(w.stack.Parameters) > most {
		w.problems.add(BeyondTool, w.stack.Parameters[most].Pos, "the template would have %d parameters, "+remedy, len(w.stack.Parameters)+w.ownParameters, cfnMaxParameters)
	}
	if size > cfnMaxBytes {
		rules := w.stack.Rules()
		w.problems.add(BeyondTool, rules[len(rules)-1].Pos, "the template would have %d bytes, "+remedy, size, cfnMaxBytes)
	}
}

// resource returns the logical id of a resource that the template defines here.
func (w *cfnWriter) resource(name, kind string) string {
	id, pos := cfnID(name, kind), w.stack.place(name)
	w.declared.claim(id, claim{what: kind + " of " + name, pos: pos})
	w.resources++
	if w.resources == cfnMaxResources+1 {
		w.beyond = pos
	}
	return id
}

// ownParameter declares a parameter that the file has besides those of directives.
func (w *cfnWriter) ownParameter(name string) {
	w.ownParameters++
	w.declared.claim(name, claim{what: "the file's own parameter " + name})
}

// parameter returns the name of a parameter that the template defines here.
func (w *cfnWriter) parameter(p *stackParameter) string {
	name := cfnParameter(p.Name)
	w.declared.claim(name, claim{what: "parameter " + p.Name, pos: p.Pos, given: true})
	return name
}

// templateError returns the error of a template function without the position that
// package text/template adds: users don't know jobgen's templates.
func templateError(err error) error {
	if e, ok := errors.AsType[template.ExecError](err); ok {
		if inner := errors.Unwrap(e.Err); inner != nil {
			return inner
		}
	}
	return err
}

// cfnID makes a logical id, which has only ASCII letters and digits: the words of name,
// each with a capital first letter, then the kind of the resource. A letter outside
// ASCII is written as its code point.
func cfnID(name, kind string) string {
	var b strings.Builder
	for _, r := range model.LogicalName(name) {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "U%04X", r)
		}
	}
	return b.String() + kind
}

// cfnParameter makes the name of a template's parameter, which is a logical id
// too. A name of ASCII letters and digits stays as it is, and so does a pseudo parameter.
func cfnParameter(name string) string {
	if isPseudo(name) {
		return name
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return cfnID(name, "")
	}
	return name
}

// nest writes a value after its key, in block style below it if it is long;
// indent is the block's.
func nest(indent int, n yamlNode) string {
	const longestKey = len("ScheduleExpression:")
	return n.after(indent, indent-2+longestKey)
}
