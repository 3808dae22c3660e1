package lint

import (
	"maps"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkLayout reports directives about functions that the package's layout doesn't have: an
// id or a name on a type whose methods each have a function, and a method's own function in a package
// with one function.
func checkLayout(p *Package, _ *Facts, report diag.Reporter) {
	for _, f := range p.Functions {
		if p.Layout == model.PerPackage {
			methodFunction(f, report)
			continue
		}
		if id, ok := f.Settings["id"]; ok && f.Job == nil {
			report.Report(diag.NotInLayout, id.Pos,
				"each method of %s has its own function, and an id belongs to one function: move id to the method, or use functions: package", f.Receiver.Type)
		}
		if name, ok := f.Settings["name"]; ok && f.Job == nil {
			report.Report(diag.NotInLayout, name.Pos,
				"each method of %s has its own function, and a name belongs to one function: move name to the method, or use functions: package", f.Receiver.Type)
		}
	}
}

// methodFunction reports the function directives of a method.
func methodFunction(f *Function, report diag.Reporter) {
	if f.Job == nil {
		return
	}
	remedy := ""
	if f.When != nil {
		remedy = "; a line that has only when can be on the method"
	}
	for _, line := range f.Lines {
		report.Report(diag.NotInLayout, line,
			"under functions: package there is one function for all jobs, and none that belongs to %s.%s: move the line to the type %[1]s, or use functions: method%[3]s", f.Receiver.Type, f.Job.Method, remedy)
	}
}

// checkContradictions reports properties to which two types give different values in a
// package with one function.
func checkContradictions(p *Package, _ *Facts, report diag.Reporter) {
	if p.Layout != model.PerPackage {
		return
	}
	first, from := map[string]Setting{}, map[string]string{}
	for _, f := range p.Functions {
		if f.Job != nil {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(f.Settings)) {
			s := f.Settings[name]
			before, ok := first[name]
			switch {
			case !ok:
				first[name], from[name] = s, f.Receiver.Type
			case before.Value != s.Value:
				report.Add(diag.New(diag.LayoutConflict, s.Pos,
					"under functions: package the types share one function, and %s is %s here and %s on %s", name, s.Value, before.Value, from[name]).
					Relate(before.Pos, "the other is here"))
			}
		}
	}
}
