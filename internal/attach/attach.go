package attach

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// Declaration is a declaration that directives stand on.
type Declaration struct {
	Target     directive.Target
	Name       string // "SecurityJob", "SecurityJob.InstanceStopping", the package's name
	File       *gosource.File
	Func       *ast.FuncDecl // OnMethod
	spec       *ast.TypeSpec // OnType
	Directives []gosource.Line
	from, to   int // lines of the declaration with its doc comment
	Pos        model.Pos
}

// Attached hangs the directives of a package on its declarations.
type Attached struct {
	fset         *token.FileSet
	report       diag.Reporter
	Declarations []*Declaration
	Near         []diag.Diagnostic // findings for a package that has jobs
	Allows       []*Allow
}

// Files finds every directive in the package's files and what it stands on.
// A comment that hangs on nothing, or nearly is a directive, is reported.
func Files(fset *token.FileSet, files []*gosource.File, report diag.Reporter) *Attached {
	p := &Attached{fset: fset, report: report}
	for _, f := range files {
		p.file(f)
	}
	for _, h := range p.Declarations {
		p.Allows = append(p.Allows, h.allows(report)...)
	}
	return p
}

func (p *Attached) file(f *gosource.File) {
	docs := p.docs(f)
	for _, group := range f.Syntax.Comments {
		for _, ac := range group.List {
			found := gosource.Lines(p.fset, f.Src, ac)
			for _, c := range found {
				p.comment(c, docs[group], f, group)
			}
			if len(found) == 0 {
				p.nearPrefix(f, ac, docs[group])
			}
		}
	}
	for _, d := range f.Syntax.Decls {
		p.keep(docs, d)
	}
	p.keepDoc(docs[f.Syntax.Doc])
}

// keep keeps the holders of a declaration that have directives.
func (p *Attached) keep(docs map[*ast.CommentGroup]*Declaration, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		p.keepDoc(docs[d.Doc])
	case *ast.GenDecl:
		p.keepDoc(docs[d.Doc])
		for _, spec := range d.Specs {
			if ts, ok := spec.(*ast.TypeSpec); ok {
				p.keepDoc(docs[ts.Doc])
			}
		}
	}
}

func (p *Attached) keepDoc(h *Declaration) {
	if h != nil && len(h.Directives) > 0 && !slices.Contains(p.Declarations, h) {
		p.Declarations = append(p.Declarations, h)
	}
}

// comment hangs c, which is in a group of a file's comments, on h, or reports why
// that can't be.
func (p *Attached) comment(c gosource.Line, h *Declaration, f *gosource.File, group *ast.CommentGroup) {
	switch {
	case c.Near != "":
		p.report.Add(diag.New(diag.NearMiss, c.Pos,
			"this comment reads like a directive and is none: a directive is written //%s:%s, in lower case and without spaces", directive.Tool, c.Near).
			Suggest("//" + directive.Tool + ":" + c.Near))
	case c.Spec == nil:
		p.unknown(c)
	case h == nil:
		where := p.nearby(f, group)
		if fn := functionOf(f, group); fn != nil && c.Spec.On.Has(directive.OnMethod) {
			where += "; make it a method: " + p.asMethod(f, fn)
		}
		p.report.Report(diag.Misplaced, c.Pos, "%s stands in the doc comment of %s; this line %s", c.Name, c.Spec.On, where)
	case !c.Spec.On.Has(h.Target):
		p.report.Add(diag.New(diag.Misplaced, c.Pos, "%s stands in the doc comment of %s; this line is on %s", c.Name, c.Spec.On, h.Describe()).
			Relate(h.Pos, "%s is declared here", h.Name))
	default:
		h.Directives = append(h.Directives, c)
	}
}

