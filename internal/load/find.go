package load

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/parallel"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// Find returns the directories that the patterns name, in the order of their paths.
// Patterns are directories, a directory with /... for all below it, or import
// paths.
func (l *Loader) Find(workDir string, patterns []string) ([]*Dir, error) {
	dirs, importPaths, err := l.findLocal(workDir, patterns)
	if err != nil || len(importPaths) == 0 {
		return dirs, err
	}
	more, err := l.resolve(workDir, importPaths)
	if err != nil {
		return nil, err
	}
	for _, d := range more {
		if !slices.ContainsFunc(dirs, func(have *Dir) bool { return have.Path == d.Path }) {
			dirs = append(dirs, d)
		}
	}
	slices.SortFunc(dirs, func(a, b *Dir) int { return strings.Compare(a.Path, b.Path) })
	return dirs, nil
}

// findLocal returns the directories that the patterns name, each once, and the
// patterns that are import paths.
func (l *Loader) findLocal(workDir string, patterns []string) (dirs []*Dir, importPaths []string, err error) {
	if slices.Contains(patterns, "") {
		return nil, nil, errors.New("a package pattern is empty: write . for the package here, or leave it out")
	}
	var paths []string
	for _, p := range patterns {
		p = filepath.ToSlash(p) // on Windows, the go command takes .\... for ./...
		if !isLocal(p) {
			importPaths = append(importPaths, p)
			continue
		}
		m, err := expand(workDir, p)
		if err != nil {
			return nil, nil, err
		}
		if err := l.checkMatch(m); err != nil {
			return nil, nil, err
		}
		paths = append(paths, m.paths...)
	}
	slices.Sort(paths)
	dirs, err = l.scan(slices.Compact(paths))
	return dirs, importPaths, err
}

// scan reads directories, several at a time. The error is that of the first one that has one.
func (l *Loader) scan(paths []string) ([]*Dir, error) {
	dirs := make([]*Dir, len(paths))
	errs := make([]error, len(paths))
	parallel.Do(len(paths), func(i int) { dirs[i], errs[i] = scanDir(l.Sources, paths[i]) })
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return dirs, nil
}

// expansion is what a pattern names.
type expansion struct {
	pattern string
	root    string   // the pattern's directory
	paths   []string // the directories that it names
	modules []string // the directories below root that are other modules
	ignores bool     // go.mod ignores some of the directories
}

// isLocal reports whether a pattern names directories rather than import paths,
// by the go command's rule.
func isLocal(pattern string) bool {
	return pattern == "." || pattern == ".." || filepath.IsAbs(pattern) ||
		strings.HasPrefix(pattern, "./") || strings.HasPrefix(pattern, "../")
}

func expand(workDir, pattern string) (*expansion, error) {
	root, all := strings.CutSuffix(pattern, "...")
	if strings.Contains(root, "...") {
		return nil, fmt.Errorf("pattern %s: ... is allowed at the end only", pattern)
	}
	path := filepath.Clean(root)
	if !filepath.IsAbs(path) {
		path = filepath.Join(workDir, path)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("pattern %s: %w", pattern, snapshot.WithoutPath(err))
	case !info.IsDir():
		return nil, fmt.Errorf("pattern %s: give the package's directory, not a file of it", pattern)
	}
	m := &expansion{pattern: pattern, root: path, paths: []string{path}}
	if all {
		err = m.walk()
	}
	return m, err
}

// walk looks for the directories that the go command would look into for root/...: root and
// the directories below it, but not testdata, vendor, names that begin with . or _, what
// go.mod ignores, and other modules.
func (m *expansion) walk() error {
	m.paths = nil
	ignored := ignoredBy(m.root)
	// With the separator, a root that is a link is followed. The paths below it are clean.
	return filepath.WalkDir(m.root+string(filepath.Separator), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() {
			return nil
		}
		path = filepath.Clean(path)
		switch {
		case ignored.has(path):
			m.ignores = true
			return filepath.SkipDir
		case path == m.root:
		case isSkipped(entry.Name()):
			return filepath.SkipDir
		case isFile(filepath.Join(path, "go.mod")):
			m.modules = append(m.modules, path)
			return filepath.SkipDir
		}
		m.paths = append(m.paths, path)
		return nil
	})
}

func isSkipped(name string) bool {
	return name == "testdata" || name == "vendor" || snapshot.IsHidden(name)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
