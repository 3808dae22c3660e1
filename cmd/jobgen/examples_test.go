package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// exampleLines returns the command lines of a command's examples.
func (c command) exampleLines() []string {
	var lines []string
	for line := range strings.Lines(c.examples) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "  ")
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// notRun are the commands whose examples are not run: they download jobgen, compile for
// Lambda, write into the user's home, or run until a signal ends them. Other tests run these
// commands.
var notRun = []string{"init", "build", "completion", "dev"}

// TestExamples checks that every command's help ends in examples of the command, and that
// the command takes their flags.
func TestExamples(t *testing.T) {
	needShell(t, "bash")
	for _, c := range append(commands(), generateCommand) {
		help := helpOf(c)
		lines := c.exampleLines()
		if len(lines) == 0 || !strings.HasSuffix(help, "\nExamples:\n"+strings.Trim(c.examples, "\n")+"\n") {
			t.Errorf("jobgen %s: the help doesn't end in examples:\n%s", c.name, help)
		}
		for _, line := range lines {
			args := argsOf(t, line)
			if c.name != "" && (len(args) == 0 || args[0] != c.name) {
				t.Errorf("%s is not an example of %s", line, c.name)
				continue
			}
			if c.name != "" {
				args = args[1:]
			}
			flags := flag.NewFlagSet("", flag.ContinueOnError)
			flags.SetOutput(io.Discard)
			a := &app{inputs: inputs{ctx: context.Background(), dir: t.TempDir()}, files: map[string][]byte{}}
			c.setup(a, flags)
			if err := flags.Parse(args); err != nil && !strings.Contains(err.Error(), "no such file") {
				t.Errorf("%s: %v", line, err)
			}
		}
	}
}

func helpOf(c command) string {
	var b strings.Builder
	a := &app{stdout: &b, stderr: &b}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	c.setup(a, flags)
	a.printHelp(c, flags)
	return b.String()
}

// argsOf returns the arguments of the first jobgen in a line, as the shell passes them.
func argsOf(t *testing.T, line string) []string {
	t.Helper()
	line, _, _ = strings.Cut(line, " > ")
	line, _, _ = strings.Cut(line, " | ")
	line, _, _ = strings.Cut(line, " < ")
	out, err := exec.Command("bash", "-c", `exec 3>&1; jobgen() { printf '%s\0' "$@" >&3; }; `+line+"; wait").Output()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 })
}

// needShell skips a test if a shell is missing. In CI, no shell may be missing.
func needShell(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing: install it", name)
	}
	t.Skipf("%s is missing", name)
}

const exampleJobs = `// Package app has jobs.
//
//jobs:package params: {Stage: {default: dev, allowed: [dev, prod]}}
package app

type SecurityJob struct{}

//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification]}
func (SecurityJob) InstanceStopping() error { return nil }

//jobs:event_rule id: Archive, when: {Stage: prod}
//jobs:event_pattern {source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [terminated]}}
func (SecurityJob) Archive() error { return nil }

type Sweeper struct{}

//jobs:rate 1 day
func (Sweeper) Daily() error { return nil }
`

// TestRunExamples runs the examples of all commands in a module.
func TestRunExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds and runs programs")
	}
	needShell(t, "bash")
	module, dir := testmodule.New(t), t.TempDir()
	if err := module.Write(dir); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"jobs.go":        exampleJobs,
		"lambda/main.go": "package main\n\nimport (\n\t\"example.com/app\"\n\t\"github.com/jobgen/jobgen/jobs\"\n)\n\nfunc main() { jobs.Start(app.NewDispatcher(app.Jobs{SecurityJob: &app.SecurityJob{}, Sweeper: &app.Sweeper{}})) }\n",
		"event.json":     `{"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification", "detail": {}}`,
		"cases.ndjson":   `{"pattern": {"source": ["a"]}, "event": {"source": "a"}}`,
		"order.json":     `{"$schema": "http://json-schema.org/draft-07/schema#", "title": "Order Placed", "type": "object", "properties": {"id": {"type": "string"}}}`,
		"testdata/.keep": "",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range append([]command{generateCommand}, commands()...) {
		if slices.Contains(notRun, c.name) {
			continue
		}
		for _, line := range c.exampleLines() {
			runExample(t, dir, module.Env(), line)
		}
	}
}

func runExample(t *testing.T, dir string, env []string, line string) {
	t.Helper()
	if _, program, ok := strings.Cut(line, "| "); ok && !strings.HasPrefix(program, "jobgen ") {
		program, _, _ = strings.Cut(program, " ")
		if _, err := exec.LookPath(program); err != nil {
			t.Logf("%s is not run: %v", line, err)
			return
		}
	}
	cmd := exec.Command("bash", "-o", "pipefail", "-c", line)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	// jobgen match exits with 1 if the pattern doesn't match.
	if failed, ok := errors.AsType[*exec.ExitError](err); ok && failed.ExitCode() == exitNo && strings.HasPrefix(line, "jobgen match ") {
		err = nil
	}
	if err != nil {
		t.Errorf("%s: %v\n%s\n%s", line, err, out, &stderr)
	}
}
