package gosource

import "go/ast"

// ReceiverName returns the name of a method's receiver type, "" if the type
// has parameters.
func ReceiverName(fn *ast.FuncDecl) string {
	name, generic := Receiver(fn)
	if generic {
		return ""
	}
	return name
}

// Receiver returns the name of a method's receiver type, "" if it has none, and
// whether the type has parameters.
func Receiver(fn *ast.FuncDecl) (name string, generic bool) {
	if len(fn.Recv.List) != 1 {
		return "", false
	}
	expr := ast.Unparen(fn.Recv.List[0].Type)
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = ast.Unparen(star.X)
	}
	switch e := expr.(type) {
	case *ast.IndexExpr:
		expr, generic = e.X, true
	case *ast.IndexListExpr:
		expr, generic = e.X, true
	}
	if ident, ok := ast.Unparen(expr).(*ast.Ident); ok {
		name = ident.Name
	}
	return name, generic
}

// MethodName returns Type.Method for messages.
func MethodName(fn *ast.FuncDecl) string {
	if r, _ := Receiver(fn); r != "" {
		return r + "." + fn.Name.Name
	}
	return fn.Name.Name
}
