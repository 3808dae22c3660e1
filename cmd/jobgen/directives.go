package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"

	"github.com/jobgen/jobgen/internal/directive"
)

var directivesCommand = command{
	name: "directives", args: "",
	summary: "describe every directive and its properties",
	help: `
It prints the table that jobgen itself uses to parse and check directives.`,
	examples: `
  jobgen directives`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		asJSON := flags.Bool("json", false, "print JSON: a list of the directives")
		return func(args []string) int {
			if len(args) > 0 {
				return a.usage("directives", "directives takes no arguments")
			}
			if *asJSON {
				return a.directivesJSON()
			}
			writeDirectives(a.stdout)
			return exitClean
		}
	},
}

func (a *app) directivesJSON() int {
	enc := json.NewEncoder(a.exact)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(directive.Reference()); err != nil {
		return a.fail(err)
	}
	return exitClean
}

func writeDirectives(w io.Writer) {
	for i, d := range directive.Reference() {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "//%s:%s  (on %s)\n    %s\n    Example: %s\n", directive.Tool, d.Name, d.On, d.Summary, d.Example)
		for _, p := range d.Properties {
			fmt.Fprintf(w, "    %-32s %s\n    %-32s   %s\n", p.Name, p.Doc, "", p.Takes)
		}
	}
}
