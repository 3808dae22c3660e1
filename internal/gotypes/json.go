package gotypes

import (
	"reflect"
	"regexp"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/shape"
)

// JSONRules are the rules of the encoding/json that a package is compiled with.
//
// Since Go 1.27 encoding/json is implemented by encoding/json/v2, which takes more
// names and options in struct tags. The go command that compiles the package
// decides, not the one that compiled jobgen.
type JSONRules struct {
	// modern reports whether it is the one of Go 1.27. It may run a go command, so it
	// is called only for a tag that the two read differently.
	modern func() bool
}

// NewJSONRules returns the rules of Go 1.27 if modern reports true, or else the older
// ones. Modern is called when a tag is read differently by the two.
func NewJSONRules(modern func() bool) *JSONRules {
	return &JSONRules{modern: sync.OnceValue(modern)}
}

// tag reads the json key of a field's tag.
func (r *JSONRules) tag(raw string) jsonTag {
	text := reflect.StructTag(raw).Get("json")
	return choose(r, classicTag(text), modernTag(text))
}

// unquotes reports whether a text can be decoded into a number field with the option
// string. Numbers are those of its type, nil for json.Number.
//
// For Go's numbers both versions take what strconv takes; the older one demands that
// the first character is one of a JSON number. For json.Number it checks nothing else.
func (r *JSONRules) unquotes(text string, numbers *shape.Numbers) bool {
	begins := text != "" && (text[0] == '-' || '0' <= text[0] && text[0] <= '9')
	if numbers == nil {
		return choose(r, begins || text == "null" || strings.HasPrefix(text, `"`), isJSONNumber(text))
	}
	reads := numbers.Reads(text)
	return text == "null" || choose(r, begins && reads, reads)
}

// choose returns what the package's encoding/json does.
func choose[T comparable](r *JSONRules, classic, modern T) T {
	if classic != modern && r.modern() {
		return modern
	}
	return classic
}

// isJSONNumber reports whether a text is a number by JSON's grammar, as json.Number
// demands.
func isJSONNumber(text string) bool { return jsonNumber.MatchString(text) }

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
