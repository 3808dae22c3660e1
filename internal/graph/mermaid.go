package graph

import (
	"fmt"
	"strings"
	"unicode"
)

// mermaidShapes are the brackets around the texts of nodes.
var mermaidShapes = map[Kind][2]string{
	Source: {"([", "])"}, Schedule: {"([", "])"}, Rule: {"[", "]"}, Function: {"[[", "]]"}, Failure: {"[(", ")]"}, Queue: {"[/", "/]"},
}

// Mermaid returns the graph as a flowchart for Mermaid, which GitHub and GitLab show in
// Markdown.
func (g *Graph) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for _, n := range g.Sources {
		fmt.Fprintf(&b, "  %s\n", mermaidNode(n))
	}
	for i, p := range g.Packages {
		fmt.Fprintf(&b, "  subgraph p%d[%s]\n", i+1, mermaidText(p.Path))
		for _, n := range p.Nodes {
			fmt.Fprintf(&b, "    %s\n", mermaidNode(n))
		}
		b.WriteString("  end\n")
	}
	for _, e := range g.Edges {
		arrow := "-->"
		if e.Failure {
			arrow = "-.->"
		}
		if len(e.Text) > 0 {
			arrow += "|" + mermaidText(e.Text...) + "|"
		}
		fmt.Fprintf(&b, "  %s %s %s\n", e.From.ID, arrow, e.To.ID)
	}
	return b.String()
}

func mermaidNode(n *Node) string {
	shape := mermaidShapes[n.Kind]
	return n.ID + shape[0] + mermaidText(n.Text...) + shape[1]
}

// mermaidText returns lines as a quoted text. Mermaid interprets HTML, Markdown and character
// codes in it. So mermaidText writes a code for every character that could have a meaning.
func mermaidText(lines ...string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, line := range lines {
		if i > 0 {
			b.WriteString("<br/>")
		}
		for _, r := range line {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" .,-/()?{}=", r) {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, "#%d;", r)
			}
		}
	}
	b.WriteByte('"')
	return b.String()
}
