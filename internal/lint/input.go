package lint

import (
	"encoding/json"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/target"
)

// checkInput checks an input against EventBridge's grammar and limits. In the package layout
// the limit of length includes the envelope around the input (API_Target).
func checkInput(r *Rule, _ *Facts, report diag.Reporter) {
	if r.Input == nil {
		return
	}
	input := r.OwnInput()
	problems := target.Check(input)
	for _, problem := range problems {
		message := problem.Message
		if problem.Remedy != "" {
			message += "; " + problem.Remedy
		}
		code := diag.InputTemplate
		if problem.Warning {
			code = diag.InputSuspect
		}
		report.Add(diag.New(code, r.InputAt(problem.Field, problem.Index, problem.Offset), "%s", message).Suggest("", problem.Suggestion).Rewrite(0, problem.Found, problem.Instead))
	}
	if len(problems) > 0 || r.Package.Layout != model.PerPackage {
		return
	}
	for _, problem := range target.Check(target.Envelope(r.name(), input)) {
		report.Report(diag.InputTemplate, r.InputAt(target.InConstant, 0, 0),
			"in the package layout, where the input is wrapped to name its rule: %s", problem.Message)
	}
}

// checkQuotedInput reports an input that is JSON in a string, as in AWS's Input. In a
// directive, such an input is the string.
func checkQuotedInput(r *Rule, _ *Facts, report diag.Reporter) {
	if r.Input == nil || r.Input.JSON == nil || r.Input.JSON.Kind != model.String {
		return
	}
	text, _ := r.Input.JSON.Text.Plain()
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") && json.Valid([]byte(text)) {
		report.Report(diag.InputSuspect, r.InputAt(target.InConstant, 0, 0),
			"this input is text, and the function is sent a string with JSON in it; write the JSON itself, without the quotes around it: `input: %s`", diag.Clip(text))
	}
}
