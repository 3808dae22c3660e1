package lint

import (
	"maps"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// checkSecrets reports secrets that are not parameters of the package.
func checkSecrets(p *Package, _ *Facts, report diag.Reporter) {
	for i, name := range p.Secrets {
		checkReferred(p, name, p.SecretsAt[i], report)
	}
}

// checkReferred reports the name of a parameter that the package doesn't have. If some
// directives can't be read, they may refer to the parameter, and it reports only misspelled
// names.
func checkReferred(p *Package, name string, at model.Pos, report diag.Reporter) {
	near, isNear := spell.Nearest(name, slices.Sorted(maps.Keys(p.Params)))
	if _, ok := p.Params[name]; ok || p.Incomplete && !isNear {
		return
	}
	report.Add(diag.New(diag.PropValue, at, "no directive or tag of the package refers to a parameter ${%s}; name one that the package has, or remove it", name).Suggest(near))
}

// maxParam is the maximum size of a parameter's value in bytes (CloudFormation user guide,
// page cloudformation-limits).
const maxParam = 4096

// checkParameters checks the declarations of parameters.
func checkParameters(p *Package, _ *Facts, report diag.Reporter) {
	for _, d := range p.Parameters {
		checkReferred(p, d.Name, d.Pos, report)
		at := func(property string) model.Pos { return p.Settings["params."+d.Name+"."+property].Value }
		for _, text := range d.Default {
			if !d.IsAllowed(text) {
				near, _ := spell.Nearest(text, d.Allowed)
				report.Add(diag.New(diag.PropValue, at("default"), "the default of %s can't be %q; it must be one of the allowed values: %s",
					d.Name, diag.Clip(text), strings.Join(d.Allowed, ", ")).Suggest(near).Relate(at("allowed"), "the allowed values are here"))
			}
		}
		if size := len(strings.Join(d.Default, ",")); size > maxParam {
			report.Report(diag.PropValue, at("default"), "the default of %s is %d bytes long; CloudFormation takes %d", d.Name, size, maxParam)
		}
		for _, text := range d.Allowed {
			if len(text) > maxParam {
				report.Report(diag.PropValue, at("allowed"), "an allowed value of %s is %d bytes long; CloudFormation takes %d", d.Name, len(text), maxParam)
			}
		}
		if i := slices.Index(p.Secrets, d.Name); i >= 0 {
			report.Add(conflict(d.Pos, p.SecretsAt[i], "the parameter %s is a secret, and its default and allowed values would be readable in the code and in the rule files; remove it from params", d.Name))
		}
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
