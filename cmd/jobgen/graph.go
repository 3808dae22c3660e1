package main

import (
	"flag"
	"fmt"

	"github.com/jobgen/jobgen/internal/graph"
)

var graphCommand = command{
	name: "graph", args: "[packages]",
	summary: "draw what fires the jobs and where failed events go",
	help: `
It prints a graph: the sources and schedules, the rules that they fire, the
functions, and the destinations of events that could not be delivered or handled.
The graph is a Mermaid flowchart, which GitHub shows in Markdown, or, with -dot, in
the language of Graphviz.`,
	examples: `
  jobgen graph ./...
  jobgen graph -dot ./... | dot -Tsvg > jobs.svg`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		o := &options{}
		o.declarePackages(a, flags)
		dot := flags.Bool("dot", false, "print the graph in the language of Graphviz")
		return func(patterns []string) int { return a.graph(o, patterns, *dot) }
	},
}

func (a *app) graph(o *options, patterns []string, dot bool) int {
	res, code := a.parse("graph", o, patterns)
	if res == nil {
		return code
	}
	if len(res.Packages) == 0 {
		fmt.Fprintf(a.stderr, "jobgen: no jobs in %s\n", patternList(patterns))
		return exitClean
	}
	g := graph.New(res.Packages)
	if dot {
		fmt.Fprint(a.stdout, g.DOT())
	} else {
		fmt.Fprint(a.stdout, g.Mermaid())
	}
	return exitClean
}
