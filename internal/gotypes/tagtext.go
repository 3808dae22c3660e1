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

// PlacedTag is jobgen's part of a field's tag with its position.
type PlacedTag struct {
	Key   model.Pos
	value model.Pos // the first byte in the quotes
	raw   string
	// columns are those of a gosource.Line.
	columns []int
	// Fault says why Go can't read the part. There is no value then.
	Fault string
}

// mentionsJobs reports whether a tag may be meant for jobgen.
func mentionsJobs(tag string) bool { return strings.Contains(strings.ToLower(tag), directive.Tool) }

// tagPlace finds jobgen's part of a field's tag, which is a string literal of either
// kind. The result is false if the field has no such part.
func tagPlace(fset *token.FileSet, field *ast.Field) (PlacedTag, bool) {
	if field.Tag == nil {
		return PlacedTag{}, false
	}
	text, at := decodeLiteral(field.Tag.Value)
	if !mentionsJobs(text) {
		return PlacedTag{}, false
	}
	place := func(offset int) model.Pos { return gosource.Pos(fset, field.Tag.Pos()+token.Pos(at[offset])) }
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

// decodeLiteral returns the text of a string literal, and the offset in the literal of
// each byte of the text and of its end.
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
	value, end int // of what is in the quotes
}

// tagPairs reads a tag as reflect.StructTag does. End is the offset at which that
// stops.
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

// tagPairForm is a name, a colon and a quoted text, as in reflect.StructTag.
var tagPairForm = regexp.MustCompile(`^([^\x00- :"\x7f]+):"((?:[^"\\]|\\.)*)"`)

// meantForJobs matches jobgen's key in the part of a tag that Go can't read.
var meantForJobs = regexp.MustCompile(`(?i)(?:^|[\s,;"])(jobs)\s*[:=]`)

// tagFault says why Go can't read jobgen's part of a tag.
func tagFault(text string, pairs []tagPair, end int) (offset int, fault string) {
	found := false
	for _, p := range pairs {
		switch {
		case p.name == directive.Tool && found:
			return p.key, "the tag has the key jobs twice, and Go reads the first alone: write one list"
		case p.name == directive.Tool:
			found = true
			if _, err := strconv.Unquote(text[p.value-1 : p.end+1]); err != nil {
				return p.key, "Go can't read the value in its quotes: a backslash begins an escape there, and a backslash itself is written twice"
			}
		case strings.EqualFold(p.name, directive.Tool):
			return p.key, "the key " + p.name + " is not jobgen's, which is jobs, in lower case"
		}
	}
	if m := meantForJobs.FindStringSubmatchIndex(text[end:]); m != nil && !found {
		return end + m[2], `Go can't read this part of the tag; write jobs:"…", without spaces around the colon, and one space between two keys`
	}
	return 0, ""
}

// pairValue returns a pair's value, and the distance in the source from its first byte
// to each of its bytes and to its end.
func pairValue(text string, at []int, p tagPair) (raw string, columns []int) {
	raw, inside := decodeLiteral(text[p.value-1 : p.end+1])
	for _, offset := range inside {
		columns = append(columns, at[p.value-1+offset]-at[p.value])
	}
	return raw, columns
}

// TagsIn returns jobgen's parts of all tags in a file.
func TagsIn(fset *token.FileSet, f *ast.File) []PlacedTag {
	var all []PlacedTag
	for field := range gosource.StructFields(f) {
		if place, ok := tagPlace(fset, field); ok {
			all = append(all, place)
		}
	}
	return all
}
