package parse

import (
	"go/types"

	"github.com/jobgen/jobgen/internal/diag"
)

// receiverType is the declared type of a job's receiver, seen through pointers
// and aliases. The result is nil if no receiver of that type could be held, or
// no method declared on it, which is reported.
func (p *packageParser) receiverType(h *holder) *types.TypeName {
	fn, ok := p.pkg.TypesInfo.Defs[h.fn.Name].(*types.Func)
	if !ok {
		p.diags.Report(diag.GoType, h.pos, "%s has no type: see what go vet says of it", h.name)
		return nil
	}
	t := types.Unalias(fn.Signature().Recv().Type())
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	named, ok := t.(*types.Named)
	if _, generic := receiver(h.fn); generic || ok && named.TypeArgs().Len()+named.TypeParams().Len() > 0 {
		p.diags.Report(diag.HandlerGeneric, h.pos, "%s has a generic receiver; a job's receiver is one type: put the job on a type without parameters that embeds it", h.name)
		return nil
	}
	if !ok || named.Obj().Pkg() != p.pkg.Types || !canHaveMethods(named) {
		p.diags.Report(diag.GoType, h.pos, "%s can't be declared: its receiver is no type of this package that has methods (go vet says the same)", h.name)
		return nil
	}
	return named.Obj()
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
