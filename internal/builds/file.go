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

// File is what decides whether the go command builds a file.
type File struct {
	line    constraint.Expr // its //go:build line, or its +build lines
	implied constraint.Expr // the system and architecture that its name ends in
	Cgo     bool            // it imports "C", so it is left out where cgo is off
	Pos     model.Pos       // the constraint's line, or else the package clause
}

// ReadFile reads a file's build constraints. A line that can't be parsed is no
// constraint.
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

// constraintLine returns a file's //go:build line or, if it has none, its +build
// lines, all of which must hold.
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

// impliedBy returns the constraint that a file's name implies, as in
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

// isSystem and isArchitecture ask go/build, which exports no list: a word in a
// file's name restricts the file if go/build doesn't match it elsewhere.
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

// Conditions returns the whole constraint of a file, which is that of its imports too.
func (b File) Conditions() constraint.Expr {
	expr := and(b.implied, b.line)
	if b.Cgo {
		expr = and(expr, tag("cgo"))
	}
	return expr
}

// Constraint returns the constraint that a file's name and lines give it.
func (b File) Constraint() constraint.Expr { return and(b.implied, b.line) }

// When says which builds have the file, for messages.
func (b File) When() string {
	if x := b.Constraint(); x != nil {
		return "under `" + x.String() + "`"
	}
	return "always"
}
