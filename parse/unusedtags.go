package parse

import (
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gotypes"
)

// unusedTags reports the jobs tags on the package's types that no rule uses.
func (p *packageParser) unusedTags() {
	for _, f := range p.pkg.Files {
		for _, tag := range gotypes.TagsIn(p.pkg.Fset, f.Syntax) {
			switch {
			case tag.Fault != "":
				p.diags.Report(diag.TagSyntax, tag.Key, "%s", tag.Fault)
			case !p.tags.used[tag.Key]:
				p.diags.Report(diag.TagUnused, tag.Key, "no rule uses this tag: no rule with a pattern has a handler that decodes this type from the event")
			}
		}
	}
}
