package parse

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
)

// reportProblems reports what is wrong with a line's arguments.
func reportProblems(c gosource.Line, problems []directive.Problem, report diag.Reporter) {
	for _, problem := range problems {
		d := diag.New(problem.Code, c.At(problem.Offset), "%s", problem.Message).Suggest(problem.Found, problem.Suggestion)
		if problem.Related != "" {
			d = d.Relate(c.At(problem.RelatedOffset), "%s", problem.Related)
		}
		report.Add(d)
	}
}

// arguments reads a directive's arguments. The result is nil if there are none or they
// can't be read, which is reported.
func arguments(c gosource.Line, shape directive.Shape, report diag.Reporter) *directive.Node {
	if c.Args == "" {
		report.Report(diag.PropMissing, c.Pos, "%s has no arguments; write for example `%s`", c.Name, c.Spec.Example)
		return nil
	}
	n, problems := directive.Parse(c.Args, shape)
	if i := slices.IndexFunc(problems, func(p directive.Problem) bool { return p.Unfinished }); i >= 0 {
		problems[i].Message += "; a directive is one line, and nothing below it belongs to it"
	}
	reportProblems(c, problems, report)
	if n != nil && strings.HasSuffix(c.Args, ",") {
		report.Report(diag.ArgSlip, c.At(len(c.Args)-1),
			"the line ends with a comma, and nothing below it belongs to it: a directive is one line; write the rest on it, or in another %s line", c.Name)
	}
	return n
}
