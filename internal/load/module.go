package load

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// checkMatch returns an error if a pattern names no package of a module, as the go
// command does. Without it, a run that looks at no package would succeed.
func (l *Loader) checkMatch(m *expansion) error {
	if os.Getenv("GO111MODULE") == "off" {
		return nil // packages don't belong to modules
	}
	module, ok := moduleOf(m.root)
	if !ok {
		return fmt.Errorf("pattern %s names no package of a module: there is no go.mod in %s or in a directory above it%s", m.pattern, m.root, m.hint())
	}
	if err := l.checkMember(m, module); err != nil {
		return err
	}
	hasGo, err := l.hasGoFiles(m.paths)
	if err != nil || hasGo {
		return err
	}
	below := ""
	if strings.HasSuffix(m.pattern, "...") {
		below = " or below it"
	}
	if m.ignores {
		below += ", except in folders that go.mod ignores"
	}
	return fmt.Errorf("pattern %s names no package: there are no Go files in %s%s%s", m.pattern, m.root, below, m.hint())
}

// hasGoFiles reports whether the go command sees a Go file in one of the
// directories.
func (l *Loader) hasGoFiles(paths []string) (bool, error) {
	for _, path := range paths {
		files, err := l.Sources.Dir(path)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(files, func(f *snapshot.File) bool { return !snapshot.IsHidden(f.Name()) }) {
			return true, nil
		}
	}
	return false, nil
}

// maxModules is how many modules a message names.
const maxModules = 3

// hint says where the modules are that a pattern leaves out.
func (m *expansion) hint() string {
	if len(m.modules) == 0 {
		return ""
	}
	prefix := strings.TrimSuffix(m.pattern, "...")
	var patterns []string
	for _, module := range m.modules[:min(len(m.modules), maxModules)] {
		if rel, err := filepath.Rel(m.root, module); err == nil {
			patterns = append(patterns, prefix+filepath.ToSlash(rel)+"/...")
		}
	}
	more := ""
	if n := len(m.modules) - maxModules; n > 0 {
		more = fmt.Sprintf(", and %d more", n)
	}
	return fmt.Sprintf("; name the modules below, as in `jobgen %s`%s", strings.Join(patterns, " "), more)
}

// checkMember returns an error if the go command is in a workspace that a module
// is no member of.
func (l *Loader) checkMember(m *expansion, module string) error {
	file := WorkspaceOf(m.root)
	if file == "" {
		return nil
	}
	members, err := l.membersOf(file, m.root)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(members, func(member string) bool { return SamePath(member, module) }) {
		return nil
	}
	rel, err := filepath.Rel(filepath.Dir(file), module)
	if err != nil {
		rel = module
	}
	return fmt.Errorf("pattern %s names no package of the workspace %s: the module %s is not a member; add it with `go work use ./%s` there, or set GOWORK=off", m.pattern, file, module, filepath.ToSlash(rel))
}

// WorkspaceOf returns the go.work file that the go command may use in a directory,
// "" if there is none.
func WorkspaceOf(dir string) string {
	switch file := os.Getenv("GOWORK"); file {
	case "off":
		return ""
	case "":
		root, ok := Above(dir, "go.work")
		if !ok {
			return ""
		}
		return filepath.Join(root, "go.work")
	default:
		return file
	}
}

// membersOf returns the directories of the modules of a workspace, which the go command uses
// in a directory. It reads no Go file for that.
func (l *Loader) membersOf(workspace, dir string) ([]string, error) {
	members, ok := l.members[workspace]
	if !ok {
		out, err := builds.GoList(l.ctx, dir, "-m", "-f", "{{.Dir}}")
		if err != nil {
			return nil, err
		}
		members = strings.Split(strings.TrimSpace(out), "\n")
		l.members[workspace] = members
	}
	return members, nil
}

// SamePath reports whether two paths are of the same file or directory.
func SamePath(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// moduleOf returns the nearest directory at or above path with a go.mod.
func moduleOf(path string) (root string, ok bool) { return Above(path, "go.mod") }

// ModuleRoot returns the nearest directory at or above path with a go.mod, or
// path itself.
func ModuleRoot(path string) string {
	if root, ok := moduleOf(path); ok {
		return root
	}
	return path
}

// Above returns the nearest directory at or above path that has a file.
func Above(path, file string) (dir string, ok bool) {
	for at := path; ; at = filepath.Dir(at) {
		if isFile(filepath.Join(at, file)) {
			return at, true
		}
		if at == filepath.Dir(at) {
			return "", false
		}
	}
}
