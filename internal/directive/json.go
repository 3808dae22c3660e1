package directive

import (
	"fmt"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/jsonscan"
)

// jsonReader builds nodes from the tokens of JSON.
type jsonReader struct {
	tape     jsonscan.Tape
	problems []Problem
}

// parseJSON reads args as JSON. It returns false if args is not valid JSON.
func parseJSON(args string) (n *Node, problems []Problem, ok bool) {
	r := &jsonReader{}
	if !r.tape.Read([]byte(args)) {
		return nil, nil, false
	}
	n = r.value(jsonscan.Root)
	if len(r.problems) > 0 {
		return nil, r.problems, true
	}
	return n, nil, true
}

func (r *jsonReader) value(at int) *Node {
	n := &Node{Offset: int(r.tape.Tokens[at].Start())}
	first, end := jsonscan.First(at), r.tape.Next(at)
	switch r.tape.Kind(at) {
	case 'n':
		n.Kind = Null
	case 't', 'f':
		n.Kind, n.Text = Bool, string(r.tape.Raw(at))
	case '"':
		n.Kind, n.Text, n.Quoted = String, string(jsonscan.Unescape(nil, r.tape.Content(at))), true
	case '[':
		n.Kind = List
		for i := first; i < end; i = r.tape.Next(i) {
			n.Items = append(n.Items, r.value(i))
		}
	case '{':
		n.Kind = Map
		for i := first; i < end; i = r.tape.Next(i + 1) {
			n.Pairs = append(n.Pairs, Pair{r.value(i), r.value(i + 1)})
		}
		r.problems = append(r.problems, duplicates(n)...)
	default:
		n.Kind, n.Text = Number, string(r.tape.Raw(at))
	}
	return n
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
