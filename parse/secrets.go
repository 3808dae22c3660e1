package parse

import (
	"maps"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// secret is a parameter that the package directive calls secret.
type secret struct {
	name string
	pos  model.Pos
}

func (p *packageParser) addSecrets(c gosource.Line, v *directive.Value) {
	for i, text := range v.Texts {
		name, _ := text.Plain()
		p.secrets = append(p.secrets, secret{name, c.At(v.Node.Items[i].Offset)})
		p.out.Secrets = append(p.out.Secrets, name)
	}
}

// checkSecrets reports secrets that are no parameters of the package. A
// directive with an error may have the reference that is missing, so then only
// what looks misspelled is reported.
func (p *packageParser) checkSecrets() {
	known := slices.Sorted(maps.Keys(p.out.Params))
	whole := p.diags.Count(diag.Error) == 0
	for _, s := range p.secrets {
		near, isNear := spell.Nearest(s.name, known)
		if _, ok := p.out.Params[s.name]; ok || !whole && !isNear {
			continue
		}
		p.diags.Add(diag.New(diag.PropValue, s.pos, "no directive or tag of the package refers to a parameter ${%s}; name one that the package has, or remove it", s.name).Suggest(near))
	}
}
