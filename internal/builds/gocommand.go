package builds

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

// system is the GOOS of every build, so that output doesn't depend on the machine.
const system = "linux"

// Environ returns the environment of the go command for builds that run on Lambda. With it, the
// packages library uses the go command and no driver of a build system, because a driver
// doesn't report the directory of a package.
func Environ() []string { return append(os.Environ(), "GOOS="+system, "GOPACKAGESDRIVER=off") }

// GoList runs go list in a directory and returns its output. The error has the go
// command's message.
func GoList(ctx context.Context, dir string, args ...string) (string, error) {
	out, err := Go(ctx, dir, nil, append([]string{"list"}, args...)...)
	if err != nil {
		return "", fmt.Errorf("go list in %s: %w", dir, err)
	}
	return out, nil
}

// Go runs the go command in a directory, with additional environment variables, and
// returns its output. The error is the go command's message, without the lines about its
// downloads.
func Go(ctx context.Context, dir string, env []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = dir, append(Environ(), env...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if text := strings.TrimSpace(downloads.ReplaceAllString(stderr.String(), "")); err != nil && text != "" {
		err = errors.New(text)
	}
	return string(out), err
}

var downloads = regexp.MustCompile(`(?m)^go: downloading .*\n`)
