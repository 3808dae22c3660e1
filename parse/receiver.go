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
func receiverType(pkg *load.Package, d *attach.Declaration, report diag.Reporter) *types.TypeName {
	named := receiverNamed(pkg, d)
	_, generic := gosource.Receiver(d.Func)
	switch {
	case generic || named != nil && named.TypeArgs().Len()+named.TypeParams().Len() > 0:
		report.Report(diag.HandlerGeneric, d.Pos, "%s has a generic receiver; a job's receiver is one type: put the job on a type without parameters that embeds it", d.Name)
		return nil
	case d.Func.Type.TypeParams != nil:
		report.Report(diag.HandlerGeneric, d.Pos, "%s has type parameters, and an event doesn't say which types they are: a job can't be generic; write a method without type parameters that calls it", d.Name)
		return nil
	case named == nil || named.Obj().Pkg() != pkg.Types || !canHaveMethods(named):
		report.Report(diag.GoType, d.Pos, "%s can't be declared: its receiver is not a type of this package that can have methods (go vet says the same)", d.Name)
		return nil
	case d.Func.Name.Name == "_":
		report.Report(diag.HandlerSignature, d.Pos, "a method called _ can't be called; give the job a name")
		return nil
	}
	return named.Obj()
}

// receiverNamed returns the receiver's type, nil if it has no name.
func receiverNamed(pkg *load.Package, d *attach.Declaration) *types.Named {
	sig := typeOf(pkg, d)
	if sig == nil || sig.Recv() == nil {
		return nil
	}
	t := types.Unalias(sig.Recv().Type())
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

// typeOf returns the type of a method, nil if it can't be declared.
func typeOf(pkg *load.Package, d *attach.Declaration) *types.Signature {
	fn, ok := pkg.TypesInfo.Defs[d.Func.Name].(*types.Func)
	if !ok {
		return nil
	}
	return fn.Signature()
}
