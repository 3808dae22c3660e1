package pattern

import (
	"fmt"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// maxDepth is the maximum nesting of a pattern, which bounds the reader's recursion. A
// pattern of MaxLength characters has at most 820 levels, so EventBridge accepts no
// pattern that is nested more deeply.
const maxDepth = 1000

// kind is the kind of a JSON value.
type kind uint8

const (
	kindNull kind = iota
	kindTrue
	kindFalse
	kindNumber
	kindString
	kindList
	kindObject
)

// node is a JSON value with its position in a pattern's source.
type node struct {
	kind       kind
	start, end int    // offsets in the source
	text       string // a string's value, a number as written
	items      []*node
	members    []member
}

// member is a key of an object with its value.
type member struct {
	key        string
	start, end int // of the key, including quotes
	value      *node
	replaced   bool // a later member of the object has the same key
}

// reader reads JSON into nodes. It stops at the first syntax error.
type reader struct {
	src   []byte
	pos   int
	depth int
}

// readJSON reads src, which must be one JSON value.
func readJSON(src []byte) (*node, *Problem) {
	if i := invalidUTF8(src); i >= 0 {
		return nil, &Problem{
			Kind: Syntax, Offset: i, End: i + 1, Found: fmt.Sprintf("\\x%02x", src[i]),
			Message: fmt.Sprintf("byte 0x%02x is not UTF-8", src[i]),
			Remedy:  "save the pattern as UTF-8",
		}
	}
	r := &reader{src: src}
	n, p := r.value()
	if p != nil {
		return nil, p
	}
	r.space()
	if r.pos < len(src) {
		return nil, r.fault(r.pos, "after the pattern", "a pattern is one JSON object: remove what follows it")
	}
	return n, nil
}

func invalidUTF8(src []byte) int {
	for i := 0; i < len(src); {
		c, size := utf8.DecodeRune(src[i:])
		if c == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

func (r *reader) space() {
	for r.pos < len(r.src) {
		switch r.src[r.pos] {
		case ' ', '\t', '\n', '\r':
			r.pos++
		default:
			return
		}
	}
}

// peek skips white space and returns the next byte, or 0 at the end.
func (r *reader) peek() byte {
	r.space()
	if r.pos == len(r.src) {
		return 0
	}
	return r.src[r.pos]
}

// fault returns a syntax error: the character at offset is not allowed there.
func (r *reader) fault(offset int, where, remedy string) *Problem {
	if offset >= len(r.src) {
		return r.syntax(len(r.src), len(r.src), "the JSON ends too early", remedy)
	}
	c, size := utf8.DecodeRune(r.src[offset:])
	return r.syntax(offset, offset+size, fmt.Sprintf("%q is not allowed %s", c, where), remedy)
}

// syntax describes what is wrong with the text between two offsets.
func (r *reader) syntax(from, to int, message, remedy string) *Problem {
	return &Problem{Kind: Syntax, Offset: from, End: to, Found: string(r.src[from:to]), Message: message, Remedy: remedy}
}

func (r *reader) value() (*node, *Problem) {
	start := r.pos
	c := r.peek()
	if r.pos < len(r.src) {
		start = r.pos
	}
	switch {
	case c == '{':
		return r.nested((*reader).object)
	case c == '[':
		return r.nested((*reader).list)
	case c == '"':
		text, p := r.stringText()
		return &node{kind: kindString, start: start, end: r.pos, text: text}, p
	case c == '-' || '0' <= c && c <= '9':
		return r.number()
	case c == '\'':
		return nil, r.fault(start, "where a value is expected", "JSON quotes with double quotes")
	case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		return r.word()
	}
	return nil, r.fault(start, "where a value is expected", "write a JSON value there")
}

// nested reads an object or a list.
func (r *reader) nested(read func(*reader) (*node, *Problem)) (*node, *Problem) {
	if r.depth++; r.depth > maxDepth {
		return nil, &Problem{
			Kind: TooLong, Offset: r.pos, End: r.pos + 1, Found: string(r.src[r.pos]),
			Message: fmt.Sprintf("nested deeper than %d levels", maxDepth),
			Remedy:  fmt.Sprintf("a pattern has at most %d characters: nest less", MaxLength),
		}
	}
	n, p := read(r)
	r.depth--
	return n, p
}

func (r *reader) object() (*node, *Problem) {
	n := &node{kind: kindObject, start: r.pos}
	p := r.elements('}', func() *Problem {
		m, p := r.member()
		n.members = append(n.members, m)
		return p
	})
	n.end = r.pos
	markReplaced(n.members)
	return n, p
}

// markReplaced marks each member that a later member of the same key replaces.
func markReplaced(members []member) {
	last := make(map[string]int, len(members))
	for i := range members {
		if earlier, ok := last[members[i].key]; ok {
			members[earlier].replaced = true
		}
		last[members[i].key] = i
	}
}

func (r *reader) member() (member, *Problem) {
	c := r.peek()
	m := member{start: r.pos}
	if c != '"' {
		return m, r.fault(r.pos, "where a key is expected", keyRemedy(c))
	}
	var p *Problem
	if m.key, p = r.stringText(); p != nil {
		return m, p
	}
	m.end = r.pos
	if r.peek() != ':' {
		return m, r.fault(r.pos, "after a key", "put a colon between key and value")
	}
	r.pos++
	m.value, p = r.value()
	return m, p
}

func keyRemedy(c byte) string {
	if c == '}' {
		return "remove the comma before it"
	}
	return "a key is a string in double quotes"
}

func (r *reader) list() (*node, *Problem) {
	n := &node{kind: kindList, start: r.pos}
	p := r.elements(']', func() *Problem {
		item, p := r.value()
		n.items = append(n.items, item)
		return p
	})
	n.end = r.pos
	return n, p
}

// elements reads the elements of an object or a list, up to the closing bracket.
func (r *reader) elements(closing byte, element func() *Problem) *Problem {
	r.pos++
	if r.peek() == closing {
		r.pos++
		return nil
	}
	for {
		if p := element(); p != nil {
			return p
		}
		if more, p := r.more(closing); !more {
			return p
		}
	}
}

// more reads the comma before the next element, or the closing bracket.
func (r *reader) more(closing byte) (bool, *Problem) {
	switch c := r.peek(); {
	case c == closing && r.pos < len(r.src):
		r.pos++
		return false, nil
	case c == ',':
		r.pos++
		if closing == ']' && r.peek() == ']' {
			return false, r.fault(r.pos, "after a comma", "remove the comma before it")
		}
		return true, nil
	}
	return false, r.fault(r.pos, "after a value", fmt.Sprintf("put a comma or %q there", closing))
}

// word reads true, false or null.
func (r *reader) word() (*node, *Problem) {
	start := r.pos
	for r.pos < len(r.src) && isLetter(r.src[r.pos]) {
		r.pos++
	}
	word := string(r.src[start:r.pos])
	kind, ok := words[word]
	if !ok {
		return nil, r.syntax(start, r.pos, word+" is not a JSON value", "put a string in double quotes; true, false and null are in lower case")
	}
	return &node{kind: kind, start: start, end: r.pos, text: word}, nil
}

var words = map[string]kind{"null": kindNull, "true": kindTrue, "false": kindFalse}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

func (r *reader) number() (*node, *Problem) {
	start := r.pos
	end := jsonscan.NumberEnd(r.src, start)
	if end < 0 || end < len(r.src) && (isDigit(r.src[end]) || isLetter(r.src[end]) || r.src[end] == '.') {
		for r.pos < len(r.src) && isNumberish(r.src[r.pos]) {
			r.pos++
		}
		found := string(r.src[start:r.pos])
		return nil, r.syntax(start, r.pos, found+" is not a JSON number",
			"a number is decimal, without leading zeros or plus sign; quote it if it is text")
	}
	r.pos = end
	return &node{kind: kindNumber, start: start, end: end, text: string(r.src[start:end])}, nil
}

func isNumberish(c byte) bool {
	return isDigit(c) || isLetter(c) || c == '.' || c == '-' || c == '+' || c == '_'
}

// stringText reads a string and returns its value.
func (r *reader) stringText() (string, *Problem) {
	start := r.pos + 1
	for i := start; i < len(r.src); i++ {
		switch c := r.src[i]; {
		case c == '"':
			r.pos = i + 1
			return string(jsonscan.Unescape(nil, r.src[start:i])), nil
		case c < 0x20:
			return "", &Problem{
				Kind: Syntax, Offset: i, End: i + 1, Found: fmt.Sprintf("\\u%04x", c),
				Message: fmt.Sprintf("control character 0x%02x in a string", c),
				Remedy:  fmt.Sprintf("write it as \\u%04x, or close the string before it", c),
			}
		case c == '\\':
			size := jsonscan.EscapeSize(r.src[i:])
			if size == 0 {
				return "", r.badEscape(i)
			}
			i += size - 1
		}
	}
	return "", &Problem{
		Kind: Syntax, Offset: start - 1, End: len(r.src),
		Message: "the string has no end", Remedy: "close it with a double quote",
	}
}

func (r *reader) badEscape(at int) *Problem {
	end := min(at+2, len(r.src))
	found := string(r.src[at:end])
	return r.syntax(at, end, found+" is not a JSON escape",
		`use \" \\ \/ \b \f \n \r \t or \u and four hexadecimal digits; a backslash itself is \\`)
}
