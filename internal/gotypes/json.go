package gotypes

import (
	"reflect"
	"regexp"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/shape"
)

// JSONRules are the rules by which the encoding/json that a package is compiled
// with reads struct tags.
//
// Since Go 1.27 encoding/json is made from encoding/json/v2, which takes more names
// and knows more options. Which one it is depends on the go command that compiles
// the package, not on the one that compiled jobgen.
type JSONRules struct {
	// modern reports whether it is the one of Go 1.27. The answer takes a go command,
	// so it is asked only where a tag has two meanings.
	modern func() bool
}

// NewJSONRules returns the rules of an encoding/json. Modern reports whether it is the
// one of Go 1.27, and is called only where the two differ.
func NewJSONRules(modern func() bool) *JSONRules {
	return &JSONRules{modern: sync.OnceValue(modern)}
}

// tag reads the json key of a field's tag.
func (r *JSONRules) tag(raw string) jsonTag {
	text := reflect.StructTag(raw).Get("json")
	classic, modern := classicTag(text), modernTag(text)
	if classic != modern && r.modern() {
		return modern
	}
	return classic
}

// unquotes reports whether a field of numbers with the option string can be decoded
// from a text. Numbers are those of its type, nil for json.Number.
//
// For Go's numbers both versions take what strconv takes, the older one only if the
// first character is a number's. Of json.Number it looks at that character alone.
func (r *JSONRules) unquotes(text string, numbers *shape.Numbers) bool {
	begins := text != "" && (text[0] == '-' || '0' <= text[0] && text[0] <= '9')
	if numbers == nil {
		return r.choose(begins || text == "null" || strings.HasPrefix(text, `"`), isJSONNumber(text))
	}
	reads := numbers.Reads(text)
	return text == "null" || r.choose(begins && reads, reads)
}

// choose returns the answer of the encoding/json that compiles the package, which
// matters only where the two differ.
func (r *JSONRules) choose(classic, modern bool) bool {
	if classic != modern && r.modern() {
		return modern
	}
	return classic
}

// isJSONNumber reports whether json.Number takes a text, which must be a number by
// JSON's grammar.
func isJSONNumber(text string) bool { return jsonNumber.MatchString(text) }

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
