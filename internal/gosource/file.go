package gosource

import "go/ast"

// File is a file of a loaded package.
type File struct {
	Path   string
	Syntax *ast.File
	Src    []byte
}
