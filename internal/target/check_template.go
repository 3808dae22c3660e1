package target

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// template checks the template, and its placeholders against the variables.
func (c *checker) template() {
	template := c.in.Template
	c.length(InTemplate, 0, template, maxTemplate, "a template")
	found := placeholders(template)
	for _, p := range found {
		c.used = append(c.used, p.name)
		c.placeholder(p)
	}
	if !c.spaced() {
		c.templateJSON(found)
	}
}

func (c *checker) placeholder(p placeholder) {
	names := c.in.names()
	switch {
	case !slices.Contains(names, p.name):
		near, _ := spell.Nearest(p.name, names)
		c.meant[near] = true
		c.report(InTemplate, 0, p.start, "add a path named "+p.name+", or correct the name",
			"<%s> is neither among the paths nor a variable of AWS's (%s)", p.name, strings.Join(reservedNames, ", ")).suggest(near, "<"+p.name+">", "<"+near+">")
	case p.inString && (p.name == varEvent || p.name == varEventJSON):
		c.report(InTemplate, 0, p.start, "remove the quotes around it", "<%s> is JSON and cannot be inside a string", p.name)
	case isKey(c.in.Template, p):
		c.report(InTemplate, 0, p.start, "write the key out, and put variables into values", "<%s> cannot be an object's key", p.name)
	}
}

// names returns all names that a placeholder can have.
func (in Input) names() []string {
	var names []string
	for _, v := range in.Paths {
		names = append(names, v.Name)
	}
	return append(names, reservedNames...)
}

// isKey reports whether a placeholder is an object's key or a part of one.
func isKey(template string, p placeholder) bool {
	rest := template[p.end:]
	if p.inString {
		rest = afterString(rest)
	}
	return strings.HasPrefix(strings.TrimLeft(rest, " \t\r\n"), ":")
}

// afterString returns the text after the string that s begins in.
func afterString(s string) string {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return s[i+1:]
		}
	}
	return ""
}

// spaced reports each < name >, which EventBridge doesn't replace, and whether there is
// one.
func (c *checker) spaced() (any bool) {
	for at, r := range c.in.Template {
		if r != '<' {
			continue
		}
		inside, _, closed := strings.Cut(c.in.Template[at+1:], ">")
		name := strings.TrimSpace(inside)
		if closed && name != inside && slices.Contains(c.in.names(), name) {
			c.meant[name], any = true, true
			c.report(InTemplate, 0, at, "take the white space away", "<%s> is not a placeholder: it has white space in it", inside).
				suggest("<"+name+">", "<"+inside+">", "<"+name+">")
		}
	}
	return any
}

// templateJSON checks that the template is one JSON value if each placeholder is a value
// or a part of a string.
func (c *checker) templateJSON(found []placeholder) {
	filled := fill(c.in.Template, found)
	err := jsonError([]byte(filled))
	switch {
	case err == nil:
	case isLines(filled):
		c.report(InTemplate, 0, syntaxOffset(err, len(filled)), `write one string, with \n between the lines`,
			"a template of several lines of text is not JSON, and a Lambda function takes JSON alone")
	default:
		c.report(InTemplate, 0, syntaxOffset(err, len(filled)),
			"write an object, a list, or one string in quotes; variables may be in strings, or be values themselves",
			"a template is JSON once its placeholders are filled: %v", err)
	}
}

// fill replaces placeholders by text of the same length, so that offsets in the result
// are offsets in the template: by letters inside a string, by an empty string elsewhere.
// Next to another value the empty string is an error, as the variable's value would be.
func fill(template string, found []placeholder) string {
	filled := []byte(template)
	for _, p := range found {
		text := strings.Repeat("x", p.end-p.start)
		if !p.inString {
			text = `""` + strings.Repeat(" ", p.end-p.start-2)
		}
		copy(filled[p.start:], text)
	}
	return string(filled)
}

// isLines reports whether each line of a filled template is a quoted string, which
// EventBridge accepts for targets other than functions.
func isLines(filled string) bool {
	lines := strings.Split(strings.TrimSpace(filled), "\n")
	for _, line := range lines {
		var s string
		if json.Unmarshal([]byte(line), &s) != nil {
			return false
		}
	}
	return len(lines) > 1
}
