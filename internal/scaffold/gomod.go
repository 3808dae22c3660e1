package scaffold

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/builds"
)

// goMod has the parts of a go.mod file that jobgen init reads, in the form of
// `go mod edit -json`.
type goMod struct {
	Module  struct{ Path string }
	Go      string
	Require []moduleVersion
	Replace []struct{ Old, New moduleVersion }
	Tool    []struct{ Path string }
}

type moduleVersion struct{ Path, Version string }

func readGoMod(ctx context.Context, file string) (goMod, error) {
	var m goMod
	out, err := goCommand(ctx, filepath.Dir(file), nil, "mod", "edit", "-json", file)
	if err == nil {
		err = json.Unmarshal(out, &m)
	}
	return m, err
}

func (m goMod) hasTool() bool {
	return slices.ContainsFunc(m.Tool, func(t struct{ Path string }) bool { return t.Path == jobgenTool })
}

// required returns the version of jobgen that the module requires, or "".
func (m goMod) required() string {
	for _, r := range m.Require {
		if r.Path == jobgenModule {
			return r.Version
		}
	}
	return ""
}

// replaced reports whether the module replaces jobgen. The version is the one that is
// replaced, or "" if all are.
func (m goMod) replaced() (version string, ok bool) {
	for _, r := range m.Replace {
		if r.Old.Path == jobgenModule {
			return r.Old.Version, true
		}
	}
	return "", false
}

// goCommand runs the go command. The error names the command.
func goCommand(ctx context.Context, dir string, env []string, args ...string) ([]byte, error) {
	out, err := builds.Go(ctx, dir, env, args...)
	if err != nil {
		return nil, fmt.Errorf("`go %s` in %s: %w", strings.Join(args, " "), dir, err)
	}
	return []byte(out), nil
}

// GoFiles are the paths of the files that the go command changes when the module gets
// jobgen as a tool.
func (p *Place) GoFiles() []string {
	files := []string{filepath.Join(p.Root, "go.mod"), filepath.Join(p.Root, "go.sum")}
	if p.Workspace != "" {
		files = append(files, p.Workspace, strings.TrimSuffix(p.Workspace, ".work")+".work.sum")
	}
	return files
}

// HadTool reports whether jobgen was a tool of the module before init.
func (p *Place) HadTool() bool { return p.mod.hasTool() }

// VendorCommand returns the command that updates the vendor directory.
func (p *Place) VendorCommand() string {
	if p.Workspace != "" {
		return "go work vendor"
	}
	return "go mod vendor"
}

// Check returns an error if the module can't get this version of jobgen as a tool.
func (p *Place) Check(version string) error {
	if p.IsNew {
		return nil
	}
	required := p.mod.required()
	if _, replaced := p.mod.replaced(); !replaced && required != "" && isRelease(version) && required != version {
		return fmt.Errorf("go.mod requires jobgen %s, and this is %s, which may generate other files; run `go get -tool %s@%[2]s` first, or init with `go tool jobgen init`", required, version, jobgenTool)
	}
	file := filepath.Join(p.Root, "go.mod")
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	if !p.mod.hasTool() && info.Mode().Perm()&0o222 == 0 {
		return fmt.Errorf("%s is read-only, and jobgen adds itself there as a tool; make it writable", file)
	}
	return nil
}

// isRelease reports whether the go command can download a version of jobgen. A jobgen that
// was built in a clone may have no version, or the version of uncommitted changes.
func isRelease(version string) bool { return released.MatchString(version) }

var released = regexp.MustCompile(`^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`)

// Require makes jobgen at this version a tool of the module, and adds the modules that the
// new packages import. If the module is new, Require makes it first. Raised is the module's
// new version of Go if the go command raised it, or "".
func (p *Place) Require(ctx context.Context, version string) (raised string, err error) {
	if p.IsNew {
		if _, err := goCommand(ctx, p.Root, []string{"GOWORK=off"}, "mod", "init", p.Module); err != nil {
			return "", err
		}
	}
	before, err := readGoMod(ctx, filepath.Join(p.Root, "go.mod"))
	if err != nil {
		return "", err
	}
	if err := p.addTool(ctx, before, version); err != nil {
		return "", err
	}
	if err := p.complete(ctx); err != nil {
		return "", err
	}
	after, err := readGoMod(ctx, filepath.Join(p.Root, "go.mod"))
	if err != nil || p.IsNew || after.Go == before.Go {
		return "", err
	}
	return after.Go, nil
}

// addTool adds the tool to go.mod, as `go get -tool` does. It keeps a replacement.
func (p *Place) addTool(ctx context.Context, mod goMod, version string) error {
	if mod.hasTool() {
		return nil
	}
	if replaced, ok := mod.replaced(); ok {
		args := []string{"mod", "edit", "-tool=" + jobgenTool}
		if mod.required() == "" {
			if replaced == "" {
				replaced = "v0.0.0"
			}
			args = append(args, "-require="+jobgenModule+"@"+replaced)
		}
		_, err := goCommand(ctx, p.Root, nil, args...)
		return err
	}
	query := "latest"
	if isRelease(version) {
		query = version
	} else if required := mod.required(); required != "" {
		query = required
	}
	_, err := goCommand(ctx, p.Root, nil, "get", "-tool", jobgenTool+"@"+query)
	if err != nil {
		return fmt.Errorf("%w\nThe module needs jobgen as a tool. To use a clone of jobgen, run `go mod edit -replace=%s=CLONE` first; init keeps a replacement", err, jobgenModule)
	}
	return nil
}

// complete adds the modules that the new packages and the tool import to go.mod and go.sum.
// It first ignores the workspace. If that fails, it uses the workspace, which may provide
// some of the modules.
func (p *Place) complete(ctx context.Context) error {
	packages := []string{"./" + p.rel(p.Dir)}
	if p.Main != "" {
		packages = append(packages, "./"+p.rel(p.Main))
	}
	list := append(append([]string{"list", "-mod=mod", "-deps", "-f", `{{""}}`}, packages...), "tool")
	_, err := goCommand(ctx, p.Root, []string{"GOWORK=off"}, list...)
	if err != nil && p.Workspace != "" {
		_, err = goCommand(ctx, p.Root, nil, append([]string{"get", "-t"}, packages...)...)
	}
	return err
}

// IsTidy reports whether `go mod tidy` would change nothing.
func (p *Place) IsTidy(ctx context.Context) bool {
	if p.IsNew {
		return true
	}
	_, err := goCommand(ctx, p.Root, nil, "mod", "tidy", "-diff")
	return err == nil
}

// Tidy runs `go mod tidy`. It ignores errors, such as a missing network, because the module
// works without it too.
func (p *Place) Tidy(ctx context.Context) { _, _ = goCommand(ctx, p.Root, nil, "mod", "tidy") }
