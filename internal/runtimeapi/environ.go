package runtimeapi

import (
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// environ is the process's environment: the developer's own, over it what
// functions have in Lambda by default, over it the function's own, and over all
// what is reserved to Lambda (configuration-envvars).
func (fn Function) environ(api string, now time.Time) []string {
	env := slices.DeleteFunc(os.Environ(), lambdaOwn)
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
	return lastOfEach(env)
}

// lambdaOwn reports whether a variable must not come from the developer's environment,
// because Lambda sets it or leaves it unset: AWS_EXECUTION_ENV, for one, is not set in
// the runtimes of Go functions (configuration-envvars).
func lambdaOwn(entry string) bool {
	name, _, _ := strings.Cut(entry, "=")
	return strings.HasPrefix(name, "AWS_LAMBDA_") || name == "AWS_EXECUTION_ENV" || name == "_X_AMZN_TRACE_ID"
}

// lastOfEach keeps the last of several entries with the same name.
func lastOfEach(env []string) []string {
	at := map[string]int{}
	var kept []string
	for _, entry := range env {
		name := envName(entry)
		if i, ok := at[name]; ok {
			kept[i] = entry
			continue
		}
		at[name] = len(kept)
		kept = append(kept, entry)
	}
	return kept
}

// envName returns the name by which entries are compared. On Windows letter case makes
// no difference, and the system has names that start with =.
func envName(entry string) string {
	if runtime.GOOS == "windows" && strings.HasPrefix(entry, "=") {
		return entry
	}
	name, _, _ := strings.Cut(entry, "=")
	if runtime.GOOS == "windows" {
		name = strings.ToUpper(name)
	}
	return name
}
