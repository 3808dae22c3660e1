package directive

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
)

// jsonReader builds nodes with offsets from the tokens of valid JSON.
type jsonReader struct {
	args     string
	dec      *json.Decoder
	problems []Problem
}

// parseJSON reads args, which is valid JSON.
func parseJSON(args string) (*Node, []Problem) {
	r := &jsonReader{args: args, dec: json.NewDecoder(strings.NewReader(args))}
	r.dec.UseNumber()
	n := r.value()
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return n, nil
}

// next returns the next token and its offset.
func (r *jsonReader) next() (json.Token, int) {
	offset := int(r.dec.InputOffset())
	// InputOffset is the end of the last token; separators precede the next one.
	for offset < len(r.args) && strings.IndexByte(" \t\r\n,:", r.args[offset]) >= 0 {
		offset++
	}
	token, err := r.dec.Token()
	if err != nil {
		// json.Valid has accepted the text.
		panic(fmt.Sprintf("directive: valid JSON can't be read: %v", err))
	}
	return token, offset
}

func (r *jsonReader) value() *Node {
	token, offset := r.next()
	n := &Node{Offset: offset}
	switch t := token.(type) {
	case nil:
		n.Kind = Null
	case bool:
		n.Kind, n.Text = Bool, strconv.FormatBool(t)
	case json.Number:
		n.Kind, n.Text = Number, t.String()
	case string:
		n.Kind, n.Text, n.Quoted = String, t, true
	case json.Delim:
		r.container(n, t)
	}
	return n
}

func (r *jsonReader) container(n *Node, open json.Delim) {
	if open == '[' {
		n.Kind = List
		for r.dec.More() {
			n.Items = append(n.Items, r.value())
		}
	} else {
		n.Kind = Map
		for r.dec.More() {
			key := r.value()
			n.Pairs = append(n.Pairs, Pair{key, r.value()})
		}
		r.problems = append(r.problems, duplicates(n)...)
	}
	r.next() // the closing bracket
}

// duplicates reports every key that occurs earlier in the mapping.
func duplicates(n *Node) []Problem {
	var problems []Problem
	first := map[string]*Node{}
	for _, p := range n.Pairs {
		if before, ok := first[p.Key.Text]; ok {
			problems = append(problems, Problem{
				Code: diag.ArgDuplicate, Offset: p.Key.Offset,
				Message: fmt.Sprintf("duplicate key %q; join the two, or remove one", p.Key.Text),
				Related: "the first is here", RelatedOffset: before.Offset,
			})
			continue
		}
		first[p.Key.Text] = p.Key
	}
	return problems
}
