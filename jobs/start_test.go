package jobs_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path"
	"runtime"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
)

// asProgram is the environment variable that makes the test binary a program that calls
// Start.
const asProgram = "JOBS_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	switch os.Getenv(asProgram) {
	case "":
	case withoutReceivers:
		jobs.Start(twoReceivers(true, true))
	default:
		jobs.Start((&shop{}).dispatcher())
	}
	os.Exit(m.Run())
}

func TestStartOutsideLambdaSaysHowToRunTheProgram(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), asProgram+"=1", "AWS_LAMBDA_RUNTIME_API=")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 2 {
		t.Errorf("%v, want exit status 2", err)
	}
	_, file, _, _ := runtime.Caller(0)
	for _, want := range []string{"AWS_LAMBDA_RUNTIME_API is not set", "    jobgen run " + path.Dir(file) + " event.json\n"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("%q is not in:\n%s", want, stderr.String())
		}
	}
	if stdout.Len() > 0 {
		t.Errorf("standard output: %s", stdout.String())
	}
}

func TestStartRefusesNil(t *testing.T) {
	defer func() {
		if text, _ := recover().(string); !strings.Contains(text, "nil") {
			t.Errorf("panic %q", text)
		}
	}()
	jobs.Start(nil)
}
