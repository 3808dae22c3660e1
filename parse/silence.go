package parse

import (
	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
)

// silence takes the allowed findings out, one for each allow: the first in the
// declaration. An allow that finds none is reported.
func (p *packageParser) silence() {
	silenced := map[string]bool{}
	var unused []*attach.Allow
	for _, a := range p.allowed {
		used := false
		for _, d := range p.diags.Sorted() {
			if !used && a.Covers(d) && !silenced[key(d)] {
				used, silenced[key(d)] = true, true
			}
		}
		if !used {
			unused = append(unused, a)
		}
	}
	p.diags.Filter(func(d diag.Diagnostic) bool { return !silenced[key(d)] })
	for _, a := range unused {
		p.diags.Report(diag.AllowUnused, a.Pos, "there is no %s in %s to allow; remove the line", a.Code, a.Declaration.Describe())
	}
}

func key(d diag.Diagnostic) string {
	return d.Pos.String() + string(d.Code) + d.Message
}
