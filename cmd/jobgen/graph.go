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
A rule that exists only under a condition shows it; with -param, the rules whose
condition is false with these values are left out. Parameters (${Name}) have the
value that -param gives, or else that of the environment, or else their default.

The graph is a Mermaid flowchart, which GitHub shows in Markdown, or, with -dot, in
the language of Graphviz.`,
	examples: `
  jobgen graph ./...
  jobgen graph -param Stage=prod ./...
  jobgen graph -dot ./... | dot -Tsvg > jobs.svg`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		g := &grapher{app: a}
		g.declarePackages(a, flags)
		g.declareParams(flags)
		flags.BoolVar(&g.dot, "dot", false, "print the graph in the language of Graphviz")
		return g.run
	},
}

// grapher is one run of the graph command.
type grapher struct {
	*app
	options
	dot bool
}

func (g *grapher) run(patterns []string) int {
	res, code := g.parse("graph", &g.options, patterns)
	if res == nil {
		return code
	}
	if len(res.Packages) == 0 {
		fmt.Fprintf(g.stderr, "jobgen: no jobs in %s\n", patternList(patterns))
		return exitClean
	}
	var packages []graph.Input
	for _, p := range res.Packages {
		packages = append(packages, graph.Input{Package: p, Rules: g.params.Possible(p), Values: g.params.Of(p)})
	}
	drawn := graph.New(packages)
	if g.dot {
		fmt.Fprint(g.stdout, drawn.DOT())
	} else {
		fmt.Fprint(g.stdout, drawn.Mermaid())
	}
	return exitClean
}
