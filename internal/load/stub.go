package load

import (
	"fmt"
	"go/ast"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/builds"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/model"
)

// stubKind is how a stub says what NewDispatcher returns.
type stubKind struct{ imports, dispatcher string }

var (
	runtimeStub = stubKind{"import runtime " + strconv.Quote(model.RuntimePath) + "\n\n", "*runtime.Dispatcher"}
	bareStub    = stubKind{"", "any"}
)

// stub is what stands for the generated file while the package is loaded: the
// file may be missing, stale or broken, and code that uses Jobs and
// NewDispatcher should have types all the same. It is nil if no file of the
// package has directives in this build.
func (l *Loader) stub(d *Dir, kind stubKind) []byte {
	name, receivers := d.outline(l.matches)
	if name == "" {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\n%stype Jobs struct {\n", name, kind.imports)
	for _, r := range receivers {
		fmt.Fprintf(&b, "\t%s *%s\n", model.FieldName(r), r)
	}
	fmt.Fprintf(&b, "}\n\nfunc NewDispatcher(Jobs) %s { return nil }\n", kind.dispatcher)
	return []byte(b.String())
}

// matches reports whether build constraints let a file into this build. The go
// command decides: a file that is wrongly left out costs the stub, no more. One
// that is wrongly let in, such as an ignored tool of package main, would give the
// stub another package's name.
func (l *Loader) matches(c *candidate) bool {
	conditions := builds.ReadFile(c.path, c.src).Conditions()
	if conditions == nil {
		return true
	}
	build, err := l.context(filepath.Dir(c.path))
	return err == nil && build.Satisfies(conditions)
}

// outline returns the package's name and the types that have methods with
// directives, as syntax alone shows them.
func (d *Dir) outline(matches func(*candidate) bool) (name string, receivers []string) {
	for _, f := range d.files {
		if f.isOutside() || !f.syntax.Name.NamePos.IsValid() || !matches(f) {
			continue
		}
		name = f.syntax.Name.Name
		for _, decl := range f.syntax.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || fn.Doc == nil || !f.marks(fn.Doc) {
				continue
			}
			if r := gosource.ReceiverName(fn); r != "" && !slices.Contains(receivers, r) {
				receivers = append(receivers, r)
			}
		}
	}
	return name, receivers
}

// marks reports whether a doc comment holds a directive.
func (c *candidate) marks(doc *ast.CommentGroup) bool {
	return slices.ContainsFunc(doc.List, func(ac *ast.Comment) bool { return len(gosource.Lines(c.fset, c.src, ac)) > 0 })
}
