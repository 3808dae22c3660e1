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

// File is what decides whether the go command builds a file. Either
// expression is nil where it restricts nothing.
type File struct {
	line    constraint.Expr // its //go:build line, or its +build lines
	implied constraint.Expr // the system and architecture that its name ends in
	Cgo     bool            // it imports "C", so it is left out where cgo is off
	Pos     model.Pos       // the constraint's line, or else the package clause
}

// ReadFile reads a file's build constraints. What can't be parsed of it
// restricts nothing.
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

func tag(name string) constraint.Expr { return &constraint.TagExpr{Tag: name} }

// and returns the conjunction of two constraints, of which each may be nil.
func and(x, y constraint.Expr) constraint.Expr {
	switch {
	case x == nil:
		return y
	case y == nil:
		return x
	}
	return &constraint.AndExpr{X: x, Y: y}
}

// isSystem and isArchitecture ask go/build, which keeps its lists to itself: a
// word in a file's name that it doesn't know restricts nothing.
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

// Conditions is the whole constraint of a file.
func (b File) Conditions() constraint.Expr {
	expr := and(b.implied, b.line)
	if b.Cgo {
		expr = and(expr, tag("cgo"))
	}
	return expr
}

// tagsOf returns the tags in constraints, each once, in their order
// there.
func tagsOf(exprs ...constraint.Expr) []string {
	var names []string
	for _, x := range exprs {
		if x == nil {
			continue
		}
		eachTag(x, func(name string) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		})
	}
	return names
}

func eachTag(x constraint.Expr, visit func(string)) {
	switch x := x.(type) {
	case *constraint.TagExpr:
		visit(x.Tag)
	case *constraint.NotExpr:
		eachTag(x.X, visit)
	case *constraint.AndExpr:
		eachTag(x.X, visit)
		eachTag(x.Y, visit)
	case *constraint.OrExpr:
		eachTag(x.X, visit)
		eachTag(x.Y, visit)
	}
}

func Holds(x constraint.Expr, has func(string) bool) bool { return x == nil || x.Eval(has) }

// maxTags is how many tags are tried in all combinations.
const maxTags = 12

// Same reports whether two constraints hold for the same tags.
func Same(x, y constraint.Expr) bool {
	same := true
	tried := eachChoice(tagsOf(x, y), func(has func(string) bool) {
		same = same && Holds(x, has) == Holds(y, has)
	})
	if !tried {
		return Text(x) == Text(y)
	}
	return same
}

// Compatible reports whether one build can satisfy two constraints. It may be
// wrong in saying so.
func Compatible(x, y constraint.Expr) bool {
	can := false
	tried := eachChoice(tagsOf(x, y), func(has func(string) bool) {
		can = can || Holds(x, has) && Holds(y, has)
	})
	return can || !tried
}

// eachChoice visits every choice of some of the names that a build can satisfy at
// once. It visits none, and returns false, where there are too many names.
func eachChoice(names []string, visit func(has func(string) bool)) bool {
	if len(names) > maxTags {
		return false
	}
	for bits := range 1 << len(names) {
		has := func(name string) bool {
			i := slices.Index(names, name)
			return i >= 0 && bits&(1<<i) != 0
		}
		if isPossible(names, has) {
			visit(has)
		}
	}
	return true
}

// isPossible reports whether a build can satisfy tags at once: it has one system
// and one architecture. (A few systems count as another too: android as linux.)
func isPossible(names []string, has func(string) bool) bool {
	systems, archs := 0, 0
	for _, name := range names {
		switch {
		case !has(name) || name == "android" || name == "ios" || name == "illumos":
		case isSystem(name):
			systems++
		case isArchitecture(name):
			archs++
		}
	}
	return systems <= 1 && archs <= 1
}

// Text gives a constraint as a //go:build line has it, "" for nil.
func Text(x constraint.Expr) string {
	if x == nil {
		return ""
	}
	return x.String()
}

// Constraint is the constraint that a file's name and lines give it. What it imports
// counts only where all files with jobs import "C": a package without cgo is rare,
// and its build says which file it lacks.
func (b File) Constraint() constraint.Expr { return and(b.implied, b.line) }

// When says in which builds a file is.
func (b File) When() string {
	if x := b.Constraint(); x != nil {
		return "under `" + x.String() + "`"
	}
	return "always"
}
