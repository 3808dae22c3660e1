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
	report.Add(diag.New(diag.PropValue, at, "no directive or tag of the package refers to a parameter ${%s}; name one that the package has, or remove it", name).Suggest(name, near))
}

// checkPatternSecrets reports secrets in patterns. EventBridge shows the pattern of a rule with
// the values to everyone who may describe the rule.
func checkPatternSecrets(p *Package, _ *Facts, report diag.Reporter) {
	for _, r := range p.References {
		if i := slices.Index(p.Secrets, r.Name); i >= 0 && r.InPattern {
			report.Add(diag.New(diag.PropConflict, r.Pos, "the secret %s is in a pattern, which everyone who may describe the rule can read; compare the value in the handler, or remove it from secrets", r.Name).
				Relate(p.SecretsAt[i], "it is a secret here"))
		}
	}
}

// checkLists checks the parameters that are whole lists of values: their uses and declared
// values. CloudFormation divides the value of such a parameter at commas and drops spaces
// around the items (CloudFormation user guide, page parameters-section-structure), and the
// function gets it in this form.
func checkLists(p *Package, _ *Facts, report diag.Reporter) {
	lists := map[string]model.Pos{}
	for _, r := range p.References {
		if _, ok := lists[r.Name]; !ok && r.IsList {
			lists[r.Name] = r.Pos
		}
	}
	for _, r := range p.References {
		if list, ok := lists[r.Name]; ok && !r.IsList {
			report.Add(diag.New(diag.ArgParam, r.Pos, "the parameter %s is a whole list of values in a pattern, so it can't be a text here; use another parameter (the function has the list in the environment variable %[1]s, with commas)", r.Name).
				Relate(list, "it is a list here"))
		}
	}
	for _, d := range p.Parameters {
		_, isList := lists[d.Name]
		value := p.Settings["params."+d.Name+".default"].Value
		if d.List && !isList && p.Params[d.Name].IsValid() {
			report.Add(diag.New(diag.PropValue, value, "the default of %s is a list, and no pattern has this parameter as a whole list of values: write `field: \"${%[1]s}\"` in a pattern, or one text as the default", d.Name).
				Relate(p.Params[d.Name], "it is a text here"))
		}
		if isList {
			checkItems(d.Name, "default", d.Default, value, report)
			checkItems(d.Name, "allowed values", d.Allowed, p.Settings["params."+d.Name+".allowed"].Value, report)
		}
	}
}

// checkItems checks values that can be in a list.
func checkItems(name, what string, items []string, at model.Pos, report diag.Reporter) {
	for _, item := range items {
		if item == "" || strings.Contains(item, ",") || strings.TrimSpace(item) != item {
			report.Report(diag.PropValue, at, "the %s of %s can't have the value %q: a value of a list is not empty, and has no comma and no spaces around it", what, name, item)
		}
	}
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
					d.Name, diag.Clip(text), strings.Join(d.Allowed, ", ")).Suggest(text, near).Relate(at("allowed"), "the allowed values are here"))
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
		if slices.Contains(reservedParams, r.Name) {
			report.Report(diag.ArgParam, r.Pos, "the parameter %s is the rule files' own (the code's place); give yours another name", r.Name)
		}
	}
}
