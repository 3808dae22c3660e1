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

// stubKind is how a stub declares the result of NewDispatcher.
type stubKind struct{ imports, dispatcher string }

var (
	runtimeStub = stubKind{"import runtime " + strconv.Quote(model.RuntimePath) + "\n\n", "*runtime.Dispatcher"}
	bareStub    = stubKind{"", "any"}
)

// stub returns the file that replaces the generated one while the package is loaded,
// so that code which uses Jobs and NewDispatcher has types even if the generated
// file is missing, old or broken. It is nil if no file of the package has directives
// in this build.
func (l *Loader) stub(d *Dir, kind stubKind) []byte {
	name, receivers := d.outline(l.matches)
	if name == "" {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\n%stype Jobs struct {\n", name, kind.imports)
	for _, r := range receivers {
		fmt.Fprintf(&b, "\t%s *%s\n", model.UpperFirst(r), r)
	}
	fmt.Fprintf(&b, "}\n\nfunc NewDispatcher(Jobs) %s { return nil }\n", kind.dispatcher)
	return []byte(b.String())
}

// matches reports whether this build has a file, as far as constraints say. The go
// command decides in the end. A file that is wrongly left out is missing in the
// stub, no more; one that is wrongly included, such as an ignored tool of package
// main, would give the stub another package's name.
func (l *Loader) matches(c *markedFile) bool {
	conditions := builds.ReadFile(c.path, c.src).Conditions()
	if conditions == nil {
		return true
	}
	build, err := l.context(filepath.Dir(c.path))
	return err == nil && build.Satisfies(conditions)
}

// outline returns the package's name and the types that have methods with
// directives, as syntax alone shows them.
func (d *Dir) outline(matches func(*markedFile) bool) (name string, receivers []string) {
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
