package directive

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/jobgen/jobgen/internal/diag"
)

// yamlReader converts the YAML library's nodes to Nodes: it counts offsets in bytes
// instead of runes, uses JSON's kinds, and reports features that directives don't
// support.
type yamlReader struct {
	args     string
	prefix   int   // number of bytes that were added before args: 1 for an outer bracket
	offsets  []int // offset in args of each rune, and of the end
	problems []Problem
}

func parseYAML(args string, shape Shape) (*Node, []Problem) {
	text, prefix := args, 0
	switch {
	case shape == WantListOrMap && !strings.HasPrefix(args, "["):
		text, prefix = "["+args+"]", 1
	case shape == WantMap && !strings.HasPrefix(args, "{"):
		text, prefix = "{"+args+"}", 1
	}
	r := &yamlReader{args: args, prefix: prefix, offsets: runeOffsets(args)}
	var doc yaml.Node
	if err := yaml.Load([]byte(text), &doc, yaml.WithV4Defaults()); err != nil {
		return nil, []Problem{r.loadError(err)}
	}
	root := doc.Content[0]
	if shape == WantListOrMap && prefix == 1 {
		return r.finish(r.listOrMap(root))
	}
	return r.finish(r.node(root))
}

func (r *yamlReader) finish(n *Node) (*Node, []Problem) {
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return n, nil
}

func runeOffsets(s string) []int {
	offsets := make([]int, 0, len(s)+1)
	for i := range s {
		offsets = append(offsets, i)
	}
	return append(offsets, len(s))
}

// offset converts a column of the YAML library, which counts runes from 1, to an offset
// in args.
func (r *yamlReader) offset(column int) int {
	return r.offsets[min(max(column-1-r.prefix, 0), len(r.offsets)-1)]
}

// loadError returns the problem for an error of the library. The lexer has already
// reported common mistakes with better messages.
func (r *yamlReader) loadError(err error) Problem {
	p := Problem{Code: diag.ArgSyntax, Message: "the arguments can't be read as YAML flow style"}
	if load, ok := errors.AsType[*yaml.LoadError](err); ok {
		p.Offset = r.offset(load.Mark.Column)
		p.Message += ": " + load.Message
	}
	if strings.Contains(p.Message, "did not find expected") {
		p.Message = "two values without a comma between them, or a `: ` in unquoted text; quote text that contains a colon, a comma or a bracket"
	}
	return p
}

func (r *yamlReader) report(code diag.Code, offset int, format string, args ...any) {
	r.problems = append(r.problems, Problem{Code: code, Offset: offset, Message: fmt.Sprintf(format, args...)})
}

func (r *yamlReader) node(y *yaml.Node) *Node {
	n := &Node{Offset: r.offset(y.Column)}
	switch y.Kind {
	case yaml.MappingNode:
		r.mapping(n, y)
	case yaml.SequenceNode:
		n.Kind = List
		for _, item := range y.Content {
			n.Items = append(n.Items, r.item(item))
		}
	case yaml.ScalarNode:
		r.scalar(n, y)
	default:
		r.report(diag.ArgYAML, n.Offset, "aliases are not supported; write the value out")
	}
	return n
}

// item reads an item of a list. It refuses [a: b], which YAML reads as a mapping in a
// list: it may be meant as a mapping or as text.
func (r *yamlReader) item(y *yaml.Node) *Node {
	before := len(r.problems)
	n := r.node(y)
	if n.Kind == Map && !strings.HasPrefix(r.args[n.Offset:], "{") {
		r.problems = r.problems[:before] // a missing value, as in [a:], is the same mistake
		r.report(diag.ArgSlip, n.Offset, "`: ` inside a list makes a mapping; write it in braces, {key: value}, or quote it if it is text")
	}
	return n
}

func (r *yamlReader) mapping(n *Node, y *yaml.Node) {
	n.Kind = Map
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			r.report(diag.ArgYAML, r.offset(key.Column), "a key is a word, not a list or a mapping")
			continue
		}
		k := &Node{Kind: String, Offset: r.offset(key.Column), Text: key.Value, Quoted: key.Style&quoted != 0}
		if isAbsent(value) {
			r.absent(k, n)
			continue
		}
		n.Pairs = append(n.Pairs, Pair{k, r.node(value)})
	}
	r.problems = append(r.problems, duplicates(n)...)
}

