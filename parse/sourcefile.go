package parse

import "go/ast"

// sourceFile is a file of a package with its syntax and bytes.
type sourceFile struct {
	path   string
	syntax *ast.File
	src    []byte
}
