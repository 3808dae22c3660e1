// Package sizes holds the tree to two limits of size: that a type has no more methods
// than a reader can keep in mind, and that a function fits on a screen.
package sizes

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	maxMethods = 25
	maxLines   = 59
)

// larger are the types and functions that may be larger, and why.
var larger = map[string]string{
	"internal/jsonscan.run":          "the scanner keeps its state in local variables, which a call would move to memory",
	"jobs/dispatch.DecodeCloudTrail": "it has a case for each field of a record",
}

func TestSizes(t *testing.T) {
	root := filepath.Join("..", "..")
	methods := map[string]int{}
	unused := map[string]bool{}
	for name := range larger {
		unused[name] = true
	}
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
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "bench" || entry.Name() == "examples" || entry.Name() == ".git"):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments)
		if err != nil || ast.IsGenerated(file) {
			return err
		}
		dir, _ := filepath.Rel(root, filepath.Dir(path))
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			name := filepath.ToSlash(dir) + "."
			if f.Recv != nil {
				name += receiver(f.Recv.List[0].Type)
				methods[name]++
				name += "."
			}
			lines := files.Position(f.End()).Line - files.Position(f.Pos()).Line + 1
			check(files.Position(f.Pos()).String(), name+f.Name.Name, "lines", lines, maxLines)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, n := range methods {
		check(name, name, "methods", n, maxMethods)
	}
	for name := range unused {
		t.Errorf("%s is no longer too large: take it out of the list", name)
	}
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
