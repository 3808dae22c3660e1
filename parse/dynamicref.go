package parse

import (
	"regexp"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// dynamicReference is a reference to a secret that CloudFormation replaces by
// its value (CloudFormation user guide, dynamic-references). One of the kind
// ssm names a value that is no secret.
var dynamicReference = regexp.MustCompile(`\{\{resolve:(secretsmanager|ssm-secure):.+?\}\}`)

// readByCloudFormation are the formats of files that CloudFormation deploys.
var readByCloudFormation = []string{"cloudformation", "sam", "serverless"}

// dynamicReferences returns the kinds of the references to secrets in a text,
// each once.
func dynamicReferences(text string) []string {
	var kinds []string
	for _, m := range dynamicReference.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(kinds, m[1]) {
			kinds = append(kinds, m[1])
		}
	}
	return kinds
}

// checkReferences reports the references to secrets in a text, if one of the
// package's formats is for CloudFormation.
func (p *packageParser) checkReferences(text string, pos model.Pos) {
	if !slices.ContainsFunc(p.out.Formats, func(f string) bool { return slices.Contains(readByCloudFormation, f) }) {
		return
	}
	for _, kind := range dynamicReferences(text) {
		if kind == "ssm-secure" {
			p.diags.Report(diag.SecretUnusable, pos,
				"CloudFormation can't resolve {{resolve:ssm-secure:…}} in a rule, function or role, and refuses the template; have the function read the parameter when it runs (ssm:GetParameter)")
			continue
		}
		p.diags.Report(diag.SecretReadable, pos,
			"CloudFormation writes the secret's value here, and everyone who may describe the deployed resource can read it; have the function read the secret when it runs (secretsmanager:GetSecretValue)")
	}
}

// propertyReferences reports the references to secrets in a directive's
// properties: in their values, and in the names of tags and of an input's
// fields.
func (p *packageParser) propertyReferences(c gosource.Line, values directive.Values) {
	for _, v := range values {
		p.nodeReferences(c, v.Node)
	}
}

func (p *packageParser) nodeReferences(c gosource.Line, n *directive.Node) {
	if n.Kind == directive.String {
		p.checkReferences(n.Text, c.At(n.Offset))
	}
	for _, item := range n.Items {
		p.nodeReferences(c, item)
	}
	for _, pair := range n.Pairs {
		p.nodeReferences(c, pair.Key)
		p.nodeReferences(c, pair.Value)
	}
}

// patternReferences reports the references to secrets in the values of a
// pattern, those that struct tags add among them.
func (p *packageParser) patternReferences(v *model.Value) {
	if v == nil {
		return
	}
	if v.Kind == model.String {
		p.checkReferences(v.Text.String(), v.Pos)
	}
	for _, item := range v.List {
		p.patternReferences(item)
	}
	for _, f := range v.Fields {
		p.patternReferences(f.Value)
	}
}
