package gen

import (
	"regexp"

	"github.com/jobgen/jobgen/internal/model"
)

// slsVariables matches what Serverless replaces in the strings of its files, and the
// backslash that escapes it (Serverless documentation, Variables).
var slsVariables = regexp.MustCompile(`\\\$\{|\$\{[a-z][a-zA-Z0-9.-]*[:(]`)

// slsLiteral matches the texts that can be the fallback of a variable in all versions of
// Serverless. Version 4 divides a variable at each comma that is not in parentheses, and
// its first releases at each colon, even in quotes (serverless/serverless#12525).
var slsLiteral = regexp.MustCompile(`^[\w ./*?@#%+=-]*(\([\w ./*?@#%+=-]*\))?$`)

// slsDefault writes the value of a parameter: the one that Serverless is given, or else the
// parameter's default.
func slsDefault(p *stackParameter) string {
	if p.Default != nil && slsLiteral.MatchString(*p.Default) {
		return `"${param:` + p.Name + ", '" + *p.Default + `'}"`
	}
	return `"${param:` + p.Name + `}"`
}

// slsUsual returns the end of a comment about a parameter. It describes the form of a list, and
// names a default that can't be a fallback in Serverless.
func slsUsual(p *stackParameter) string {
	var more string
	if p.List {
		more = " Values with commas between them."
	}
	if p.Default != nil && !slsLiteral.MatchString(*p.Default) {
		more += " Must be given; the declared default is " + yamlQuote(*p.Default) + "."
	}
	return more
}

// slsAllowed returns a parameter's allowed values. CloudFormation's functions can't be in
// the values of a parameter, so nothing can keep Serverless from replacing a variable there.
func (w *cfnWriter) slsAllowed(p *stackParameter) []string {
	for _, text := range p.Allowed {
		if w.misreads(text) {
			w.problems.add(CannotSay, p.Pos, "Serverless would replace a part of %s, an allowed value of the parameter %s: allow other values", model.Quote(text), p.Name)
		}
	}
	return p.Allowed
}

// renderServerless writes a stack as a file that a serverless.yml includes. The
// functions and their code are in Serverless's form, because Serverless deploys the
// code. Everything else is CloudFormation resources.
func renderServerless(s *stack) ([]byte, error) {
	w := newCFNWriter(s)
	w.function = func(f *stackFunction) string { return slsKey(f) + "LambdaFunction" }
	w.variables = slsVariables
	w.ownParameter(slsCode(s))
	return w.render("serverless.tmpl")
}

// slsCode is the parameter with the code's place.
func slsCode(s *stack) string {
	if s.Image() {
		return "codeImage"
	}
	return "codeZip"
}

// slsKey is a function's key in a serverless.yml. Serverless makes the function's
// name and logical id of it.
func slsKey(f *stackFunction) string { return model.UpperFirst(shortName(f.Name)) }

// functionKey declares a function by its key.
func (w *cfnWriter) functionKey(f *stackFunction) string {
	w.declared.claim(slsKey(f), claim{what: "function of " + f.Title, pos: f.Pos})
	return slsKey(f)
}

// slsText writes a text with Serverless's own variables for its parameters. It is for the
// properties that Serverless reads itself and for which it takes no CloudFormation functions.
func slsText(t model.Text) string {
	return yamlQuote(t.Expand(func(name string) string { return "${param:" + name + "}" }))
}
