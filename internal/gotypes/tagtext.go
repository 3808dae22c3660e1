package gotypes

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// PlacedTag is where jobgen's part of a field's tag stands.
type PlacedTag struct {
	Key   model.Pos
	value model.Pos // the first byte in the quotes
	raw   string
	// columns gives for each byte of the value how far behind the first it
	// stands: escapes are longer than what they stand for.
	columns []int
	// Fault says why Go can't read the part, or reads another; then there is no
	// value.
	Fault string
}

// mentionsJobs reports whether a tag may be meant for jobgen.
func mentionsJobs(tag string) bool { return strings.Contains(strings.ToLower(tag), directive.Tool) }

// tagPlace finds jobgen's part of a tag as it is written, in either kind of
// quotes; the result is false if it has none.
func tagPlace(fset *token.FileSet, lit *ast.BasicLit) (PlacedTag, bool) {
	text, at := decodeLiteral(lit.Value)
	if !mentionsJobs(text) {
		return PlacedTag{}, false
	}
	place := func(offset int) model.Pos { return gosource.Pos(fset, lit.Pos()+token.Pos(at[offset])) }
	pairs, end := tagPairs(text)
	offset, fault := tagFault(text, pairs, end)
	if fault != "" {
		return PlacedTag{Key: place(offset), Fault: fault}, true
	}
	for _, p := range pairs {
		if p.name == directive.Tool {
			raw, columns := pairValue(text, at, p)
			return PlacedTag{Key: place(p.key), value: place(p.value), raw: raw, columns: columns}, true
		}
	}
	return PlacedTag{}, false
}

// decodeLiteral gives a string literal's text, and for each byte of it, and its
// end, the offset in the literal.
func decodeLiteral(lit string) (text string, at []int) {
	var b strings.Builder
	inside := lit[1 : len(lit)-1]
	for offset := 0; offset < len(inside); {
		char, size := inside[offset:offset+1], 1
		if lit[0] == '"' {
			// A literal that the parser took can be unquoted.
			r, multibyte, tail, _ := strconv.UnquoteChar(inside[offset:], '"')
			size = len(inside) - offset - len(tail)
			if char = string(r); !multibyte {
				char = string([]byte{byte(r)})
			}
		}
		for range len(char) {
			at = append(at, 1+offset)
		}
		b.WriteString(char)
		offset += size
	}
	return b.String(), append(at, len(lit)-1)
}

// tagPair is one name and value of a tag, with offsets in the tag's text.
type tagPair struct {
	name       string
	key        int
	value, end int // of what stands in the quotes
}

// tagPairs reads a tag as reflect.StructTag does, up to where that stops.
func tagPairs(text string) (pairs []tagPair, end int) {
	for {
		for end < len(text) && text[end] == ' ' {
			end++
		}
		m := tagPairForm.FindStringSubmatchIndex(text[end:])
		if m == nil {
			return pairs, end
		}
		pairs = append(pairs, tagPair{text[end : end+m[3]], end, end + m[4], end + m[5]})
		end += m[1]
	}
}

// tagPairForm is a name, a colon and a quoted text, as reflect.StructTag wants
// them.
var tagPairForm = regexp.MustCompile(`^([^\x00- :"\x7f]+):"((?:[^"\\]|\\.)*)"`)

// meantForJobs finds jobgen's name in what Go can't read of a tag.
var meantForJobs = regexp.MustCompile(`(?i)(?:^|[\s,;"])(jobs)\s*[:=]`)

// tagFault says what keeps jobgen's part of a tag from being read.
func tagFault(text string, pairs []tagPair, end int) (offset int, fault string) {
	found := false
	for _, p := range pairs {
		switch {
		case p.name == directive.Tool && found:
			return p.key, "the tag has the key jobs twice, and Go reads the first alone: write one list"
		case p.name == directive.Tool:
			found = true
			if _, err := strconv.Unquote(text[p.value-1 : p.end+1]); err != nil {
				return p.key, "Go can't read the value in its quotes: a backslash begins an escape there, and a backslash of its own is written twice"
			}
		case strings.EqualFold(p.name, directive.Tool):
			return p.key, "the key " + p.name + " is nobody's; jobgen's is jobs, in lower case"
		}
	}
	if m := meantForJobs.FindStringSubmatchIndex(text[end:]); m != nil && !found {
		return end + m[2], `Go can't read this part of the tag; write jobs:"…", without spaces around the colon, and one space between two keys`
	}
	return 0, ""
}

// pairValue gives a pair's value, and for each byte of it, and its end, how far
// behind the first one it stands in the source.
func pairValue(text string, at []int, p tagPair) (raw string, columns []int) {
	raw, inside := decodeLiteral(text[p.value-1 : p.end+1])
	for _, offset := range inside {
		columns = append(columns, at[p.value-1+offset]-at[p.value])
	}
	return raw, columns
}

// TagsIn returns the places of jobgen's parts of the tags in a file.
func TagsIn(fset *token.FileSet, f *ast.File) []PlacedTag {
	var all []PlacedTag
	ast.Inspect(f, func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok && field.Tag != nil {
			if place, ok := tagPlace(fset, field.Tag); ok {
				all = append(all, place)
			}
		}
		return true
	})
	return all
}
