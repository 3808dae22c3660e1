package lint

import (
	"regexp"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
)

// The form of the names of environment variables (Lambda API, EnvironmentVariableName), and
// the variables that Lambda sets (Lambda guide, configuration-envvars, reserved).
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

// maxEnvironment is the maximum size of the environment in bytes, names and values together
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