// unknown reports a directive whose name is none, or has its arguments glued to
// it.
func (p *Attached) unknown(c gosource.Line) {
	end := strings.IndexFunc(c.Name, func(r rune) bool { return strings.ContainsRune("{[(\"':", r) })
	if spec := directive.Lookup(c.Name[:max(end, 0)]); spec != nil {
		p.report.Add(diag.New(diag.UnknownDirective, c.Pos, "unknown directive %q: a space ends a directive's name; write it behind %s, as in `%s`",
			diag.Clip(c.Name), spec.Name, spec.Example).Suggest(spec.Name))
		return
	}
	d := diag.New(diag.UnknownDirective, c.Pos, "unknown directive %q; there are %s", diag.Clip(c.Name), strings.Join(directive.Names(), ", "))
	if near, ok := directive.Suggest(c.Name); ok {
		d = d.Suggest(near)
	}
	p.report.Add(d)
}

func (h *Declaration) Describe() string {
	switch h.Target {
	case directive.OnPackage:
		return "the package clause"
	case directive.OnType:
		return "the type " + h.Name
	}
	return "the method " + h.Name
}

// docs maps the doc comments that directives can stand in to their holders.
func (p *Attached) docs(f *gosource.File) map[*ast.CommentGroup]*Declaration {
	docs := map[*ast.CommentGroup]*Declaration{}
	if doc := f.Syntax.Doc; doc != nil {
		docs[doc] = p.declaration(directive.OnPackage, f, doc, f.Syntax.Name, f.Syntax.Name.End())
	}
	for _, decl := range f.Syntax.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil && d.Doc != nil {
				h := p.declaration(directive.OnMethod, f, d.Doc, d.Name, d.End())
				h.Func, h.Name = d, gosource.MethodName(d)
				docs[d.Doc] = h
			}
		case *ast.GenDecl:
			p.typeDocs(f, d, docs)
		}
	}
	return docs
}

func (p *Attached) typeDocs(f *gosource.File, d *ast.GenDecl, docs map[*ast.CommentGroup]*Declaration) {
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
			h := p.declaration(directive.OnType, f, doc, ts.Name, ts.End())
			h.spec = ts
			docs[doc] = h
		}
	}
}

func (p *Attached) declaration(target directive.Target, f *gosource.File, doc *ast.CommentGroup, name *ast.Ident, end token.Pos) *Declaration {
	return &Declaration{
		Target: target, Name: name.Name, File: f,
		from: gosource.Pos(p.fset, doc.Pos()).Line, to: gosource.Pos(p.fset, end).Line,
		Pos: gosource.Pos(p.fset, name.Pos()),
	}
}

// nearby tells what a comment group that is no usable doc comment stands next
// to, so that a user sees why it hangs on nothing.
func (p *Attached) nearby(f *gosource.File, group *ast.CommentGroup) string {
	for _, decl := range f.Syntax.Decls {
		if group.End() <= decl.Pos() {
			return p.before(f, decl, group)
		}
		if group.Pos() < decl.End() {
			return p.inside(decl, group)
		}
	}
	if !p.standsAlone(f, group) {
		return "stands behind code"
	}
	if group.End() <= f.Syntax.Package {
		return "is above the package clause, with an empty line in between"
	}
	return "has no declaration below it"
}

func (p *Attached) before(f *gosource.File, decl ast.Decl, group *ast.CommentGroup) string {
	switch {
	case !p.standsAlone(f, group):
		return "stands behind code"
	case gosource.Pos(p.fset, group.End()).Line+1 < gosource.Pos(p.fset, decl.Pos()).Line:
		return fmt.Sprintf("has an empty line between it and %s", describe(decl))
	}
	return fmt.Sprintf("is on %s", describe(decl))
}

// standsAlone reports whether there is nothing but white space in front of a
// comment on its line.
func (p *Attached) standsAlone(f *gosource.File, group *ast.CommentGroup) bool {
	before := f.Src[:gosource.Offset(f.Src, p.fset, group.Pos())]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return len(bytes.TrimSpace(line)) == 0
}

func (p *Attached) inside(decl ast.Decl, group *ast.CommentGroup) string {
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
