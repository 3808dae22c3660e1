package runtimeapi

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// environ returns the process's environment: the developer's variables, the default of
// Lambda functions, the function's own variables, and the reserved variables of Lambda
// (configuration-envvars). Of several entries with the same name, package exec uses the
// last.
func (fn Function) environ(api string, now time.Time) []string {
	env := slices.DeleteFunc(os.Environ(), isReserved)
	env = append(env, "TZ=:UTC")
	env = append(env, fn.Env...)
	env = append(env,
		"AWS_LAMBDA_RUNTIME_API="+api,
		"_HANDLER="+fn.Handler,
		"AWS_LAMBDA_FUNCTION_NAME="+fn.Name,
		"AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE="+strconv.Itoa(fn.MemoryMB),
		"AWS_LAMBDA_LOG_GROUP_NAME="+fn.LogGroup,
		"AWS_LAMBDA_LOG_STREAM_NAME="+now.UTC().Format("2006/01/02/")+"[$LATEST]"+randomHex(16),
		"AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
		"AWS_REGION="+fn.Region,
		"AWS_DEFAULT_REGION="+fn.Region,
		"LAMBDA_TASK_ROOT="+fn.Dir,
		"JOBGEN_REPORT_URL=http://"+api+reportPath,
	)
	return env
}

// isReserved reports whether a variable must not come from the developer's environment,
// because Lambda sets it or leaves it unset. For example, the runtimes of Go functions
// don't have AWS_EXECUTION_ENV (configuration-envvars). The format and the level of the log
// are settings of the function, which Lambda passes in variables
// (monitoring-cloudwatchlogs-log-level).
func isReserved(entry string) bool {
	name, _, _ := strings.Cut(entry, "=")
	if name == "AWS_LAMBDA_LOG_FORMAT" || name == "AWS_LAMBDA_LOG_LEVEL" {
		return false
	}
	return strings.HasPrefix(name, "AWS_LAMBDA_") || name == "AWS_EXECUTION_ENV" || name == "_X_AMZN_TRACE_ID"
}
