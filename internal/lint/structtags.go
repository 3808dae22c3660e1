package lint

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkStructTags reports jobs tags that can't be read, and tags that no rule of the run
// uses. A rule may use the tags of another package's type.
func checkStructTags(run *Run, _ *Facts, report diag.Reporter) {
	used := map[model.Pos]bool{}
	for _, r := range run.rules() {
		for _, tag := range r.StructTags {
			used[tag] = true
		}
	}
	for _, p := range run.Packages {
		for _, tag := range p.StructTags {
			switch {
			case tag.Fault != "":
				report.Report(diag.TagSyntax, tag.Pos, "%s", tag.Fault)
			case !used[tag.Pos]:
				report.Report(diag.TagUnused, tag.Pos, "no rule uses this tag: no rule with a pattern has a handler that decodes this type from the event")
			}
		}
	}
}
