package builds

import (
	"go/ast"
	"go/build"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// File is a file's build constraints.
type File struct {
	line    constraint.Expr // its //go:build line, or its +build lines
	implied constraint.Expr // the system and architecture at the end of its name
	Cgo     bool            // it imports "C", so only builds with cgo include it
	Pos     model.Pos       // of the constraint's line, or else of the package clause
}

// ReadFile reads a file's build constraints. It ignores lines that can't be parsed.
func ReadFile(path string, src []byte) File {
	fset := token.NewFileSet()
	f, _ := parser.ParseFile(fset, path, src, parser.ImportsOnly|parser.ParseComments|parser.SkipObjectResolution)
	b := File{implied: impliedBy(filepath.Base(path))}
	if f == nil || !f.Package.IsValid() {
		return b
	}
	at := f.Package
	if expr, pos := constraintLine(f); expr != nil {
		b.line, at = expr, pos
	}
	p := fset.PositionFor(at, false)
	b.Pos = model.Pos{File: path, Line: p.Line, Column: p.Column}
	b.Cgo = slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` })
	return b
}

// constraintLine returns the constraint of a file's //go:build line or, if it has none,
// the conjunction of its +build lines.
func constraintLine(f *ast.File) (expr constraint.Expr, pos token.Pos) {
	var old []*ast.Comment
	for _, group := range f.Comments {
		if group.Pos() > f.Package {
			break
		}
		for _, c := range group.List {
			switch {
			case constraint.IsGoBuild(c.Text):
				if expr, err := constraint.Parse(c.Text); err == nil {
					return expr, c.Pos()
				}
			case constraint.IsPlusBuild(c.Text) && group != f.Doc:
				old = append(old, c)
			}
		}
	}
	for _, c := range old {
		if x, err := constraint.Parse(c.Text); err == nil {
			expr = and(expr, x)
		}
	}
	if expr != nil {
		pos = old[0].Pos()
	}
	return expr, pos
}

// impliedBy returns the constraint that a file's name implies, such as
// jobs_linux_arm64.go.
func impliedBy(name string) constraint.Expr {
	name, _, _ = strings.Cut(name, ".")
	words := strings.Split(strings.TrimSuffix(name, "_test"), "_")[1:]
	n := len(words)
	switch {
	case n > 1 && isSystem(words[n-2]) && isArchitecture(words[n-1]):
		return and(tag(words[n-2]), tag(words[n-1]))
	case n > 0 && (isSystem(words[n-1]) || isArchitecture(words[n-1])):
		return tag(words[n-1])
	}
	return nil
}

// isSystem and isArchitecture use go/build, which exports no lists: a word in a file's
// name restricts the file if go/build doesn't match the file for another system or
// architecture.
func isSystem(word string) bool { return !matchesName("x_"+word+"_amd64.go", "none", "amd64") }

func isArchitecture(word string) bool {
	return !matchesName("x_"+word+".go", "none", "none") && !isSystem(word)
}

func matchesName(name, system, arch string) bool {
	ctx := build.Context{GOOS: system, GOARCH: arch, Compiler: "gc", OpenFile: func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("package x")), nil
	}}
	match, err := ctx.MatchFile("", name)
	return match && err == nil
}

// Constraint returns the constraint of a file's name and lines.
func (b File) Constraint() constraint.Expr { return and(b.implied, b.line) }

// Conditions returns the whole constraint of a file, including that of its imports.
func (b File) Conditions() constraint.Expr {
	if b.Cgo {
		return and(b.Constraint(), tag("cgo"))
	}
	return b.Constraint()
}

// When says for messages which builds include the file.
func (b File) When() string {
	if x := b.Constraint(); x != nil {
		return "under `" + x.String() + "`"
	}
	return "always"
}
