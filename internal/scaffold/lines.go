package scaffold

import (
	"bytes"
	"context"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/starter"
)

// Lines are lines for a file that exists. The user adds them, because jobgen doesn't change
// the user's files.
type Lines struct {
	File string // the path
	What string // says what they do
	Text string
}

var generates = regexp.MustCompile(`(?m)^//go:generate .*\bjobgen\b.*$`)

// Generate returns the file generate.go for the module's root. If the file exists, Generate
// returns the line to add to it instead. Both are nil if a file at the root has the line.
func (p *Place) Generate(ctx context.Context) (file []byte, add *Lines, err error) {
	files, err := goFiles(p.Root)
	if err != nil {
		return nil, nil, err
	}
	path := filepath.Join(p.Root, starter.GenerateFile)
	for _, f := range files {
		line := generates.Find(f.Data)
		if line != nil && (p.Dir == p.Root || bytes.Contains(line, []byte("..."))) {
			return nil, nil, nil
		}
	}
	if exists(path) {
		return nil, &Lines{path, "a line that runs jobgen for all packages of the module", starter.GenerateLine + "\n"}, nil
	}
	return starter.Generate(p.rootPackage(ctx)), nil, nil
}

// rootPackage returns the name of the package at the module's root. The root may have no Go
// files yet.
func (p *Place) rootPackage(ctx context.Context) string {
	if p.Dir == p.Root && p.Package != "" {
		return p.Package
	}
	files, _ := goFiles(p.Root) // the caller has read them
	if len(files) > 0 {
		if name, err := builds.GoList(ctx, p.Root, "-e", "-find", "-f", "{{.Name}}", "."); err == nil && strings.TrimSpace(name) != "" {
			return strings.TrimSpace(name)
		}
	}
	for _, f := range files {
		if syntax, err := parser.ParseFile(token.NewFileSet(), f.Path, f.Data, parser.PackageClauseOnly); err == nil {
			return strings.TrimSuffix(syntax.Name.Name, "_test")
		}
	}
	return packageName(p.Module, "generate")
}

// Checks returns the lines that check the generated files, for the files of hooks and CI
// that exist in the module's root or in the root of the repository. It leaves out a file
// that contains the word jobgen.
func (p *Place) Checks() []Lines {
	top := p.Root
	for at := p.Root; ; at = filepath.Dir(at) {
		if exists(filepath.Join(at, ".git")) {
			top = at
			break
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	sub, err := filepath.Rel(top, p.Root)
	if err != nil {
		sub = "."
	}
	const inRoot = "go tool jobgen -check ./..."
	fromTop := inRoot
	if sub != "." {
		fromTop = "go -C " + filepath.ToSlash(sub) + strings.TrimPrefix(inRoot, "go")
	}
	var all []Lines
	for _, c := range checks {
		for _, path := range c.in(top, p.Root) {
			data, err := os.ReadFile(path)
			command := fromTop
			if filepath.Dir(path) == p.Root { // such as the module's Makefile
				command = inRoot
			}
			if err == nil && !bytes.Contains(data, []byte("jobgen")) {
				all = append(all, Lines{path, c.what, strings.ReplaceAll(c.text, "COMMAND", command)})
			}
		}
	}
	return all
}

// check is a kind of file for hooks or CI.
type check struct {
	pattern string // the pattern of its path in the root
	what    string
	text    string
}

var checks = []check{
	{".pre-commit-config.yaml", "a hook to the list of repos", `  - repo: local
    hooks:
      - id: jobgen
        name: jobgen -check
        language: system
        entry: COMMAND
        pass_filenames: false
        always_run: true
`},
	{".github/workflows/*.y*ml", "a step after actions/setup-go", `      - run: COMMAND
`},
	{".gitlab-ci.yml", "a job", `jobgen:
  image: golang:1.26
  script:
    - COMMAND
`},
	{"Makefile", "a task", `.PHONY: check-jobs
check-jobs:
	COMMAND
`},
}

// in returns the regular files of this kind in the roots.
func (c check) in(roots ...string) []string {
	var paths []string
	for _, root := range slices.Compact(roots) {
		found, _ := fs.Glob(os.DirFS(root), c.pattern) // the pattern is valid
		for _, name := range found {
			path := filepath.Join(root, filepath.FromSlash(name))
			if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
				paths = append(paths, path)
			}
		}
	}
	return paths
}
