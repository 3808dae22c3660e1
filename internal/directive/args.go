package directive

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/diag"
)

// Limits of arguments. They are far above AWS's limits (4096 characters for a pattern,
// 8192 for an input), so that users get messages about AWS's limits, and they bound
// the cost of hostile lines.
const (
	maxArgs  = 64 << 10 // bytes
	maxDepth = 200      // brackets within brackets
)

// Parse reads a directive's arguments. Arguments that are valid JSON are read as JSON;
// anything else is read as YAML 1.2 flow style, in which the outer braces of a mapping
// and the outer brackets of a list may be left out. If there are problems, the node is
// nil.
func Parse(args string, shape Shape) (*Node, []Problem) {
	n, problems := parse(args, shape)
	return n, problems[:min(len(problems), maxProblems)]
}

// maxProblems bounds the number of problems that are reported for one line.
const maxProblems = 20

func parse(args string, shape Shape) (*Node, []Problem) {
	if p := checkText(args); p != nil {
		return nil, []Problem{*p}
	}
	if n, problems, ok := parseJSON(args); ok {
		return n, problems
	}
	if problems := prescan(args); len(problems) > 0 {
		return nil, problems
	}
	return parseYAML(args, shape)
}

// checkText reports text that neither parser should be given.
func checkText(args string) *Problem {
	if len(args) > maxArgs {
		return &Problem{Code: diag.ArgLimit, Message: fmt.Sprintf(
			"the arguments are %d bytes long; the limit is %d bytes (EventBridge takes patterns of at most 4096 characters)", len(args), maxArgs)}
	}
	for i, r := range args {
		if message := badRune(args[i:], r); message != "" {
			return &Problem{Code: diag.ArgLimit, Offset: i, Message: message}
		}
	}
	if offset, ok := depthOver(args, maxDepth); ok {
		return &Problem{Code: diag.ArgLimit, Offset: offset, Message: fmt.Sprintf(
			"brackets are nested more than %d deep; EventBridge takes no such pattern", maxDepth)}
	}
	return nil
}

func badRune(rest string, r rune) string {
	if r == utf8.RuneError && strings.HasPrefix(rest, "\uFFFD") {
		return ""
	}
	switch {
	case r == utf8.RuneError:
		return "this byte is not UTF-8 text; save the file as UTF-8"
	case r < ' ' && r != '\t', r == 0x7F:
		return fmt.Sprintf("control character U+%04X; write it as an escape (\"\\u%04x\") in a double-quoted value", r, r)
	case r == 0x85, r == 0x2028, r == 0x2029, r == 0xFEFF:
		return fmt.Sprintf("invisible character U+%04X, which YAML reads as a line break or drops; write it as \"\\u%04x\" in a double-quoted value", r, r)
	}
	return ""
}

// depthOver returns the offset of the first bracket that is nested deeper than limit.
// It also counts brackets in quoted text, because only the parsers know about quotes,
// and no valid text has so many open brackets.
func depthOver(args string, limit int) (int, bool) {
	depth := 0
	for i := range len(args) {
		switch args[i] {
		case '[', '{':
			if depth++; depth > limit {
				return i, true
			}
		case ']', '}':
			depth--
		}
	}
	return 0, false
}
