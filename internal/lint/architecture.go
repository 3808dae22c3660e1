package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkArchitecture reports the first job whose function runs on another architecture than
// that of the package's first job. It does so if a format of the package names one zip file
// for all functions, since the binary in it is built for one architecture.
func checkArchitecture(p *Package, _ *Facts, report diag.Reporter) {
	// The JSON document leaves the zip file to the program that reads it.
	formats := slices.DeleteFunc(slices.Clone(p.Formats), func(name string) bool { return name == "json" })
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

func architecture(j *model.Job) string {
	return cmp.Or(j.Function.Architecture, model.DefaultArchitecture)
}

// architecturePlace returns the position of a job's architecture, or of the job if none is
// set.
func architecturePlace(j *model.Job) model.Pos {
	if j.Function.ArchitecturePos.IsValid() {
		return j.Function.ArchitecturePos
	}
	return j.Pos
}
