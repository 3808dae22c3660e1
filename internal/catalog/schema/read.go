package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Parse reads the text form of sources.
func Parse(text string) ([]*Source, error) {
	var sources []*Source
	for _, block := range Split(text, 0) {
		s, err := parseSource(block)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", block.Line, err)
		}
		sources = append(sources, s)
	}
	return sources, nil
}

// Block is a line and the deeper lines under it.
type Block struct {
	Line int    // number of Head in the text that was split, from 1
	Head string // without its tabs
	Body string // the lines under it, with theirs
}

// Split cuts text into the blocks whose heads are indented by depth tabs, without
// looking into them. Comments and empty lines between blocks are left out.
func Split(text string, depth int) []Block {
	var blocks []Block
	indent := strings.Repeat("\t", depth)
	number, start := 0, 0 // start is where the last block's body starts
	for pos := 0; pos < len(text); {
		end := pos + lineLength(text[pos:])
		line := text[pos:end]
		number++
		if head, ok := strings.CutPrefix(line, indent); ok && isHead(head) {
			closeBlock(blocks, text[start:pos])
			blocks = append(blocks, Block{Line: number, Head: strings.TrimRight(head, "\r\n")})
			start = end
		}
		pos = end
	}
	closeBlock(blocks, text[start:])
	return blocks
}

func lineLength(text string) int {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

func isHead(s string) bool {
	return s != "" && s[0] != '\t' && s[0] != '\n' && s[0] != '\r' && s[0] != '#'
}

func closeBlock(blocks []Block, body string) {
	if len(blocks) > 0 {
		blocks[len(blocks)-1].Body = body
	}
}

func parseSource(b Block) (*Source, error) {
	words, err := fields(b.Head)
	if err != nil {
		return nil, err
	}
	s := &Source{Name: words[0], CloudTrail: len(words) == 2 && words[1] == "cloudtrail"}
	if len(words) > 1 && !s.CloudTrail {
		return nil, fmt.Errorf("%[2]q follows the source %[1]s; only the word cloudtrail may", s.Name, words[1:])
	}
	for _, e := range Split(b.Body, 1) {
		detail, err := ParseFields(e.Body, 2)
		if err != nil {
			return nil, fmt.Errorf("%s %q: %w", s.Name, e.Head, err)
		}
		s.Events = append(s.Events, &Event{DetailType: e.Head, Detail: detail})
	}
	return s, nil
}

// ParseFields reads an object's fields from the lines that are indented by
// depth tabs. An object without fields is open.
func ParseFields(body string, depth int) (*Field, error) {
	object := &Field{Kind: Object}
	if err := readFields(object, body, depth); err != nil {
		return nil, err
	}
	return object, nil
}

func readFields(object *Field, body string, depth int) error {
	for _, b := range Split(body, depth) {
		if b.Head == "..." {
			object.Open = true
			continue
		}
		f, err := parseField(b, depth)
		if err != nil {
			return err
		}
		if object.Field(f.Name) != nil {
			return fmt.Errorf("the field %q is there twice", f.Name)
		}
		object.Add(f)
	}
	object.Open = object.Open || len(object.Fields) == 0
	return nil
}

func parseField(b Block, depth int) (*Field, error) {
	words, err := fields(b.Head)
	if err != nil {
		return nil, err
	}
	if len(words) < 2 {
		return nil, fmt.Errorf("the field %q has no type", words[0])
	}
	typ, null := strings.CutSuffix(words[1], "?")
	f, err := parseType(typ)
	if err != nil {
		return nil, fmt.Errorf("field %q: %w", words[0], err)
	}
	f.Name, f.Null = words[0], null
	if err := parseValues(f, words[2:]); err != nil {
		return nil, fmt.Errorf("field %q: %w", f.Name, err)
	}
	inner := Innermost(f)
	if inner.hasFields() {
		return f, readFields(inner, b.Body, depth+1)
	}
	if len(Split(b.Body, depth+1)) > 0 {
		return nil, fmt.Errorf("the field %q has fields under it, but is %s", f.Name, words[1])
	}
	return f, nil
}

func parseValues(f *Field, words []string) error {
	if len(words) == 0 {
		return nil
	}
	if words[0] != "=" && words[0] != "~" || len(words) == 1 {
		return fmt.Errorf("%q follows the type; only = or ~ and values may", words)
	}
	inner := Innermost(f)
	if !inner.Kind.Has(String) {
		return fmt.Errorf("a closed set of values is for strings, not for %s", kindsText(inner))
	}
	inner.Values = slices.Clone(words[1:])
	inner.Likely = words[0] == "~"
	slices.Sort(inner.Values)
	return nil
}

func parseType(s string) (*Field, error) {
	if s, ok := strings.CutPrefix(s, "!"); ok {
		f, err := parseType(s)
		f.Sure = true
		return f, err
	}
	if elem, ok := strings.CutPrefix(s, "[]"); ok {
		return composite(Array, elem)
	}
	if elem, ok := strings.CutPrefix(s, "{"); ok && strings.HasSuffix(elem, "}") {
		f, err := composite(Object, strings.TrimSuffix(elem, "}"))
		f.Open = true
		return f, err
	}
	switch s {
	case "any":
		return &Field{Kind: Any}, nil
	case "decimal":
		return &Field{Kind: Number, Fractions: true}, nil
	}
	return parseKinds(s)
}

func composite(kind Kind, elem string) (*Field, error) {
	e, err := parseType(elem)
	return &Field{Kind: kind, Elem: e}, err
}

func parseKinds(s string) (*Field, error) {
	names := strings.Split(s, "|")
	f := &Field{Whole: slices.Contains(names, "integer") && !slices.Contains(names, "number")}
	for _, name := range names {
		kind, known := kinds[name]
		if !known {
			return f, fmt.Errorf("unknown type %q; known are any, object, array, string, number, decimal, integer, boolean, []T, {T}, A|B and !T", s)
		}
		f.Kind |= kind
	}
	return f, nil
}

// fields cuts a line at spaces; a word in quotes is a Go string.
func fields(line string) ([]string, error) {
	var words []string
	for rest := strings.TrimLeft(line, " "); rest != ""; rest = strings.TrimLeft(rest, " ") {
		if rest[0] != '"' {
			word, tail, _ := strings.Cut(rest, " ")
			words, rest = append(words, word), tail
			continue
		}
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return nil, fmt.Errorf("a quote in %q is not closed", line)
		}
		word, _ := strconv.Unquote(quoted)
		words, rest = append(words, word), rest[len(quoted):]
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("the line %q holds nothing", line)
	}
	return words, nil
}
