package parse

import (
	"go/types"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/load"
)

// receiverType returns the declared type of a method's receiver, behind pointers and
// aliases. It is nil if the method can't be a job of the type, which is reported.
func receiverType(pkg *load.Package, h *attach.Declaration, report diag.Reporter) *types.TypeName {
	named := receiverNamed(pkg, h)
	_, generic := gosource.Receiver(h.Func)
	switch {
	case generic || named != nil && named.TypeArgs().Len()+named.TypeParams().Len() > 0:
		report.Report(diag.HandlerGeneric, h.Pos, "%s has a generic receiver; a job's receiver is one type: put the job on a type without parameters that embeds it", h.Name)
		return nil
	case h.Func.Type.TypeParams != nil:
		report.Report(diag.HandlerGeneric, h.Pos, "%s has type parameters, and an event doesn't say which types they are: a job can't be generic; write a method without type parameters that calls it", h.Name)
		return nil
	case named == nil || named.Obj().Pkg() != pkg.Types || !canHaveMethods(named):
		report.Report(diag.GoType, h.Pos, "%s can't be declared: its receiver is not a type of this package that can have methods (go vet says the same)", h.Name)
		return nil
	case h.Func.Name.Name == "_":
		report.Report(diag.HandlerSignature, h.Pos, "a method called _ can't be called; give the job a name")
		return nil
	}
	return named.Obj()
}

// receiverNamed returns the receiver's type, nil if it has no name.
func receiverNamed(pkg *load.Package, h *attach.Declaration) *types.Named {
	fn, ok := pkg.TypesInfo.Defs[h.Func.Name].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return nil
	}
	t := types.Unalias(fn.Signature().Recv().Type())
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	named, _ := t.(*types.Named)
	return named
}

// canHaveMethods reports whether methods can be declared on a type: pointers and
// interfaces have none but their own (Go specification, Method declarations).
func canHaveMethods(named *types.Named) bool {
	switch t := named.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return false
	case *types.Basic:
		return t.Kind() != types.Invalid
	}
	return true
}
