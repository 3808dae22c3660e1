package attach

import (
	"bytes"
	"fmt"
	"go/ast"

	"github.com/jobgen/jobgen/internal/gosource"
)

// nearby says where a group of comments is that documents no method, type or
// package, so that a user sees why its directives apply to nothing.
func (a *attacher) nearby(f *gosource.File, group *ast.CommentGroup) string {
	for _, decl := range f.Syntax.Decls {
		if group.End() <= decl.Pos() {
			return a.before(f, decl, group)
		}
		if group.Pos() < decl.End() {
			return a.inside(decl, group)
		}
	}
	if !a.startsLine(f, group) {
		return "is behind code"
	}
	if group.End() <= f.Syntax.Package {
		return "is above the package clause, with an empty line in between"
	}
	return "has no declaration below it"
}

func (a *attacher) before(f *gosource.File, decl ast.Decl, group *ast.CommentGroup) string {
	switch {
	case !a.startsLine(f, group):
		return "is behind code"
	case gosource.Pos(a.fset, group.End()).Line+1 < gosource.Pos(a.fset, decl.Pos()).Line:
		return fmt.Sprintf("has an empty line between it and %s", describe(decl))
	}
	return fmt.Sprintf("is on %s", describe(decl))
}

// startsLine reports whether a comment is the first text of its line.
func (a *attacher) startsLine(f *gosource.File, group *ast.CommentGroup) bool {
	before := f.Src[:gosource.Offset(f.Src, a.fset, group.Pos())]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return len(bytes.TrimSpace(line)) == 0
}

func (a *attacher) inside(decl ast.Decl, group *ast.CommentGroup) string {
	if doc := docOf(decl); doc == group {
		return fmt.Sprintf("is on %s", describe(decl))
	}
	return fmt.Sprintf("is inside %s", describe(decl))
}

func docOf(decl ast.Decl) *ast.CommentGroup {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		return d.Doc
	case *ast.GenDecl:
		return d.Doc
	}
	return nil
}

// describe names a declaration for a message.
func describe(decl ast.Decl) string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return "the function " + d.Name.Name + ", which has no receiver"
		}
		return "the method " + gosource.MethodName(d)
	case *ast.GenDecl:
		if d.Lparen.IsValid() {
			return "a group of declarations (" + d.Tok.String() + ")"
		}
		return "a declaration (" + d.Tok.String() + ")"
	}
	return "broken code"
}
