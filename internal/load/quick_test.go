package load

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// quickFiles are two packages to load, first and third, with one between them that is not.
var quickFiles = map[string]string{
	"first/first.go": `package first

import (
	"fmt"
	"net/url"
	str "strings"
	"time"
)

type Kind string

const Paid Kind = "paid"

type Order struct {
	Kind Kind
	At   time.Time
}

func (o *Order) Text() string {
	_ = url.URL{}
	return fmt.Sprint(o, str.ToUpper("x"))
}
`,
	"second/second.go": "package second\n\nimport \"example.com/app/first\"\n\ntype Page[T any] struct {\n\tItems []T\n\tLast  first.Order\n}\n",
	"third/third.go": `package third

import (
	. "example.com/app/first"
	"example.com/app/second"
)

type Orders = second.Page[*Order]

func Same(o Orders) Order { return o.Last }
`,
}

// TestQuickLoad checks that quickLoad and the packages library load the same.
func TestQuickLoad(t *testing.T) {
	t.Parallel()
	dir := testmodule.New(t).Dir(t, quickFiles)
	l, cfg, paths := loaderOf(t, dir)
	quick, ok := l.quickLoad(cfg, newSourceParser(l.Sources, overlay{}), paths)
	if !ok {
		t.Fatal("the packages are left to the library")
	}
	source := newSourceParser(l.Sources, overlay{})
	cfg.Fset, cfg.ParseFile = source.fset, source.parse
	library, err := packages.Load(cfg, paths...)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(describe(library), describe(quick)); diff != "" {
		t.Errorf("quickLoad differs from the library:\n%s", diff)
	}
	if quick[1].Imports[testmodule.Path+"/first"] != quick[0] {
		t.Error("the imported package is not the one that was asked for")
	}
}

// TestQuickLoadLeavesErrors checks that packages with errors are left to the library, except
// those that only the compiler finds in a package that is read from source.
func TestQuickLoadLeavesErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		file, from, to string
		want           bool
	}{
		"type error":        {"third/third.go", "return o.Last", "return missing", true},
		"type error below":  {"second/second.go", "first.Order", "first.Missing", false},
		"missing package":   {"third/third.go", "app/second", "app/missing", false},
		"no package clause": {"first/first.go", "package first", "", false},
		"cgo":               {"first/first.go", `"fmt"`, `"fmt"` + "\n\t\"C\"", false},
		"other build":       {"first/first.go", "package first", "//go:build windows\n\npackage first", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := maps.Clone(quickFiles)
			files[test.file] = strings.Replace(files[test.file], test.from, test.to, 1)
			l, cfg, paths := loaderOf(t, testmodule.New(t).Dir(t, files))
			if _, ok := l.quickLoad(cfg, newSourceParser(l.Sources, overlay{}), paths); ok != test.want {
				t.Errorf("quickLoad loads the packages: %t, want %t", ok, test.want)
			}
		})
	}
}

func loaderOf(t *testing.T, dir string) (l *Loader, cfg *packages.Config, paths []string) {
	t.Helper()
	l = New(t.Context(), "")
	for _, name := range []string{"first", "third"} {
		path := dir + "/" + name
		if _, err := l.Sources.Dir(path); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	cfg = l.config(dir, loadMode)
	cfg.Env = append(cfg.Env, testmodule.New(t).Env()...)
	return l, cfg, paths
}

// describe describes packages: what a run reads of them.
func describe(loaded []*packages.Package) []string {
	var all []string
	for _, p := range loaded {
		all = append(all, fmt.Sprintf("%s %s %s %v %v %v", p.PkgPath, p.Name, p.Dir, p.GoFiles, p.CompiledGoFiles, *p.Module))
		all = append(all, slices.Sorted(maps.Keys(p.Imports))...)
		for _, name := range p.Types.Scope().Names() {
			object := p.Types.Scope().Lookup(name)
			all = append(all, fmt.Sprint(types.ObjectString(object, nil), p.Fset.Position(object.Pos())))
			for method := range types.NewMethodSet(types.NewPointer(object.Type())).Methods() {
				all = append(all, method.String())
			}
		}
	}
	return all
}
