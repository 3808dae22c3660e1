package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkArchitecture reports the first job of a package whose function runs on another
// architecture than the first one's, if a format of the package names one zip file for
// all functions: the binary in it is built for one architecture.
func checkArchitecture(p *Package, _ *Facts, report diag.Reporter) {
	formats := slices.DeleteFunc(slices.Clone(p.Formats), func(name string) bool { return !namesZip(name) })
	jobs := p.Jobs()
	if len(formats) == 0 || p.Layout == model.PerPackage || len(jobs) == 0 {
		return
	}
	first := jobs[0]
	for _, j := range jobs[1:] {
		if architecture(j) == architecture(first) {
			continue
		}
		report.Add(diag.New(diag.OneArchitecture, architecturePlace(j),
			"%s runs on %s and %s on %s, but all functions of a package share one zip file in %s: give them one architecture, or put them in two packages",
			j.Handler(), architecture(j), first.Handler(), architecture(first), strings.Join(formats, ", ")).
			Relate(architecturePlace(first), "the other is here"))
		return
	}
}

// namesZip reports whether a format's file says where the functions' code is: one zip
// file. The JSON document leaves that to the program that reads it.
func namesZip(format string) bool { return format != "json" }

func architecture(j *model.Job) string {
	return cmp.Or(j.Function.Architecture, model.DefaultArchitecture)
}

// architecturePlace is where a job's architecture is set, or else the job.
func architecturePlace(j *model.Job) model.Pos {
	if j.Function.ArchitecturePos.IsValid() {
		return j.Function.ArchitecturePos
	}
	return j.Pos
}
