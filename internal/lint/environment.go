package lint

import (
	"regexp"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// Names of environment variables (Lambda API, EnvironmentVariableName), and
// those that Lambda sets itself (Lambda guide, configuration-envvars, reserved).
var (
	envName      = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]+$`)
	reservedEnvs = []string{
		"_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
		"AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
		"AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
		"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
		"AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
	}
)

// maxEnvironment bounds the environment in bytes, names and values together
// (Lambda guide, gettingstarted-limits).
const maxEnvironment = 4096

// checkEnvironment reports variables that Lambda refuses, and an environment that is too
// large.
func checkEnvironment(p *Package, _ *Facts, report diag.Reporter) {
	for _, f := range p.Functions {
		size := 0
		for _, e := range f.Environment {
			size += len(e.Name) + len(e.Value.String())
			switch {
			case slices.Contains(reservedEnvs, e.Name):
				report.Report(diag.PropValue, e.Pos, "the variable %s can't be set: Lambda sets it itself", e.Name)
			case !envName.MatchString(e.Name):
				report.Report(diag.PropValue, e.Pos, "%q can't be a variable of a function: a name is at least two letters, digits and _, and begins with a letter", e.Name)
			}
		}
		if size > maxEnvironment {
			report.Report(diag.PropValue, f.Properties["environment"].Value, "the environment is %d bytes; at most %d are allowed, names and values together", size, maxEnvironment)
		}
	}
}

// checkHiddenParams reports the parameters of a rule's pattern that the function's
// own environment hides: it gets them as environment variables.
func checkHiddenParams(p *Package, _ *Facts, report diag.Reporter) {
	joined := p.Function()
	for _, j := range p.Methods {
		environment := j.Function.Environment
		if p.Layout == model.PerPackage {
			environment = joined.Environment
		}
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

// reservedParams are the parameters that the rule files have of themselves.
var reservedParams = []string{"CodeS3Bucket", "CodeS3Key"}

// checkReservedParams reports references to parameters by names that the rule files give
// their own.
func checkReservedParams(p *Package, _ *Facts, report diag.Reporter) {
	for _, r := range p.References {
		if slices.Contains(reservedParams, r.Name) {
			report.Report(diag.ArgParam, r.Pos, "the parameter %s is the rule files' own (the code's place); give yours another name", r.Name)
		}
	}
}
