package parse

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
)

// parsedFile is a source file that was read for the places of its tags: export
// data has no columns, and the syntax of other packages isn't loaded.
type parsedFile struct {
	fset   *token.FileSet
	syntax *ast.File
	src    []byte
}

func (p *packageParser) parsed(path string) *parsedFile {
	if f, ok := p.parsedFiles[path]; ok {
		return f
	}
	f := &parsedFile{fset: token.NewFileSet()}
	src, err := os.ReadFile(path)
	if err == nil {
		f.src = src
		// Half a file's syntax is enough for its places.
		f.syntax, _ = parser.ParseFile(f.fset, path, src, parser.SkipObjectResolution)
	}
	p.parsedFiles[path] = f
	return f
}

// locate finds a field's tag in its source.
func (p *packageParser) locate(v *types.Var, raw string) structTag {
	at := position(p.pkg.Fset, v.Pos())
	tag := structTag{field: v, raw: raw, key: at, value: comment{pos: at, args: at}}
	f := p.parsed(at.File)
	lit := f.tagOf(at.Line, at.Column)
	if lit == nil {
		return tag
	}
	if place, ok := tagPlace(f.fset, lit); ok {
		tag.key = place.key
		tag.value = comment{pos: place.value, args: place.value, columns: place.columns}
		tag.value.Args = raw
	}
	return tag
}

// tagSyntax reports a tag that is meant for jobgen and can't be read.
func (p *packageParser) tagSyntax(v *types.Var, tag string) {
	if _, ok := reflect.StructTag(tag).Lookup(directive.Tool); ok || !mentionsJobs(tag) {
		return
	}
	at := position(p.pkg.Fset, v.Pos())
	f := p.parsed(at.File)
	lit := f.tagOf(at.Line, at.Column)
	if lit == nil {
		return
	}
	if place, ok := tagPlace(f.fset, lit); ok && place.fault != "" {
		p.diags.Report(diag.TagSyntax, place.key, "%s", place.fault)
	}
}

// tagOf returns the tag of the field whose name stands at a place.
func (f *parsedFile) tagOf(line, column int) *ast.BasicLit {
	if f.syntax == nil {
		return nil
	}
	var tag *ast.BasicLit
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		field, ok := n.(*ast.Field)
		if ok && field.Tag != nil && f.declares(field, line, column) {
			tag = field.Tag
		}
		return tag == nil
	})
	return tag
}

func (f *parsedFile) declares(field *ast.Field, line, column int) bool {
	names := field.Names
	if len(names) == 0 {
		names = []*ast.Ident{embeddedName(field.Type)}
	}
	return slices.ContainsFunc(names, func(id *ast.Ident) bool {
		pos := position(f.fset, id.Pos())
		return pos.Line == line && pos.Column == column
	})
}

// embeddedName returns the identifier that names an embedded field.
func embeddedName(t ast.Expr) *ast.Ident {
	for {
		switch e := t.(type) {
		case *ast.Ident:
			return e
		case *ast.StarExpr:
			t = e.X
		case *ast.ParenExpr:
			t = e.X
		case *ast.SelectorExpr:
			return e.Sel
		case *ast.IndexExpr:
			t = e.X
		case *ast.IndexListExpr:
			t = e.X
		default:
			return &ast.Ident{} // broken code
		}
	}
}
