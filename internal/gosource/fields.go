package gosource

import (
	"go/ast"
	"iter"
)

// StructFields yields the fields of all structs in a file.
func StructFields(f *ast.File) iter.Seq[*ast.Field] {
	return func(yield func(*ast.Field) bool) {
		for n := range ast.Preorder(f) {
			s, ok := n.(*ast.StructType)
			if !ok {
				continue
			}
			for _, field := range s.Fields.List {
				if !yield(field) {
					return
				}
			}
		}
	}
}
