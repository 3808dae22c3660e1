package load

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// Dir is a directory that may hold jobs, as the bytes of its files show.
type Dir struct {
	Path string // absolute
	// sources are the Go files that the go command looks at: not those with hidden
	// names, and not jobgen's own.
	sources []*snapshot.File
	// generated is the file with the dispatcher's name, nil if there is none.
	generated *snapshot.File
	// files are the Go files that hold a directive, or a comment that nearly is
	// one, or a jobs struct tag; test files and hidden files among them.
	files []*candidate
	// foreign are those of files that belong to a package of another name.
	foreign []*candidate
	// Packages are what was loaded from the directory.
	Packages []*Package
}

// isUsed reports whether the go command builds a file.
func (d *Dir) isUsed(path string) bool {
	return slices.ContainsFunc(d.Packages, func(p *Package) bool { return slices.Contains(p.GoFiles, path) })
}

// packageName is the name of the directory's package, "" if none was loaded.
func (d *Dir) packageName() string {
	name := ""
	for _, p := range d.Packages {
		if len(p.GoFiles) > 0 {
			name = p.Name
		}
	}
	return name
}

// IsMarked reports whether one of the directory's own files has something of
// jobgen's in it; files that no build has are no reason to load a package.
func (d *Dir) IsMarked() bool {
	return slices.ContainsFunc(d.files, func(c *candidate) bool { return !c.isOutside() })
}

// candidate is a Go file with something of jobgen's in it.
type candidate struct {
	path string
	// isTest and isHidden say that the file takes part in no build.
	isTest, isHidden bool

	syntax *ast.File // may be partial: the loader reports the syntax errors
	fset   *token.FileSet
	src    []byte
}

// Find returns the directories that the patterns name, in the order of their paths.
// Patterns are directories, a directory with /... for all below it, or import
// paths.
func (l *Loader) Find(workDir string, patterns []string) ([]*Dir, error) {
	dirs, importPaths, err := l.findLocal(workDir, patterns)
	if err != nil || len(importPaths) == 0 {
		return dirs, err
	}
	paths, err := l.resolve(workDir, importPaths)
	if err != nil {
		return nil, err
	}
	more, _, err := l.findLocal(workDir, paths)
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
	for _, path := range slices.Compact(paths) {
		d, err := scanDir(l.Sources, path)
		if err != nil {
			return nil, nil, err
		}
		dirs = append(dirs, d)
	}
	return dirs, importPaths, nil
}

// expansion is what a pattern names.
type expansion struct {
	pattern string
	root    string   // the pattern's directory
	paths   []string // the directories that it names
	modules []string // the directories below root that are modules of their own
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
		return nil, fmt.Errorf("pattern %s: ... can stand at the end only", pattern)
	}
	path := filepath.Clean(root)
	if !filepath.IsAbs(path) {
		path = filepath.Join(workDir, path)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("pattern %s: %w", pattern, pathCause(err))
	case !info.IsDir():
		return nil, fmt.Errorf("pattern %s: give the package's directory, not a file of it", pattern)
	}
	m := &expansion{pattern: pattern, root: path, paths: []string{path}}
	if all {
		m.paths, m.modules, err = walk(path)
	}
	return m, err
}

// pathCause takes the path, which the message has already, off an error.
func pathCause(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

// walk returns root and the directories below it that the go command would
// look into for root/...: not testdata, vendor, names that begin with . or _,
// and other modules, which it returns too.
func walk(root string) (paths, modules []string, err error) {
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() {
			return nil
		}
		if path != root && isSkipped(entry.Name()) {
			return filepath.SkipDir
		}
		if path != root && isFile(filepath.Join(path, "go.mod")) {
			modules = append(modules, path)
			return filepath.SkipDir
		}
		paths = append(paths, path)
		return nil
	})
	return paths, modules, err
}

func isSkipped(name string) bool {
	return name == "testdata" || name == "vendor" || snapshot.IsHidden(name)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// scanDir reads the Go files of a directory for jobgen's marks.
func scanDir(sources *snapshot.Snapshot, path string) (*Dir, error) {
	files, err := sources.Dir(path)
	if err != nil {
		return nil, err
	}
	d := &Dir{Path: path}
	for _, f := range files {
		if f.Name() == model.DispatcherFile {
			d.generated = f
			continue
		}
		isHidden := snapshot.IsHidden(f.Name())
		if !isHidden {
			d.sources = append(d.sources, f)
		}
		if c := scanFile(f.Path, f.Data); c != nil {
			c.isHidden = isHidden
			d.files = append(d.files, c)
		}
	}
	return d, nil
}

// scanFile returns nil for a file without jobgen's marks. Most files are done
// with after a look at their bytes.
func scanFile(path string, src []byte) *candidate {
	if !bytes.Contains(src, []byte("jobs:")) && !bytes.Contains(src, []byte("Jobs:")) {
		return nil
	}
	c := &candidate{path: path, src: src, fset: token.NewFileSet(), isTest: strings.HasSuffix(path, "_test.go")}
	var err error
	c.syntax, err = parser.ParseFile(c.fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	// The syntax of a broken file may lack comments: the loader tells what is
	// wrong with one that seems to have marks.
	if c.syntax != nil && (c.hasMarks() || err != nil && seemsMarked(src)) {
		return c
	}
	return nil
}

// seemsMarked reports whether a file that can't be parsed has a line with what
// would be one of jobgen's comments.
func seemsMarked(src []byte) bool {
	for line := range strings.Lines(string(src)) {
		if at := strings.Index(line, "//"); at >= 0 {
			if _, ok := directive.ScanLine(strings.TrimRight(line[at:], "\r\n")); ok {
				return true
			}
		}
	}
	return false
}

// hasMarks reports whether one of the file's comments is jobgen's business, or
// one of its struct tags.
func (c *candidate) hasMarks() bool {
	found := false
	eachComment(c.syntax, func(group *ast.CommentGroup, comment *ast.Comment) {
		found = found || len(gosource.Lines(c.fset, c.src, comment)) > 0
	})
	return found || hasTag(c.syntax)
}

// directives returns the true directives of the file.
func (c *candidate) directives() []gosource.Line {
	var all []gosource.Line
	eachComment(c.syntax, func(group *ast.CommentGroup, ac *ast.Comment) {
		for _, found := range gosource.Lines(c.fset, c.src, ac) {
			if found.Near == "" {
				all = append(all, found)
			}
		}
	})
	return all
}

func eachComment(f *ast.File, visit func(*ast.CommentGroup, *ast.Comment)) {
	for _, group := range f.Comments {
		for _, c := range group.List {
			visit(group, c)
		}
	}
}

// hasTag reports whether a struct field in the file has a jobs tag.
func hasTag(f *ast.File) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok && field.Tag != nil {
			found = found || strings.Contains(field.Tag.Value, directive.Tool+`:`)
		}
		return !found
	})
	return found
}
