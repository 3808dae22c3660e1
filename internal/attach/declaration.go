package attach

import (
	"go/ast"
	"go/token"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// Declaration is a method, a type or a package clause with directives in its doc
// comment.
type Declaration struct {
	Target     directive.Target
	Name       string    // "SecurityJob.InstanceStopping", "SecurityJob", the package's name
	Pos        model.Pos // of the name
	File       *gosource.File
	Func       *ast.FuncDecl // of a method
	Directives []gosource.Line

	doc      *ast.CommentGroup
	from, to int // its lines, the doc comment's among them
}

// Describe names the declaration in a message.
func (d *Declaration) Describe() string {
	switch d.Target {
	case directive.OnPackage:
		return "the package clause"
	case directive.OnType:
		return "the type " + d.Name
	}
	return "the method " + d.Name
}

// declarations returns what a file declares with a doc comment that can have directives.
func (a *attacher) declarations(f *gosource.File) []*Declaration {
	var all []*Declaration
	for _, decl := range f.Syntax.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil && d.Doc != nil {
				method := a.declaration(directive.OnMethod, f, d.Doc, d.Name, d.End())
				method.Func, method.Name = d, gosource.MethodName(d)
				all = append(all, method)
			}
		case *ast.GenDecl:
			all = append(all, a.types(f, d)...)
		}
	}
	if doc := f.Syntax.Doc; doc != nil {
		all = append(all, a.declaration(directive.OnPackage, f, doc, f.Syntax.Name, f.Syntax.Name.End()))
	}
	return all
}

func (a *attacher) types(f *gosource.File, d *ast.GenDecl) []*Declaration {
	var all []*Declaration
	for _, spec := range d.Specs {
		ts, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		doc := ts.Doc
		if doc == nil && !d.Lparen.IsValid() {
			doc = d.Doc
		}
		if doc != nil {
			all = append(all, a.declaration(directive.OnType, f, doc, ts.Name, ts.End()))
		}
	}
	return all
}

func (a *attacher) declaration(target directive.Target, f *gosource.File, doc *ast.CommentGroup, name *ast.Ident, end token.Pos) *Declaration {
	return &Declaration{
		Target: target, Name: name.Name, File: f, doc: doc,
		from: gosource.Pos(a.fset, doc.Pos()).Line, to: gosource.Pos(a.fset, end).Line,
		Pos: gosource.Pos(a.fset, name.Pos()),
	}
}
