package runtimeapi

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestEnviron checks which variables a function gets from the developer's environment.
func TestEnviron(t *testing.T) {
	for _, name := range []string{"MINE", "AWS_LAMBDA_LOG_FORMAT", "AWS_LAMBDA_LOG_LEVEL", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_EXEC_WRAPPER", "AWS_EXECUTION_ENV"} {
		t.Setenv(name, "set")
	}
	var got []string
	for _, entry := range (Function{Name: "f"}).environ("127.0.0.1:1", time.Now()) {
		if name, ok := strings.CutSuffix(entry, "=set"); ok {
			got = append(got, name)
		}
	}
	slices.Sort(got)
	if want := []string{"AWS_LAMBDA_LOG_FORMAT", "AWS_LAMBDA_LOG_LEVEL", "MINE"}; !slices.Equal(got, want) {
		t.Errorf("the function gets %q, want %q", got, want)
	}
}
