package builds

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// system is the GOOS of every build, so that output doesn't depend on the machine.
const system = "linux"

// Environ returns the environment of the go command, for builds that run on Lambda. The
// packages library asks no other driver, such as a build system's for an editor: a driver
// doesn't say in which directory a package is.
func Environ() []string { return append(os.Environ(), "GOOS="+system, "GOPACKAGESDRIVER=off") }

// GoList runs go list in a directory and returns its output. The error has the go
// command's message.
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
