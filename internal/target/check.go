package target

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// AWS's limits, in characters (API_Target, API_InputTransformer). The table of
// directives limits the number of variables.
const (
	maxConstant = 8192
	maxPath     = 256
	maxName     = 256
	maxTemplate = 8192
)

// Field names the part of an Input that a Problem is in.
type Field string

// The fields of an Input.
const (
	InConstant Field = "constant"
	InPath     Field = "path"
	InPathName Field = "paths name" // Paths[Index].Name
	InPathPath Field = "paths path" // Paths[Index].Path
	InTemplate Field = "template"
)

// Problem is a finding of Check.
type Problem struct {
	Field      Field
	Index      int    // of the entry in Paths, for InPathName and InPathPath
	Offset     int    // in bytes, in the string that Field names
	Warning    bool   // AWS accepts it, but it is probably a mistake
	Message    string // the bad value and what is allowed
	Suggestion string // the nearest valid text, or ""
	// Found is the text at Offset that becomes Instead, to make the problem go away.
	Found, Instead string
	Remedy         string // the next step
}

// Check checks an Input with one form, whose variables have different names. It reports
// what AWS refuses, what fails for some event, and, as warnings, what has no effect.
func Check(in Input) []Problem {
	c := &checker{in: in, meant: map[string]bool{}}
	if in.Constant != "" {
		c.constant()
	}
	if in.Path != "" {
		c.path(InPath, 0, in.Path)
	}
	if in.Template != "" {
		c.template()
		c.paths()
	}
	return c.problems
}

// checker collects the problems of an Input.
type checker struct {
	in       Input
	problems []Problem
	used     []string        // the names in the template
	meant    map[string]bool // the suggestions for misspelled names in the template
}

func (c *checker) report(field Field, index, offset int, remedy, format string, args ...any) *Problem {
	c.problems = append(c.problems, Problem{Field: field, Index: index, Offset: offset, Remedy: remedy, Message: fmt.Sprintf(format, args...)})
	return &c.problems[len(c.problems)-1]
}

// suggest adds a suggestion and the change that carries it out.
func (p *Problem) suggest(suggestion, found, instead string) {
	if suggestion != "" {
		p.Suggestion, p.Found, p.Instead = suggestion, found, instead
	}
}

func (c *checker) length(field Field, index int, s string, limit int, what string) {
	if n := utf8.RuneCountInString(s); n > limit {
		c.report(field, index, 0, "shorten it", "%s has %d characters; AWS takes at most %d", what, n, limit)
	}
}

func (c *checker) constant() {
	text := c.in.Constant
	c.length(InConstant, 0, text, maxConstant, "a constant input")
	if err := jsonError([]byte(text)); err != nil {
		c.report(InConstant, 0, syntaxOffset(err, len(text)), "quote a text, as \"text\"", "a constant input is JSON: %v", err)
	}
}

// path checks a path's length and grammar. A character that the guide doesn't mention is
// a warning, because the guide lists what is supported, and not what is refused.
func (c *checker) path(field Field, index int, path string) {
	c.length(field, index, path, maxPath, "a path")
	_, err := ParsePath(path)
	if fault, ok := errors.AsType[*pathError](err); ok {
		c.report(field, index, fault.offset, fault.remedy, "path %s: %s", path, fault.message)
		return
	}
	for at, r := range path {
		if r != '/' && !variableRune(r) && !strings.ContainsRune("$.[]*", r) {
			c.report(field, index, at, "send the field's parent, and take the field from it in the handler",
				"path %s: AWS does not say that EventBridge finds a field with %q in its name", path, r).Warning = true
			return
		}
	}
}

// paths checks the variables. A variable that a misspelled placeholder probably refers to
// is not reported as unused.
func (c *checker) paths() {
	for i, v := range c.in.Paths {
		if c.name(i, v.Name) && !slices.Contains(c.used, v.Name) && !c.meant[v.Name] {
			c.report(InPathName, i, 0, "write <"+v.Name+"> in the template, or leave the variable out",
				"the template does not use the variable %q", v.Name).Warning = true
		}
		if v.Path == "" {
			c.report(InPathPath, i, 0, pathRemedy, "a path is empty")
			continue
		}
		c.path(InPathPath, i, v.Path)
	}
}

// name checks a variable's name, and reports whether it is valid.
func (c *checker) name(i int, name string) bool {
	before := len(c.problems)
	c.length(InPathName, i, name, maxName, "a variable's name")
	bad := strings.IndexFunc(name, func(r rune) bool { return !variableRune(r) })
	switch {
	case name == "":
		c.report(InPathName, i, 0, "name it with letters, digits, _ and -", "a variable has no name")
	case strings.HasPrefix(strings.ToLower(name), "aws."):
		c.report(InPathName, i, 0, "choose another name", "names that start with aws. are AWS's own: %s", name)
	case bad >= 0:
		r, _ := utf8.DecodeRuneInString(name[bad:])
		c.report(InPathName, i, bad, "choose another name", "a variable's name has letters, digits, _ and -, not %q: %s", r, name)
	}
	return len(c.problems) == before
}

// syntaxOffset returns the offset of the first byte that makes a text invalid JSON.
func syntaxOffset(err error, size int) int {
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	if !ok {
		return 0
	}
	// Offset counts the bytes read, including the invalid one.
	return max(0, min(int(syntax.Offset)-1, size-1))
}
