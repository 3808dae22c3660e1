package parse

import (
	"go/types"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gosource"
)

// receiverType is the declared type of a job's receiver, seen through pointers
// and aliases. The result is nil if no receiver of that type could be held, or
// no method declared on it, which is reported.
func (p *packageParser) receiverType(h *attach.Declaration) *types.TypeName {
	named := p.receiverNamed(h)
	_, generic := gosource.Receiver(h.Func)
	switch {
	case generic || named != nil && named.TypeArgs().Len()+named.TypeParams().Len() > 0:
		p.diags.Report(diag.HandlerGeneric, h.Pos, "%s has a generic receiver; a job's receiver is one type: put the job on a type without parameters that embeds it", h.Name)
		return nil
	case h.Func.Type.TypeParams != nil:
		p.diags.Report(diag.HandlerGeneric, h.Pos, "%s has type parameters, and an event doesn't say which types they are: a job can't be generic; write a method without type parameters that calls it", h.Name)
		return nil
	case named == nil || named.Obj().Pkg() != p.pkg.Types || !canHaveMethods(named):
		p.diags.Report(diag.GoType, h.Pos, "%s can't be declared: its receiver is no type of this package that has methods (go vet says the same)", h.Name)
		return nil
	case h.Func.Name.Name == "_":
		p.diags.Report(diag.HandlerSignature, h.Pos, "a method called _ can't be called; give the job a name")
		return nil
	}
	return named.Obj()
}

// receiverNamed returns the receiver's type, nil if it has no name.
func (p *packageParser) receiverNamed(h *attach.Declaration) *types.Named {
	fn, ok := p.pkg.TypesInfo.Defs[h.Func.Name].(*types.Func)
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
