package main

import (
	"errors"
	"fmt"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/output"
	"github.com/jobgen/jobgen/internal/visible"
	"github.com/jobgen/jobgen/parse"
)

// maxRounds is how often -fix reads the packages. A fix can uncover a finding with another fix.
const maxRounds = 10

// fixAll carries out -fix: it changes the sources until no finding has a fix, and prints the
// findings that are left.
func (g *generator) fixAll(patterns []string) int {
	for range maxRounds {
		res, code := g.load("", &g.options, patterns)
		if res == nil {
			return code
		}
		edited := res.Diagnostics.Fixed(g.source)
		if len(edited) == 0 {
			return g.unfixed(res)
		}
		for _, e := range edited {
			if err := output.ReplaceSource(e.File, e.Old, e.New); err != nil {
				return g.failOutput(err)
			}
			g.sayFixed(e)
		}
	}
	return g.fail(errors.New("-fix: the fixes don't come to an end; this is a fault of jobgen, please report it"))
}

// unfixed prints the findings that are left.
func (g *generator) unfixed(res *parse.Result) int {
	if err := g.printDiagnostics(&res.Diagnostics, g.json); err != nil {
		return g.fail(err)
	}
	if res.Diagnostics.HasErrors() {
		return exitBad
	}
	return exitClean
}

// sayFixed prints what has changed in a file.
func (g *generator) sayFixed(e diag.Edited) {
	p := g.printer()
	for _, d := range e.Fixed {
		pos := d.Pos
		pos.File = visible.Line(p.Name(pos.File))
		if d.Fix.RemovesLine {
			fmt.Fprintf(g.stderr, "%s: removed the line [%s]\n", pos, d.Code)
			continue
		}
		fmt.Fprintf(g.stderr, "%s: wrote %q instead of %q [%s]\n", pos, d.Fix.New, d.Fix.Old, d.Code)
	}
}
