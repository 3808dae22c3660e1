package lint

import (
	"regexp"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
)

// dynamicReference is a reference to a secret that CloudFormation replaces by its value
// (CloudFormation user guide, dynamic-references). A reference of the kind ssm is to a value
// that is not secret.
var dynamicReference = regexp.MustCompile(`\{\{resolve:(secretsmanager|ssm-secure):.+?\}\}`)

// readByCloudFormation are the formats of files that CloudFormation deploys.
var readByCloudFormation = []string{"cloudformation", "sam", "serverless"}

// checkReferences reports references to secrets in directives and struct tags, if one of the
// package's formats is for CloudFormation, which writes the secret's value into the resource
// or refuses the template.
func checkReferences(p *Package, _ *Facts, report diag.Reporter) {
	if !slices.ContainsFunc(p.Formats, func(f string) bool { return slices.Contains(readByCloudFormation, f) }) {
		return
	}
	for _, text := range p.Texts {
		for _, m := range dynamicReference.FindAllStringSubmatch(text.Text, -1) {
			if m[1] == "ssm-secure" {
				report.Report(diag.SecretUnusable, text.Pos,
					"CloudFormation can't resolve {{resolve:ssm-secure:…}} in a rule, function or role, and refuses the template; have the function read the parameter when it runs (ssm:GetParameter)")
				continue
			}
			report.Report(diag.SecretReadable, text.Pos,
				"CloudFormation writes the secret's value here, and everyone who may describe the deployed resource can read it; have the function read the secret when it runs (secretsmanager:GetSecretValue)")
		}
	}
}
