package gen_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/parse"
)

// TestPredeclaredIsWhatIsUsed: the model knows which names of the language a
// dispatcher uses, and the names that it declares.
func TestPredeclaredIsWhatIsUsed(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	res, err := parse.Parse(context.Background(), parse.Config{Dir: root, Patterns: []string{"./examples/...", "./bench/...", "./internal/decodetest"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Packages) < 6 {
		t.Errorf("%d packages", len(res.Packages))
	}
	for _, p := range res.Packages {
		src, err := gen.Dispatcher(p)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), "", src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if ident, ok := n.(*ast.Ident); ok && types.Universe.Lookup(ident.Name) != nil && !slices.Contains(p.Predeclared(), ident.Name) {
				t.Errorf("%s: %s is used, and not among %q", p.Path, ident.Name, p.Predeclared())
			}
			return true
		})
		for _, decl := range f.Decls {
			if name := nameOf(decl); name != "" && !strings.HasPrefix(name, "decode") && !slices.Contains(p.Declared(), name) {
				t.Errorf("%s: %s is declared, and not among %q", p.Path, name, p.Declared())
			}
		}
	}
}

// nameOf returns the name of a declaration, or the first of several; empty if it
// declares none.
func nameOf(decl ast.Decl) string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			return types.ExprString(d.Recv.List[0].Type.(*ast.StarExpr).X) + "." + d.Name.Name
		}
		return d.Name.Name
	case *ast.GenDecl:
		switch s := d.Specs[0].(type) {
		case *ast.TypeSpec:
			return s.Name.Name
		case *ast.ValueSpec:
			return strings.TrimPrefix(s.Names[0].Name, "_")
		}
	}
	return ""
}
