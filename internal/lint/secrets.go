package lint

import (
	"maps"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/spell"
)

// checkSecrets reports secrets that are no parameters of the package. Where some
// directives can't be read, they may have the reference that is missing; then only what
// looks misspelled is reported.
func checkSecrets(p *Package, _ *Facts, report diag.Reporter) {
	known := slices.Sorted(maps.Keys(p.Params))
	for i, name := range p.Secrets {
		near, isNear := spell.Nearest(name, known)
		if _, ok := p.Params[name]; ok || p.Incomplete && !isNear {
			continue
		}
		report.Add(diag.New(diag.PropValue, p.SecretsAt[i], "no directive or tag of the package refers to a parameter ${%s}; name one that the package has, or remove it", name).Suggest(near))
	}
}
