package e2e

import (
	"os/exec"
	"strings"
	"testing"
)

// checkStart has the Go runtime tell which packages initialize something when the
// program starts: none of jobgen's does, nor one with generated code.
func checkStart(t *testing.T, p *program) {
	t.Helper()
	cmd := exec.Command(p.binary)
	cmd.Env = []string{"GODEBUG=inittrace=1"} // this is not Lambda: it ends at once
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 2 {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "init encoding/json @") {
		t.Errorf("the runtime doesn't tell what is initialized:\n%s", out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "init main ") || strings.HasPrefix(line, "init example.com/") || strings.HasPrefix(line, "init github.com/jobgen/") {
			t.Errorf("this package initializes something: %s", line)
		}
	}
}
