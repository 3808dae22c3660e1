package graph

import (
	"fmt"
	"strings"
)

// dotShapes are the shapes of nodes.
var dotShapes = map[Kind]string{
	Source: "oval", Schedule: "oval", Rule: "box", Function: "component", Failure: "cylinder",
}

// DOT returns the graph in the language of Graphviz.
func (g *Graph) DOT() string {
	var b strings.Builder
	b.WriteString("digraph jobs {\n\trankdir=LR;\n")
	for _, n := range g.Sources {
		fmt.Fprintf(&b, "\t%s\n", dotNode(n))
	}
	for i, p := range g.Packages {
		fmt.Fprintf(&b, "\tsubgraph cluster_%d {\n\t\tlabel=%s;\n", i+1, dotText(p.Path))
		for _, n := range p.Nodes {
			fmt.Fprintf(&b, "\t\t%s\n", dotNode(n))
		}
		b.WriteString("\t}\n")
	}
	for _, e := range g.Edges {
		var attributes []string
		if len(e.Text) > 0 {
			attributes = append(attributes, "label="+dotText(e.Text...))
		}
		if e.Failure {
			attributes = append(attributes, "style=dashed")
		}
		fmt.Fprintf(&b, "\t%s -> %s", e.From.ID, e.To.ID)
		if len(attributes) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(attributes, ", "))
		}
		b.WriteString(";\n")
	}
	b.WriteString("}\n")
	return b.String()
}

func dotNode(n *Node) string {
	return fmt.Sprintf("%s [label=%s, shape=%s];", n.ID, dotText(n.Text...), dotShapes[n.Kind])
}

// dotEscapes escapes what Graphviz interprets in a label: the quote, backslashes
// (escString) and HTML's entities.
var dotEscapes = strings.NewReplacer(`"`, `\"`, `\`, `\\`, "&", "&amp;")

// dotText returns lines as a quoted label.
func dotText(lines ...string) string {
	var escaped []string
	for _, line := range lines {
		escaped = append(escaped, dotEscapes.Replace(line))
	}
	return `"` + strings.Join(escaped, `\n`) + `"`
}
