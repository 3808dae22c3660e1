package lint

import (
	"maps"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// checkSecrets reports secrets that are not parameters of the package. If some directives
// can't be read, they may refer to the parameter, and it reports only misspelled names.
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

// checkHiddenParams reports variables of a function's environment with the name of a
// parameter in a rule's pattern, which the function gets as an environment variable.
func checkHiddenParams(p *Package, _ *Facts, report diag.Reporter) {
	functionOf := p.functionOf()
	for _, j := range p.Methods {
		environment := functionOf(j.Job).Environment
		for _, r := range j.Rules {
			hiddenParams(r, environment, report)
		}
	}
}

func hiddenParams(r *Rule, environment []model.EnvVar, report diag.Reporter) {
	found := r.Rule.Pattern.ParamPlaces()
	for _, v := range environment {
		pos, ok := found[v.Name]
		if ok && !slices.Equal(v.Value, model.Text{{Param: v.Name}}) {
			report.Add(diag.New(diag.PropConflict, pos,
				"the function gets the parameter %s as an environment variable, and its environment sets %[1]s too; rename one", v.Name).
				Relate(v.Pos, "the environment sets it here"))
		}
	}
}

// reservedParams are the parameters for the code's place, which every rule file has.
var reservedParams = []string{"CodeS3Bucket", "CodeS3Key"}

// checkReservedParams reports references to parameters with reserved names.
func checkReservedParams(p *Package, _ *Facts, report diag.Reporter) {
	for _, r := range p.References {
		if slices.Contains(reservedParams, r.Text) {
			report.Report(diag.ArgParam, r.Pos, "the parameter %s is the rule files' own (the code's place); give yours another name", r.Text)
		}
	}
}
