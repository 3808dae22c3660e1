package gosource

import (
	"go/ast"
	"iter"
)

// TaggedFields yields the struct fields of a file that have a tag.
func TaggedFields(f *ast.File) iter.Seq[*ast.Field] {
	return func(yield func(*ast.Field) bool) {
		for n := range ast.Preorder(f) {
			if field, ok := n.(*ast.Field); ok && field.Tag != nil && !yield(field) {
				return
			}
		}
	}
}