const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle

// isAbsent reports whether a value is missing from the source.
func isAbsent(y *yaml.Node) bool {
	return y.Kind == yaml.ScalarNode && y.Value == "" && y.Style&quoted == 0
}

// absent reports a key without a value. If it follows another key, it is probably the
// rest of an unquoted text that contains a comma.
func (r *yamlReader) absent(key, mapping *Node) {
	rest := strings.TrimLeft(r.args[min(key.Offset+len(key.Text), len(r.args)):], " \t")
	name, after, glued := strings.Cut(key.Text, ":")
	switch {
	case glued && after != "" && !key.Quoted:
		r.report(diag.ArgSlip, key.Offset, "%q is one word in YAML; write a space after the colon: `%s: %s`", key.Text, name, after)
	case strings.HasPrefix(rest, ":") || len(mapping.Pairs) == 0:
		r.report(diag.PropMissing, key.Offset, "%q has no value; write `%s: value`", key.Text, key.Text)
	default:
		r.report(diag.ArgSlip, key.Offset, "%q is read as a key, because a comma ends an unquoted value; quote the whole text of %q",
			key.Text, mapping.Pairs[len(mapping.Pairs)-1].Key.Text)
	}
}

func (r *yamlReader) scalar(n *Node, y *yaml.Node) {
	n.Text = y.Value
	if y.Style&quoted != 0 {
		n.Kind, n.Quoted = String, true
		return
	}
	kind, problem := plainKind(y.Value)
	if problem != "" {
		r.report(diag.ArgNumber, n.Offset, "%s", problem)
	}
	n.Kind = kind
}

var (
	jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
	// numberLike matches text that some version or parser of YAML reads as a number.
	numberLike = regexp.MustCompile(`^[-+]?(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9][0-9_]*\.?[0-9_]*([eE][-+]?[0-9]+)?|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?|\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)
	// wordLike matches text, other than JSON's words, that YAML reads as true, false or
	// null.
	wordLike = regexp.MustCompile(`^(True|TRUE|False|FALSE|Null|NULL|~)$`)
)

// plainKind returns the JSON kind of an unquoted scalar. It also returns a problem if
// YAML parsers disagree on the kind.
func plainKind(text string) (Kind, string) {
	switch {
	case text == "null":
		return Null, ""
	case text == "true" || text == "false":
		return Bool, ""
	case jsonNumber.MatchString(text):
		return Number, ""
	case numberLike.MatchString(text):
		return String, fmt.Sprintf("%s is not a JSON number; quote it if it is text ('%s'), or write a plain decimal number", text, text)
	case wordLike.MatchString(text):
		return String, fmt.Sprintf("%s is read as a value of another kind by YAML; write %s, or quote it if it is text ('%s')", text, plainWord(text), text)
	}
	return String, ""
}

func plainWord(text string) string {
	if text == "~" {
		return "null"
	}
	return strings.ToLower(text)
}

// listOrMap reads arguments without outer brackets: a mapping (`a: b, c: d`, or one in
// braces), or a list.
func (r *yamlReader) listOrMap(y *yaml.Node) *Node {
	if len(y.Content) == 1 && y.Content[0].Kind == yaml.MappingNode {
		return r.node(y.Content[0])
	}
	pairs := &yaml.Node{Kind: yaml.MappingNode, Column: y.Column + 1}
	for _, item := range y.Content {
		if !r.isPair(item) {
			list := r.node(y)
			list.Offset = 0
			return list
		}
		pairs.Content = append(pairs.Content, item.Content...)
	}
	return r.node(pairs)
}

// isPair reports whether an item of a list is `key: value` without braces.
func (r *yamlReader) isPair(y *yaml.Node) bool {
	return y.Kind == yaml.MappingNode && !strings.HasPrefix(r.args[r.offset(y.Column):], "{")
}
