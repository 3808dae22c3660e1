package bundle

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// SetEnviron sets environment variables of this process, so that go commands on all machines
// build the same program. It returns the flags in GOFLAGS that it removes and that could have
// changed the program.
//
// Settings of a machine, such as GOFLAGS and GOAMD64, then have no effect on the program.
// SetEnviron keeps GOEXPERIMENT, GOFIPS140 and GOTOOLCHAIN, because they select other code.
// The program records the first two and the version of Go.
func SetEnviron(ctx context.Context, dir string) (ignored []string, err error) {
	cmd := exec.CommandContext(ctx, "go", "env", "GOFLAGS")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOFLAGS: %w", err)
	}
	flags, ignored := divide(fields(strings.TrimSpace(string(out))))
	for name, value := range map[string]string{
		"GOOS": "linux", "CGO_ENABLED": "0",
		// The lowest levels, which all processors of Lambda have.
		"GOAMD64": "v1", "GOARM64": "v8.0",
		// The value is never empty. If it were, the go command would use the one that
		// `go env -w` has set.
		"GOFLAGS": strings.Join(append(flags, "-buildvcs=false"), " "),
	} {
		if err := os.Setenv(name, value); err != nil {
			return nil, err
		}
	}
	return ignored, nil
}

// SetArchitecture sets the environment variable GOARCH of this process for one of Lambda's
// architectures: arm64 or x86_64.
func SetArchitecture(architecture string) error {
	return os.Setenv("GOARCH", goArchitectures[architecture])
}

// The flags in GOFLAGS. Source flags are kept, because they say where the sources are.
// Harmless flags are removed without a message, because they don't change the program.
var (
	sourceFlags   = []string{"mod", "modfile"}
	harmlessFlags = []string{"buildvcs", "trimpath", "modcacherw", "p", "v", "x"}
)

// divide returns the flags to keep, and the flags that are ignored although they could
// change the program.
func divide(flags []string) (kept, ignored []string) {
	for _, flag := range flags {
		name, _, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		switch {
		case slices.Contains(sourceFlags, name):
			kept = append(kept, quote(flag))
		case !slices.Contains(harmlessFlags, name):
			ignored = append(ignored, flag)
		}
	}
	return kept, ignored
}

// fields divides GOFLAGS into flags. As in the go command, a flag with spaces is in single
// or double quotes, and there are no escapes.
func fields(text string) []string {
	const space = " \t\r\n"
	var flags []string
	for {
		text = strings.TrimLeft(text, space)
		if text == "" {
			return flags
		}
		ends := space
		if text[0] == '"' || text[0] == '\'' {
			ends, text = text[:1], text[1:]
		}
		end := strings.IndexAny(text, ends)
		if end < 0 {
			return append(flags, text)
		}
		flags, text = append(flags, text[:end]), text[end+1:]
	}
}

// quote writes a flag so that fields reads it as one.
func quote(flag string) string {
	switch {
	case !strings.ContainsAny(flag, " \t'\""):
		return flag
	case !strings.Contains(flag, "'"):
		return "'" + flag + "'"
	default:
		return `"` + flag + `"`
	}
}
