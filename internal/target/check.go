package target

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// AWS's limits, in characters unless said (API_Target, API_InputTransformer).
const (
	maxConstant = 8192
	maxPath     = 256
	maxName     = 256
	maxTemplate = 8192
	maxPaths    = 100 // entries of InputPathsMap
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

// Problem is what Check finds wrong with an Input.
type Problem struct {
	Field      Field
	Index      int    // of the entry in Paths, where Field is one of an entry's
	Offset     int    // in bytes, into the string that Field names
	Warning    bool   // AWS accepts it, but it is probably a mistake
	Message    string // what is wrong, with the value and what is allowed
	Suggestion string // the nearest right text, or ""
	Remedy     string // what to do
}

// Check returns what is wrong with an Input: what AWS would refuse, what would fail at
// an event, and, as warnings, what has no effect. Problems are in the order of the
// Input's fields, then of their offsets.
func Check(in Input) []Problem {
	var all []Problem
	all = append(all, checkExclusive(in)...)
	if in.Constant != "" {
		all = append(all, checkConstant(in.Constant)...)
	}
	if in.Path != "" {
		all = append(all, checkPath(in.Path, InPath, 0)...)
	}
	var template []Problem
	if in.Template != "" {
		template = checkTemplate(in)
	}
	all = append(all, checkPaths(in, meant(template))...)
	return append(all, template...)
}

// meant returns the names that misspelled placeholders were probably meant to be.
func meant(problems []Problem) map[string]bool {
	names := map[string]bool{}
	for _, p := range problems {
		names[strings.Trim(p.Suggestion, "<>")] = true
	}
	return names
}

// checkExclusive reports an Input with more than one form: "InputTransformer,
// Input and InputPath are mutually exclusive" (API_Target).
func checkExclusive(in Input) []Problem {
	var set []Field
	for _, f := range []struct {
		name Field
		set  bool
	}{{InConstant, in.Constant != ""}, {InPath, in.Path != ""}, {InTemplate, in.Template != ""}} {
		if f.set {
			set = append(set, f.name)
		}
	}
	if len(set) < 2 {
		return nil
	}
	return []Problem{{
		Field:   set[1],
		Message: fmt.Sprintf("a target is sent one input: a %s and a %s exclude each other", set[0], set[1]),
		Remedy:  "keep one of them",
	}}
}

func checkConstant(text string) []Problem {
	all := checkLength(InConstant, 0, text, maxConstant, "a constant input")
	if err := jsonError([]byte(text)); err != nil {
		all = append(all, Problem{
			Field:   InConstant,
			Offset:  syntaxOffset(err, len(text)),
			Message: "a constant input is JSON: " + err.Error(),
			Remedy:  "quote a text, as \"text\"",
		})
	}
	return all
}

func checkLength(field Field, index int, s string, most int, what string) []Problem {
	n := utf8.RuneCountInString(s)
	if n <= most {
		return nil
	}
	return []Problem{{
		Field:   field,
		Index:   index,
		Message: fmt.Sprintf("%s has %d characters; AWS takes at most %d", what, n, most),
		Remedy:  "shorten it",
	}}
}

// checkPath checks a path's length and grammar. A character that the guide does not
// name is a warning: the guide says what is supported, not what is refused.
func checkPath(path string, field Field, index int) []Problem {
	all := checkLength(field, index, path, maxPath, "a path")
	_, err := parsePath(path)
	var fault *pathError
	if errors.As(err, &fault) {
		return append(all, Problem{
			Field: field, Index: index, Offset: fault.offset,
			Message: "path " + path + ": " + fault.message,
			Remedy:  fault.remedy,
		})
	}
	structure := "$.[]*"
	at := strings.IndexFunc(path, func(r rune) bool { return !documentedRune(r) && !strings.ContainsRune(structure, r) })
	if at >= 0 {
		r, _ := utf8.DecodeRuneInString(path[at:])
		all = append(all, Problem{
			Field: field, Index: index, Offset: at, Warning: true,
			Message: fmt.Sprintf("path %s: AWS does not say that EventBridge finds a field with %q in its name", path, r),
			Remedy:  "send the field's parent, and take the field from it in the handler",
		})
	}
	return all
}

// checkPaths checks the variables. A variable that a misspelled placeholder probably
// means is not also reported as unused.
func checkPaths(in Input, meant map[string]bool) []Problem {
	all := checkPathCount(in)
	used := usedNames(in.Template)
	seen := map[string]bool{}
	for i, v := range in.Paths {
		bad := checkName(v.Name, i, seen)
		if in.Template != "" && len(bad) == 0 && !used[v.Name] && !meant[v.Name] {
			bad = append(bad, unusedName(v.Name, i))
		}
		all = append(all, bad...)
		all = append(all, checkPathEntry(v.Path, i)...)
	}
	return all
}

func checkPathCount(in Input) []Problem {
	var all []Problem
	if len(in.Paths) > maxPaths {
		all = append(all, Problem{
			Field: InPathName, Index: maxPaths,
			Message: fmt.Sprintf("an input transformer has %d paths; AWS takes at most %d", len(in.Paths), maxPaths),
			Remedy:  "send a common parent of some of them",
		})
	}
	if len(in.Paths) > 0 && in.Template == "" {
		all = append(all, Problem{
			Field:   InPathName,
			Message: "paths are for a template, and there is none",
			Remedy:  "add a template, or say input_path to send one part of the event",
		})
	}
	return all
}

func checkPathEntry(path string, index int) []Problem {
	if path == "" {
		return []Problem{{
			Field: InPathPath, Index: index,
			Message: "a path is empty",
			Remedy:  pathRemedy,
		}}
	}
	return checkPath(path, InPathPath, index)
}

func checkName(name string, index int, seen map[string]bool) []Problem {
	all := checkLength(InPathName, index, name, maxName, "a variable's name")
	problem := func(offset int, message, remedy string) []Problem {
		return append(all, Problem{Field: InPathName, Index: index, Offset: offset, Message: message, Remedy: remedy})
	}
	bad := strings.IndexFunc(name, func(r rune) bool { return !variableRune(r) })
	switch {
	case name == "":
		return problem(0, "a variable has no name", "name it with letters, digits, _ and -")
	case strings.HasPrefix(strings.ToLower(name), "aws."):
		return problem(0, "names that start with aws. are AWS's own: "+name, "choose another name")
	case bad >= 0:
		r, _ := utf8.DecodeRuneInString(name[bad:])
		return problem(bad, fmt.Sprintf("a variable's name has letters, digits, _ and -, not %q: %s", r, name), "choose another name")
	case seen[name]:
		return problem(0, "the variable "+strconv.Quote(name)+" is defined twice", "leave one of them out")
	}
	seen[name] = true
	return all
}

func unusedName(name string, index int) Problem {
	return Problem{
		Field: InPathName, Index: index, Warning: true,
		Message: "the template does not use the variable " + strconv.Quote(name),
		Remedy:  "write <" + name + "> in the template, or leave the variable out",
	}
}

// syntaxOffset is the offset of the first byte that makes a text invalid JSON.
func syntaxOffset(err error, size int) int {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return 0
	}
	// Offset counts the bytes read, the offending one included.
	return max(0, min(int(syntax.Offset)-1, size-1))
}
