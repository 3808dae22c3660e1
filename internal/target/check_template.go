package target

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// checkTemplate checks a template by itself and against the variables that it
// may use.
func checkTemplate(in Input) []Problem {
	all := checkLength(InTemplate, 0, in.Template, maxTemplate, "a template")
	found := placeholders(in.Template)
	for _, p := range found {
		all = append(all, checkPlaceholder(in, p)...)
	}
	spaced := checkSpaced(in)
	all = append(all, spaced...)
	if len(spaced) == 0 {
		all = append(all, checkTemplateJSON(in.Template, found)...)
	}
	slices.SortStableFunc(all, func(a, b Problem) int { return a.Offset - b.Offset })
	return all
}

func checkPlaceholder(in Input, p placeholder) []Problem {
	problem := func(message, suggestion, remedy string) []Problem {
		return []Problem{{Field: InTemplate, Offset: p.start, Message: message, Suggestion: suggestion, Remedy: remedy}}
	}
	switch {
	case !slices.Contains(in.names(), p.name):
		return undefined(in, p)
	case p.inString && (p.name == varEvent || p.name == varEventJSON):
		return problem("<"+p.name+"> is JSON and cannot be inside a string", "", "remove the quotes around it")
	case isKey(in.Template, p):
		return problem("<"+p.name+"> cannot be an object's key", "", "write the key out, and put variables into values")
	}
	return nil
}

func undefined(in Input, p placeholder) []Problem {
	return []Problem{{
		Field:      InTemplate,
		Offset:     p.start,
		Message:    "<" + p.name + "> is neither among the paths nor a variable of AWS's (" + strings.Join(reservedNames, ", ") + ")",
		Suggestion: nearest(p.name, in.names()),
		Remedy:     "add a path named " + p.name + ", or correct the name",
	}}
}

// names returns all names that a placeholder can have, the user's first.
func (in Input) names() []string {
	names := make([]string, 0, len(in.Paths)+len(reservedNames))
	for _, v := range in.Paths {
		names = append(names, v.Name)
	}
	return append(names, reservedNames...)
}

// isKey reports whether a placeholder is an object's key or part of one.
func isKey(template string, p placeholder) bool {
	rest := template[p.end:]
	if p.inString {
		rest = afterString(rest)
	}
	return strings.HasPrefix(strings.TrimLeft(rest, " \t\r\n"), ":")
}

// afterString returns what follows the string that s begins inside of.
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

// checkSpaced finds < name >, which EventBridge takes for text.
func checkSpaced(in Input) []Problem {
	var all []Problem
	for at, c := range in.Template {
		if c != '<' {
			continue
		}
		inside, _, closed := strings.Cut(in.Template[at+1:], ">")
		name := strings.TrimSpace(inside)
		if closed && name != inside && slices.Contains(in.names(), name) {
			all = append(all, Problem{
				Field:      InTemplate,
				Offset:     at,
				Message:    fmt.Sprintf("<%s> is not a placeholder: it has white space in it", inside),
				Suggestion: "<" + name + ">",
				Remedy:     "take the white space away",
			})
		}
	}
	return all
}

// checkTemplateJSON checks that the template is one JSON value if each placeholder is
// a value or a part of a string.
func checkTemplateJSON(template string, found []placeholder) []Problem {
	filled := fill(template, found)
	err := jsonError([]byte(filled))
	if err == nil {
		return nil
	}
	problem := Problem{
		Field:   InTemplate,
		Offset:  syntaxOffset(err, len(template)),
		Message: "a template is JSON once its placeholders are filled: " + err.Error(),
		Remedy:  "write an object, a list, or one string in quotes; variables may be in strings, or be values themselves",
	}
	if isLines(filled) {
		problem.Message = "a template of several lines of text is not JSON, and a Lambda function takes JSON alone"
		problem.Remedy = `write one string, with \n between the lines`
	}
	return []Problem{problem}
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

// usedNames returns the names of a template's placeholders.
func usedNames(template string) map[string]bool {
	used := map[string]bool{}
	for _, p := range placeholders(template) {
		used[p.name] = true
	}
	return used
}
