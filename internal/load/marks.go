package load

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/snapshot"
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

// HasDirectives reports whether a file that takes part in a build has directives.
func HasDirectives(f *snapshot.File) bool {
	c := scanFile(f.Path, f.Data)
	return c != nil && !c.isTest && !snapshot.IsHidden(f.Name()) && len(c.directives()) > 0
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
	for _, group := range c.syntax.Comments {
		if c.marks(group) {
			return true
		}
	}
	for field := range gosource.StructFields(c.syntax) {
		if field.Tag != nil && strings.Contains(field.Tag.Value, directive.Tool+":") {
			return true
		}
	}
	return false
}

// marks reports whether a comment of a group is a mark.
func (c *markedFile) marks(group *ast.CommentGroup) bool {
	return slices.ContainsFunc(group.List, func(ac *ast.Comment) bool { return len(gosource.Lines(c.fset, c.src, ac)) > 0 })
}

// directives returns the directives of the file, without lines that look like one.
func (c *markedFile) directives() []gosource.Line {
	var all []gosource.Line
	for _, group := range c.syntax.Comments {
		for _, ac := range group.List {
			all = append(all, gosource.Lines(c.fset, c.src, ac)...)
		}
	}
	return slices.DeleteFunc(all, func(found gosource.Line) bool { return found.Near != "" })
}
