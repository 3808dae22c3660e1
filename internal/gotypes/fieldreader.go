package gotypes

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// FieldReader finds the fields and struct tags of types, and their places in the source.
type FieldReader struct {
	pkg     *packages.Package // whose handlers take the types
	sources *snapshot.Snapshot
	json    *JSONRules
	report  diag.Reporter
	files   map[string]*parsedFile // by path
	foreign map[string]bool        // by the path of a package
}

// NewFieldReader returns a reader for the types that the handlers of a package take.
func NewFieldReader(pkg *packages.Package, sources *snapshot.Snapshot, json *JSONRules, report diag.Reporter) *FieldReader {
	return &FieldReader{pkg: pkg, sources: sources, json: json, report: report, files: map[string]*parsedFile{}, foreign: map[string]bool{}}
}

// parsedFile is a source file that was parsed for the positions of its tags.
type parsedFile struct {
	fset   *token.FileSet
	syntax *ast.File
}

func (r *FieldReader) parsed(path string) *parsedFile {
	if f, ok := r.files[path]; ok {
		return f
	}
	f := &parsedFile{fset: token.NewFileSet()}
	if source := r.sources.File(path); source.Err == nil {
		// The syntax of a file with errors may lack the field; then its tag has no position.
		f.syntax, _ = parser.ParseFile(f.fset, path, source.Data, parser.SkipObjectResolution)
	}
	r.files[path] = f
	return f
}

// locate returns a field's tag with its position.
func (r *FieldReader) locate(v *types.Var, raw string) Tag {
	at, places := placesOf(r, v, tagPlace)
	tag := Tag{Field: v, Raw: raw, Key: at, Value: gosource.Line{Pos: at, ArgsPos: at}}
	for _, place := range places {
		if place.Fault == "" && place.raw == raw {
			tag.Key = place.Key
			tag.Value = gosource.Line{Pos: place.value, ArgsPos: place.value, Columns: place.columns}
			break
		}
	}
	tag.Value.Args = raw
	return tag
}

// tagSyntax reports a tag that is meant for jobgen and that Go can't read.
func (r *FieldReader) tagSyntax(v *types.Var, tag string) {
	if _, ok := reflect.StructTag(tag).Lookup(directive.Tool); ok || !mentionsJobs(tag) {
		return
	}
	_, places := placesOf(r, v, tagPlace)
	for _, place := range places {
		if place.Fault != "" {
			r.report.Report(diag.TagSyntax, place.Key, "%s", place.Fault)
		}
	}
}

// placesOf returns the position of a field, and what find returns for the fields with
// its name there. Export data names the file that a //line comment
// names, and has the real line: then the field is in the file of the package that
// has such a field on the line.
func placesOf[T any](r *FieldReader, v *types.Var, find func(*token.FileSet, *ast.Field) (T, bool)) (model.Pos, []T) {
	at := gosource.Pos(r.pkg.Fset, v.Pos())
	declared := packageOf(r.pkg, v.Pkg().Path())
	if declared == nil {
		return model.Pos{File: r.pkg.Dir}, nil
	}
	if slices.Contains(declared.GoFiles, at.File) {
		return at, placesAt(r.parsed(at.File), at, v.Name(), find)
	}
	for _, at.File = range declared.GoFiles {
		if places := placesAt(r.parsed(at.File), at, v.Name(), find); len(places) > 0 {
			return at, places
		}
	}
	return model.Pos{File: declared.Dir}, nil
}

// packageOf returns the package with a path among from and all that it imports.
func packageOf(from *packages.Package, path string) (found *packages.Package) {
	packages.Visit([]*packages.Package{from}, func(p *packages.Package) bool {
		if p.PkgPath == path {
			found = p
		}
		return found == nil
	}, nil)
	return found
}

// placesAt returns what find returns for the fields with a name on a line: for the one
// at the column, if there is one. Export data has no columns.
func placesAt[T any](f *parsedFile, at model.Pos, name string, find func(*token.FileSet, *ast.Field) (T, bool)) []T {
	if f.syntax == nil {
		return nil
	}
	var there, onLine []T
	for field := range gosource.StructFields(f.syntax) {
		for _, id := range fieldNames(field) {
			pos := gosource.Pos(f.fset, id.Pos())
			if id.Name != name || pos.Line != at.Line {
				continue
			}
			place, ok := find(f.fset, field)
			switch {
			case !ok:
			case pos.Column == at.Column:
				there = append(there, place)
			default:
				onLine = append(onLine, place)
			}
		}
	}
	if len(there) > 0 {
		return there
	}
	return onLine
}

// fieldNames returns the identifiers that a field declares.
func fieldNames(field *ast.Field) []*ast.Ident {
	if len(field.Names) == 0 {
		return []*ast.Ident{embeddedName(field.Type)}
	}
	return field.Names
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
