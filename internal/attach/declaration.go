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

// docs maps the doc comments of a file that can have directives to what they
// document.
func (a *attacher) docs(f *gosource.File) map[*ast.CommentGroup]*Declaration {
	docs := map[*ast.CommentGroup]*Declaration{}
	if doc := f.Syntax.Doc; doc != nil {
		docs[doc] = a.declaration(directive.OnPackage, f, doc, f.Syntax.Name, f.Syntax.Name.End())
	}
	for _, decl := range f.Syntax.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil && d.Doc != nil {
				h := a.declaration(directive.OnMethod, f, d.Doc, d.Name, d.End())
				h.Func, h.Name = d, gosource.MethodName(d)
				docs[d.Doc] = h
			}
		case *ast.GenDecl:
			a.typeDocs(f, d, docs)
		}
	}
	return docs
}

func (a *attacher) typeDocs(f *gosource.File, d *ast.GenDecl, docs map[*ast.CommentGroup]*Declaration) {
	if d.Tok != token.TYPE {
		return
	}
	for _, spec := range d.Specs {
		ts := spec.(*ast.TypeSpec)
		doc := ts.Doc
		if doc == nil && !d.Lparen.IsValid() {
			doc = d.Doc
		}
		if doc != nil {
			docs[doc] = a.declaration(directive.OnType, f, doc, ts.Name, ts.End())
		}
	}
}

func (a *attacher) declaration(target directive.Target, f *gosource.File, doc *ast.CommentGroup, name *ast.Ident, end token.Pos) *Declaration {
	return &Declaration{
		Target: target, Name: name.Name, File: f,
		from: gosource.Pos(a.fset, doc.Pos()).Line, to: gosource.Pos(a.fset, end).Line,
		Pos: gosource.Pos(a.fset, name.Pos()),
	}
}
