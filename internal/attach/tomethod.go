package attach

import (
	"fmt"
	"go/ast"
	"strings"

	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// functionOf returns the function without a receiver that a group of comments
// documents, or nil.
func functionOf(f *gosource.File, doc *ast.CommentGroup) *ast.FuncDecl {
	for _, decl := range f.Syntax.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Doc == doc && fn.Recv == nil {
			return fn
		}
	}
	return nil
}

// asMethod returns the two lines that make a function a method, with its own
// signature if that is short.
func (a *attacher) asMethod(f *gosource.File, fn *ast.FuncDecl) string {
	name, signature := fn.Name.Name, a.signatureOf(f, fn)
	if name == "main" || name == "init" || signature == "" {
		name, signature = "Run", "(ctx context.Context) error"
	}
	receiver := model.UpperFirst(strings.TrimSuffix(name, "Job")) + "Job"
	return fmt.Sprintf("`type %s struct{}` and `func (j *%[1]s) %s%s`", receiver, name, signature)
}

// maxSignature is the length of the longest signature that is quoted.
const maxSignature = 120 // bytes

// signatureOf returns a function's parameters and results as they are written. It is
// empty if the function is generic or the text is too long.
func (a *attacher) signatureOf(f *gosource.File, fn *ast.FuncDecl) string {
	from, to := gosource.Offset(f.Src, a.fset, fn.Type.Params.Pos()), gosource.Offset(f.Src, a.fset, fn.Type.End())
	if fn.Type.TypeParams != nil || to < from || to-from > maxSignature {
		return ""
	}
	return strings.Join(strings.Fields(string(f.Src[from:to])), " ")
}
