package builds

import (
	"context"
	"fmt"
	"go/build/constraint"
	"slices"
	"strconv"
	"strings"
)

// Context describes a build: the go command's settings that constraints depend on.
type Context struct {
	arch    string
	cgo     bool
	tags    []string // -tags
	tools   []string // tags that the go command sets, such as goexperiment.jsonv2
	release int      // the N of Go 1.N
}

// Has reports whether a build satisfies a tag. Every build is for Linux, the system of
// Lambda.
func (c Context) Has(tag string) bool {
	switch tag {
	case system, "unix", "gc", c.arch:
		return true
	case "cgo":
		return c.cgo
	}
	if n, ok := releaseOf(tag); ok {
		return n <= c.release
	}
	return slices.Contains(c.tags, tag) || slices.Contains(c.tools, tag)
}

// Satisfies reports whether a build satisfies a constraint.
func (c Context) Satisfies(x constraint.Expr) bool { return holds(x, c.Has) }

// releaseOf returns the N of a tag go1.N.
func releaseOf(tag string) (n int, ok bool) {
	minor, ok := strings.CutPrefix(tag, "go1.")
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(minor)
	return n, err == nil
}

// isFixed reports whether a tag can't be set with -tags.
func isFixed(tag string) bool {
	_, isRelease := releaseOf(tag)
	return isRelease || tag == "unix" || tag == "gc" || tag == "gccgo" || isSystem(tag) ||
		strings.HasPrefix(tag, "goexperiment.")
}

// contextFormat is the template for go list. It prints a line for each field of Context.
const contextFormat = `{{context.GOARCH}}
{{context.CgoEnabled}}
{{join context.BuildTags " "}}
{{join context.ToolTags " "}}
{{join context.ReleaseTags " "}}`

// Read returns the go command's build for a directory. Tags is the value of jobgen's
// -tags flag, which replaces that in GOFLAGS.
func Read(ctx context.Context, dir, tags string) (Context, error) {
	args := []string{"-e", "-f", contextFormat}
	if tags != "" {
		args = append(args, "-tags="+tags)
	}
	out, err := GoList(ctx, dir, append(args, "unsafe")...)
	if err != nil {
		return Context{}, err
	}
	lines := strings.Split(out, "\n")
	if len(lines) < 5 {
		return Context{}, fmt.Errorf("go list in %s doesn't say what it builds for: %q", dir, out)
	}
	c := Context{arch: lines[0], cgo: lines[1] == "true", tags: strings.Fields(lines[2]), tools: strings.Fields(lines[3])}
	for _, tag := range strings.Fields(lines[4]) {
		n, _ := releaseOf(tag)
		c.release = max(c.release, n)
	}
	return c, nil
}

// ModernJSON reports whether the go command compiles with the encoding/json of Go
// 1.27, which GOEXPERIMENT=nojsonv2 turns off. The experiment jsonv2 of Go 1.25 and
// 1.26 has other options, so builds with it count as builds with the older
// encoding/json.
func (c Context) ModernJSON() bool { return c.release >= 27 && c.Has("goexperiment.jsonv2") }
