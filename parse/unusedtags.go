package parse

import "github.com/jobgen/jobgen/internal/diag"

// unusedTags reports the jobs tags on the package's types that no rule uses.
func (p *packageParser) unusedTags() {
	for _, f := range p.pkg.Files {
		for _, tag := range tagsIn(p.pkg.Fset, f.Syntax) {
			switch {
			case tag.fault != "":
				p.diags.Report(diag.TagSyntax, tag.key, "%s", tag.fault)
			case !p.usedTags[tag.key]:
				p.diags.Report(diag.TagUnused, tag.key, "no rule uses this tag: no rule with a pattern has a handler that decodes this type from the event")
			}
		}
	}
}
