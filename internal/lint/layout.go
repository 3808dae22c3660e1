package lint

import (
	"maps"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkLayout reports directives of functions that the package's layout doesn't have: an id
// on a type whose methods have a function each, and a method's function where there is one
// for the package.
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
	}
}

// methodFunction reports the function directives of a method.
func methodFunction(f *Function, report diag.Reporter) {
	if f.Job == nil {
		return
	}
	for _, line := range f.Lines {
		report.Report(diag.NotInLayout, line,
			"under functions: package there is one function for all jobs, and none that belongs to %s.%s: move the line to the type %[1]s, or use functions: method", f.Receiver.Type, f.Job.Method)
	}
}

// checkContradictions reports the properties that two types give different values
// where they share one function.
func checkContradictions(p *Package, _ *Facts, report diag.Reporter) {
	if p.Layout != model.PerPackage {
		return
	}
	first, from := map[string]Setting{}, map[string]string{}
	for _, r := range p.Receivers {
		settings := p.settingsOf(r)
		for _, name := range slices.Sorted(maps.Keys(settings)) {
			s := settings[name]
			before, ok := first[name]
			switch {
			case !ok:
				first[name], from[name] = s, r.Type
			case before.Value != s.Value:
				report.Add(diag.New(diag.LayoutConflict, s.Pos,
					"under functions: package the types share one function, and %s is %s here and %s on %s", name, s.Value, before.Value, from[name]).
					Relate(before.Pos, "the other is here"))
			}
		}
	}
}

// settingsOf returns what the directives of a type set.
func (p *Package) settingsOf(r *model.Receiver) map[string]Setting {
	for _, f := range p.Functions {
		if f.Job == nil && f.Receiver == r {
			return f.Settings
		}
	}
	return nil
}

// checkUnused reports directives that describe no job: those of a method without rules,
// and those of a type without jobs.
func checkUnused(p *Package, _ *Facts, report diag.Reporter) {
	for _, u := range p.Unused {
		hint := "no method of it has a rule; methods promoted from an embedded type are that type's jobs"
		if u.OnMethod {
			hint = "it has no rule: write an event_pattern, rate or cron line"
		}
		report.Report(diag.AppliesToNothing, u.Pos, "%s has no effect on %s: %s", u.Name, u.Declaration, hint)
	}
}
