package builds

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// system is the GOOS of every build: output must not depend on the machine that
// jobgen runs on.
const system = "linux"

// Environ is that of each go command: it has packages built as they will run.
func Environ() []string { return append(os.Environ(), "GOOS="+system) }

// GoList runs go list in a directory and returns what it prints. The error is what
// the go command says.
func GoList(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list"}, args...)...)
	cmd.Dir, cmd.Env = dir, Environ()
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err == nil {
		return string(out), nil
	}
	if text := strings.TrimSpace(stderr.String()); text != "" {
		return "", fmt.Errorf("go list in %s: %s", dir, text)
	}
	return "", fmt.Errorf("go list in %s: %w", dir, err)
}
