package gen

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// text writes a text: a plain one as a string, a single parameter as a Ref, any other
// as a Fn::Sub, or as a Fn::Join of its parts if Fn::Sub can't express it.
func (w *cfnWriter) text(t model.Text) string {
	if s, ok := t.Plain(); ok {
		return w.string(s)
	}
	t = mergeLiterals(t)
	if len(t) == 1 && t[0].List {
		return cfnJoinList(",", t[0].Param)
	}
	if len(t) == 1 {
		return "!Ref " + cfnParameter(t[0].Param)
	}
	if s, ok := cfnSub(t); ok && !w.misreads(s) {
		return "!Sub " + yamlQuote(s)
	}
	return cfnJoin(each(t, func(p model.Part) string { return w.text(model.Text{p}) }))
}

// sub writes a text for a property that takes a string or Fn::Sub, and no other function.
func (w *cfnWriter) sub(t model.Text) string {
	if s, ok := t.Plain(); ok {
		return w.string(s)
	}
	s, ok := cfnSub(mergeLiterals(t))
	if !ok {
		return w.text(t)
	}
	return "!Sub " + yamlQuote(s)
}

// string writes a string. If the file's tool would replace variables in it, it is
// written as a join of parts without variables.
func (w *cfnWriter) string(s string) string {
	if !w.misreads(s) {
		return yamlString(s)
	}
	return cfnJoin(each(strings.Split(strings.ReplaceAll(s, "${", "$\x00{"), "\x00"), yamlString))
}

func (w *cfnWriter) misreads(s string) bool { return w.variables != nil && w.variables.MatchString(s) }

func cfnJoin(parts []string) string { return `!Join ["", [` + strings.Join(parts, ", ") + "]]" }

// cfnJoinList writes the values of a list with a separator between them.
func cfnJoinList(separator, param string) string {
	return "!Join [" + yamlQuote(separator) + ", !Ref " + cfnParameter(param) + "]"
}

// mergeLiterals joins neighbouring literals, and drops empty ones.
func mergeLiterals(t model.Text) model.Text {
	var out model.Text
	for _, p := range t {
		last := len(out) - 1
		switch {
		case p.Param != "" || p.Literal != "" && (last < 0 || out[last].Param != ""):
			out = append(out, p)
		case p.Literal != "":
			out[last].Literal += p.Literal
		}
	}
	return out
}

// cfnLiteral matches literal text that Fn::Sub would read as a reference.
var cfnLiteral = regexp.MustCompile(`\$\{([^${}!]+)\}`)

// cfnSub writes a text for Fn::Sub, which replaces ${name} by a value and ${!name} by
// the text ${name} (CloudFormation user guide, intrinsic-function-reference-sub).
// It fails if a literal has a ${ of another form, or a $ before a reference: the guide
// doesn't describe them.
func cfnSub(t model.Text) (string, bool) {
	var b strings.Builder
	for i, p := range t {
		if p.Param != "" {
			b.WriteString("${" + cfnParameter(p.Param) + "}")
			continue
		}
		if strings.Contains(cfnLiteral.ReplaceAllString(p.Literal, ""), "${") || strings.HasSuffix(p.Literal, "$") && i+1 < len(t) {
			return "", false
		}
		b.WriteString(cfnLiteral.ReplaceAllString(p.Literal, "$${!$1}"))
	}
	return b.String(), true
}

// arn writes the ARN of a resource. That of a log group ends in :*, which
// covers its streams.
func (w *cfnWriter) arn(a stackARN) string {
	switch {
	case a.LogGroup != nil:
		return "!GetAtt " + cfnID(a.LogGroup.Name, "LogGroup") + ".Arn"
	case a.Queue != nil:
		return "!GetAtt " + cfnID(a.Queue.Name, "Queue") + ".Arn"
	case a.Function != nil:
		return w.target(a.Function)
	default:
		return w.text(a.Text)
	}
}

// target writes the ARN with which a function is called.
func (w *cfnWriter) target(f *stackFunction) string {
	if f.Exists() {
		return w.text(f.Target())
	}
	return "!GetAtt " + w.function(f) + ".Arn"
}

// callee writes the property FunctionName of a permission or mapping. It may be an ARN with
// a qualifier (CloudFormation template reference, AWS::Lambda::Permission).
func (w *cfnWriter) callee(f *stackFunction) string {
	if f.Exists() {
		return w.text(f.Target())
	}
	return "!Ref " + w.function(f)
}

// condition writes a statement's condition, which can't be a string of JSON.
func (w *cfnWriter) condition(st stackStatement) yamlNode {
	if cfnMisread(st.Condition) {
		w.problems.add(CannotSay, st.Pos, "%s has a key that CloudFormation would take for one of its functions (Ref, Condition, Fn::…), "+
			"or one that is too long for YAML: write the condition without it", st.Condition.JSON(model.Text.String))
	}
	return yamlOf(st.Condition, w.text)
}

// key writes a mapping's key that comes from a directive at pos.
func (w *cfnWriter) key(name string, pos model.Pos) string {
	if cfnIntrinsic(name) {
		w.problems.add(CannotSay, pos, "CloudFormation would take the name %s for one of its functions: choose another", name)
	}
	return yamlString(name)
}

// cfnIntrinsic reports whether CloudFormation may take an object with that key
// for an intrinsic function or a condition. Such a key can't be escaped.
func cfnIntrinsic(key string) bool {
	return key == "Ref" || key == "Condition" || strings.HasPrefix(key, "Fn::")
}

// pattern writes an event pattern as a mapping or, where CloudFormation or
// YAML would misread it, as a string of JSON, which a rule also accepts.
func (w *cfnWriter) pattern(v *model.Value) yamlNode {
	if !cfnMisread(v) {
		return yamlOf(v, w.text)
	}
	text := jsonText(v)
	if !slices.ContainsFunc(text, func(p model.Part) bool { return p.List }) {
		return yamlNode{scalar: w.text(text)}
	}
	return yamlNode{scalar: cfnJoin(each(mergeLiterals(text), func(p model.Part) string {
		if p.List {
			return cfnJoinList(`","`, p.Param) // between the quotes of a string
		}
		return w.text(model.Text{p})
	}))}
}

// cfnMisread reports whether an object in v has a key that CloudFormation takes
// for an intrinsic function or a condition, or one that is too long: in YAML 1.1 a key
// has at most 1024 characters, with its quotes and escapes.
func cfnMisread(v *model.Value) bool {
	const longestKey = 1024
	for _, item := range v.List {
		if cfnMisread(item) {
			return true
		}
	}
	for _, f := range v.Fields {
		if cfnIntrinsic(f.Key) || len(yamlString(f.Key)) > longestKey || cfnMisread(f.Value) {
			return true
		}
	}
	return false
}

// jsonText returns v as JSON, in a text with the parameters of v's strings.
func jsonText(v *model.Value) model.Text {
	mark := unusedMark(v.JSON(model.Text.String))
	var params []model.Part
	json := v.JSON(func(t model.Text) string {
		for _, p := range t {
			if p.Param != "" {
				params = append(params, p)
			}
		}
		return t.Expand(func(string) string { return mark })
	})
	var text model.Text
	for i, literal := range strings.Split(json, mark) {
		if i > 0 {
			text = append(text, params[i-1])
		}
		text = append(text, model.Part{Literal: literal})
	}
	return text
}

// unusedMark returns a string that does not occur in s.
func unusedMark(s string) string {
	for i := 0; ; i++ {
		if mark := fmt.Sprintf("<%d>", i); !strings.Contains(s, mark) {
			return mark
		}
	}
}
