package gen

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/model"
)

// Readers of YAML 1.1 (CloudFormation, PyYAML) and of YAML 1.2 read the YAML here alike:
// what they would read differently is quoted, or written in another form.

// yamlWidth is the column up to which lists are written on one line.
const yamlWidth = 100

// yamlNode is a YAML value: a scalar as it is written, a list or a mapping.
type yamlNode struct {
	scalar string
	list   []yamlNode
	fields []yamlField
	kind   yamlKind
}

type yamlField struct {
	key   string // as it is written
	value yamlNode
}

type yamlKind int

const (
	yamlScalar yamlKind = iota
	yamlList
	yamlMapping
)

// yamlOf makes a node of a JSON value; text writes its strings.
func yamlOf(v *model.Value, text func(model.Text) string) yamlNode {
	switch v.Kind {
	case model.String:
		return yamlNode{scalar: text(v.Text)}
	case model.Number:
		return yamlNode{scalar: yamlNumber(v.Number)}
	case model.List:
		if name := v.ListParam(); name != "" {
			return yamlNode{scalar: "!Ref " + cfnParameter(name)}
		}
		return yamlNode{kind: yamlList, list: each(v.List, func(item *model.Value) yamlNode { return yamlOf(item, text) })}
	case model.Object:
		return yamlNode{kind: yamlMapping, fields: each(v.Fields, func(f model.ValueField) yamlField {
			return yamlField{yamlString(f.Key), yamlOf(f.Value, text)}
		})}
	default: // true, false and null are YAML's too
		return yamlNode{scalar: v.JSON(model.Text.String)}
	}
}

// yamlItems makes a list of scalars, each of which write encodes.
func yamlItems[T any](items []T, write func(T) string) yamlNode {
	return yamlNode{kind: yamlList, list: each(items, func(item T) yamlNode { return yamlNode{scalar: write(item)} })}
}

// after writes the node behind "key:" or "-", which end in a column: on the same line
// if it is short, else on new lines that are indented by indent.
func (n yamlNode) after(indent, column int) string {
	if n.kind == yamlMapping && len(n.fields) > 0 || n.kind == yamlList && !n.fits(column) {
		return "\n" + n.block(indent)
	}
	return " " + n.flow()
}

func (n yamlNode) fits(column int) bool {
	return len(n.list) == 0 || column+1+len(n.flow()) <= yamlWidth
}

// flow writes the node on one line.
func (n yamlNode) flow() string {
	switch n.kind {
	case yamlList:
		return "[" + strings.Join(each(n.list, yamlNode.flow), ", ") + "]"
	case yamlMapping:
		fields := each(n.fields, func(f yamlField) string { return f.key + ": " + f.value.flow() })
		return "{" + strings.Join(fields, ", ") + "}"
	default:
		return n.scalar
	}
}

// block writes a mapping or list over several lines, without a final newline.
func (n yamlNode) block(indent int) string {
	margin := strings.Repeat(" ", indent)
	var lines []string
	for _, f := range n.fields {
		key := margin + f.key + ":"
		lines = append(lines, key+f.value.after(indent+2, len(key)))
	}
	for _, item := range n.list {
		lines = append(lines, margin+"-"+item.afterDash(indent+2))
	}
	return strings.Join(lines, "\n")
}

// afterDash writes a list's item: a nested block begins on the dash's line.
func (n yamlNode) afterDash(indent int) string {
	if n.kind == yamlMapping && len(n.fields) > 0 && indent+len(n.flow()) <= yamlWidth {
		return " " + n.flow()
	}
	text := n.after(indent, indent-1)
	if block, ok := strings.CutPrefix(text, "\n"+strings.Repeat(" ", indent)); ok {
		return " " + block
	}
	return text
}

// yamlPlain matches strings that need no quotes as a key or a value, in block or flow
// style, in every version of YAML. It matches no colon, which needs quotes in some
// places.
var yamlPlain = regexp.MustCompile(`^[A-Za-z_/][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$`)

// yamlWord matches the plain strings that YAML 1.1 or a reader of it takes for
// a boolean or null (yaml.org/type).
var yamlWord = regexp.MustCompile(`^(?i:y|yes|n|no|on|off|true|false|null)$`)

// yamlString writes a string as one line.
func yamlString(s string) string {
	if yamlPlain.MatchString(s) && !yamlWord.MatchString(s) {
		return s
	}
	return yamlQuote(s)
}

// yamlQuote writes a string in double quotes. Characters that can't be printed are
// escaped: YAML folds line breaks within quotes, has more line breaks than JSON, and
// refuses some characters that JSON allows.
func yamlQuote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s { // an invalid byte becomes U+FFFD
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// yamlNumber writes a JSON number so that YAML 1.1 reads it as a number too: a
// float there needs a point, and its exponent a sign.
func yamlNumber(number string) string {
	i := strings.IndexAny(number, "eE")
	if i < 0 {
		return number
	}
	mantissa, exponent := number[:i], number[i+1:]
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	if exponent[0] != '-' && exponent[0] != '+' {
		exponent = "+" + exponent
	}
	return mantissa + "e" + exponent
}
