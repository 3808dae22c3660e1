// Package sizes holds the tree to two limits of size: that a type has no more methods
// than a reader can keep in mind, and that a function fits on a screen.
package sizes

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"iter"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	maxMethods = 25
	maxLines   = 59
)

// larger are the types and functions that may be larger, and why.
var larger = map[string]string{
	"internal/jsonscan.run": "the scanner keeps its state in local variables, which a call would move to memory",
}

func TestSizes(t *testing.T) {
	methods := map[string]int{}
	unused := maps.Clone(larger)
	check := func(place, name, what string, size, most int) {
		if size <= most {
			return
		}
		if _, ok := larger[name]; !ok {
			t.Errorf("%s: %s has %d %s, at most %d are allowed", place, name, size, what, most)
		}
		delete(unused, name)
	}
	files := token.NewFileSet()
	for name, f := range functions(t, files) {
		if f.Recv != nil {
			methods[name[:strings.LastIndex(name, ".")]]++
		}
		lines := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1
		check(files.Position(f.Pos()).String(), name, "lines", lines, maxLines)
	}
	for name, n := range methods {
		check(name, name, "methods", n, maxMethods)
	}
	for name := range unused {
		t.Errorf("%s is no longer too large: take it out of the list", name)
	}
}

// functions yields the functions and methods of the project, as directory.function or
// directory.type.method, but those of tests, examples, benchmarks and generated files.
func functions(t *testing.T, files *token.FileSet) iter.Seq2[string, *ast.FuncDecl] {
	return func(yield func(string, *ast.FuncDecl) bool) {
		root := filepath.Join("..", "..")
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && slices.Contains([]string{"testdata", "bench", "examples", ".git"}, entry.Name()):
				return filepath.SkipDir
			case entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			file, err := parser.ParseFile(files, path, nil, parser.ParseComments)
			if err != nil || ast.IsGenerated(file) {
				return err
			}
			dir, err := filepath.Rel(root, filepath.Dir(path))
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && !yield(nameOf(filepath.ToSlash(dir), f), f) {
					return filepath.SkipAll
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func nameOf(dir string, f *ast.FuncDecl) string {
	if f.Recv == nil {
		return dir + "." + f.Name.Name
	}
	return dir + "." + receiver(f.Recv.List[0].Type) + "." + f.Name.Name
}

// receiver returns the name of a receiver's type.
func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}

// TestPublicFace keeps package jobs small: what go doc lists of it fits on a screen.
func TestPublicFace(t *testing.T) {
	cmd := exec.Command("go", "doc", "-short", "./jobs")
	cmd.Dir = filepath.Join("..", "..")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if n := strings.Count(string(out), "\n"); n > 32 {
		t.Errorf("go doc -short ./jobs has %d lines:\n%s", n, out)
	}
}
