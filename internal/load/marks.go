package load

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
)

// markedFile is a Go file with marks: a directive, a comment that looks like one,
// or a jobs struct tag.
type markedFile struct {
	path string
	// isTest and isHidden say that the file takes part in no build.
	isTest, isHidden bool

	syntax *ast.File // may be partial: the loader reports the syntax errors
	fset   *token.FileSet
	src    []byte
}

// scanFile returns nil for a file without marks. It parses a file only if its bytes
// may hold some, which few do.
func scanFile(path string, src []byte) *markedFile {
	if !bytes.Contains(src, []byte("jobs:")) && !bytes.Contains(src, []byte("Jobs:")) {
		return nil
	}
	c := &markedFile{path: path, src: src, fset: token.NewFileSet(), isTest: strings.HasSuffix(path, "_test.go")}
	var err error
	c.syntax, err = parser.ParseFile(c.fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	// The syntax of a broken file may lack comments. One that seems to have marks
	// is loaded, so that its errors are reported.
	if c.syntax != nil && (c.hasMarks() || err != nil && seemsMarked(src)) {
		return c
	}
	return nil
}

// seemsMarked reports whether a line of a file that can't be parsed has a directive,
// or what looks like one.
func seemsMarked(src []byte) bool {
	for line := range strings.Lines(string(src)) {
		if at := strings.Index(line, "//"); at >= 0 {
			if _, ok := directive.ScanLine(strings.TrimRight(line[at:], "\r\n")); ok {
				return true
			}
		}
	}
	return false
}

// hasMarks reports whether a comment or a struct tag of the file is a mark.
func (c *markedFile) hasMarks() bool {
	found := false
	eachComment(c.syntax, func(group *ast.CommentGroup, comment *ast.Comment) {
		found = found || len(gosource.Lines(c.fset, c.src, comment)) > 0
	})
	return found || hasTag(c.syntax)
}

// directives returns the directives of the file, without lines that look like one.
func (c *markedFile) directives() []gosource.Line {
	var all []gosource.Line
	eachComment(c.syntax, func(group *ast.CommentGroup, ac *ast.Comment) {
		for _, found := range gosource.Lines(c.fset, c.src, ac) {
			if found.Near == "" {
				all = append(all, found)
			}
		}
	})
	return all
}

func eachComment(f *ast.File, visit func(*ast.CommentGroup, *ast.Comment)) {
	for _, group := range f.Comments {
		for _, c := range group.List {
			visit(group, c)
		}
	}
}

// hasTag reports whether a struct field in the file has a jobs tag.
func hasTag(f *ast.File) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok && field.Tag != nil {
			found = found || strings.Contains(field.Tag.Value, directive.Tool+`:`)
		}
		return !found
	})
	return found
}
