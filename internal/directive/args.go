package directive

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/diag"
)

// Limits of what is read at all. They are far above what AWS takes (a pattern
// has at most 4096 characters, an input 8192), so that AWS's own limits are
// what users meet, and they keep hostile lines cheap.
const (
	maxArgs  = 64 << 10 // bytes
	maxDepth = 200      // brackets within brackets
)

// Parse reads a directive's arguments. What parses as JSON is JSON; anything
// else is YAML 1.2 flow style, in which the outer braces of a mapping and the
// brackets of a list may be left out. The node is nil if there are problems.
func Parse(args string, shape Shape) (*Node, []Problem) {
	n, problems := parse(args, shape)
	return n, problems[:min(len(problems), maxProblems)]
}

// maxProblems bounds what one hostile line can print.
const maxProblems = 20

func parse(args string, shape Shape) (*Node, []Problem) {
	if p := checkText(args); p != nil {
		return nil, []Problem{*p}
	}
	if json.Valid([]byte(args)) {
		return parseJSON(args)
	}
	if problems := prescan(args); len(problems) > 0 {
		return nil, problems
	}
	return parseYAML(args, shape)
}

// checkText refuses what no reader should be given.
func checkText(args string) *Problem {
	if len(args) > maxArgs {
		return &Problem{Code: diag.ArgLimit, Message: fmt.Sprintf(
			"the arguments are %d bytes long; at most %d are read (EventBridge takes patterns of at most 4096 characters)", len(args), maxArgs)}
	}
	for i, r := range args {
		if message := badRune(args[i:], r); message != "" {
			return &Problem{Code: diag.ArgLimit, Offset: i, Message: message}
		}
	}
	if offset, ok := depthOver(args, maxDepth); ok {
		return &Problem{Code: diag.ArgLimit, Offset: offset, Message: fmt.Sprintf(
			"brackets are nested more than %d deep; no pattern that EventBridge takes needs that", maxDepth)}
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

// depthOver returns the place of the bracket that goes deeper than limit.
// Brackets in quoted text count too: to tell them apart is the parsers' work,
// and text with so many in a row is no pattern.
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
