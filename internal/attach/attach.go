package attach

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
)

// Package is what a package's comments say to jobgen.
type Package struct {
	// Declarations are those with directives, in the order of the source.
	Declarations []*Declaration
	// Allows are the allow lines that name a code and give a reason.
	Allows []*Allow
	// Near are findings about comments that look like directives of another
	// tool. They count only in a package that has jobs.
	Near []diag.Diagnostic
}

// Files attaches the directives in a package's files to their declarations. It
// reports the directives that are on no declaration that they apply to, and the
// comments that look like a directive.
func Files(fset *token.FileSet, files []*gosource.File, report diag.Reporter) *Package {
	a := &attacher{fset: fset, report: report}
	for _, f := range files {
		a.file(f)
	}
	for _, d := range a.out.Declarations {
		a.out.Allows = append(a.out.Allows, d.allows(report)...)
	}
	return &a.out
}

// attacher goes through the files of a package.
type attacher struct {
	fset   *token.FileSet
	report diag.Reporter
	out    Package
}

func (a *attacher) file(f *gosource.File) {
	declarations := a.declarations(f)
	docs := map[*ast.CommentGroup]*Declaration{}
	for _, d := range declarations {
		docs[d.doc] = d
	}
	for _, group := range f.Syntax.Comments {
		for _, ac := range group.List {
			found := gosource.Lines(a.fset, f.Src, ac)
			for _, c := range found {
				a.line(c, docs[group], f, group)
			}
			if len(found) == 0 {
				a.nearPrefix(f, ac, docs[group])
			}
		}
	}
	for _, d := range declarations {
		if len(d.Directives) > 0 {
			a.out.Declarations = append(a.out.Declarations, d)
		}
	}
}

// line adds a line of a group of comments to the declaration that the group
// documents, which is nil if there is none, or reports why it doesn't apply.
func (a *attacher) line(c gosource.Line, d *Declaration, f *gosource.File, group *ast.CommentGroup) {
	switch {
	case c.Near != "":
		a.report.Add(diag.New(diag.NearMiss, c.Pos,
			"this comment looks like a directive but is not one: a directive is written //%s:%s, in lower case and without spaces", directive.Tool, c.Near).
			Suggest("", "//"+directive.Tool+":"+c.Near).Rewrite(c.Offset, c.Written, "//"+directive.Tool+":"+c.Near))
	case c.Spec == nil:
		a.unknown(c)
	case d == nil:
		where := a.nearby(f, group)
		if fn := functionOf(f, group); fn != nil && c.Spec.On.Has(directive.OnMethod) {
			where += "; make it a method: " + a.asMethod(f, fn)
		}
		a.report.Report(diag.Misplaced, c.Pos, "%s belongs in the doc comment of %s; this line %s", c.Name, c.Spec.On, where)
	case !c.Spec.On.Has(d.Target):
		a.report.Add(diag.New(diag.Misplaced, c.Pos, "%s belongs in the doc comment of %s; this line is on %s", c.Name, c.Spec.On, d.Describe()).
			Relate(d.Pos, "%s is declared here", d.Name))
	default:
		d.Directives = append(d.Directives, c)
	}
}

// unknown reports a directive whose name doesn't exist, or has no space behind it.
func (a *attacher) unknown(c gosource.Line) {
	const prefix = directive.Tool + ":"
	end := strings.IndexFunc(c.Name, func(r rune) bool { return strings.ContainsRune("{[(\"':", r) })
	if spec := directive.Lookup(c.Name[:max(end, 0)]); spec != nil {
		a.report.Add(diag.New(diag.UnknownDirective, c.Pos, "unknown directive %q: a space ends a directive's name; write it behind %s, as in `%s`",
			diag.Clip(c.Name), spec.Name, spec.Example).Suggest("", spec.Name).
			Rewrite(0, prefix+spec.Name+strings.TrimLeft(c.Name[end:end+1], "{[(\"'"), prefix+spec.Name+" "))
		return
	}
	d := diag.New(diag.UnknownDirective, c.Pos, "unknown directive %q; there are %s", diag.Clip(c.Name), strings.Join(directive.Names(), ", "))
	if near, ok := directive.Suggest(c.Name); ok {
		d = d.Suggest("", near).Rewrite(0, prefix+c.Name, prefix+near)
	}
	a.report.Add(d)
}
