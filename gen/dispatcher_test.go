package gen_test

import (
	"cmp"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/model"
)

// dispatcherModel is a package with one job, which tests change.
func dispatcherModel() *model.Package {
	recv := &model.Receiver{Type: "Job", Field: "Job"}
	job := &model.Job{Receiver: recv, Method: "Run", Signature: model.Signature{Pointer: true}}
	job.Rules = []*model.Rule{{ID: "JobRun", Job: job, Pattern: sourcePattern("my.app")}}
	recv.Jobs = []*model.Job{job}
	return &model.Package{
		Path: "example.com/app", Name: "app", Layout: model.PerMethod, Receivers: []*model.Receiver{recv},
		Imports: model.Imports{Names: map[string]string{}, Taken: map[string]bool{"Job": true}},
	}
}

func sourcePattern(value string) *model.Value {
	return model.ObjectValue(model.ValueField{Key: "source", Value: model.ListValue(model.StringValue(value))})
}

// dispatcher generates, and checks that the file is Go as gofmt has it.
func dispatcher(t *testing.T, p *model.Package) (string, *ast.File) {
	t.Helper()
	src, err := gen.Dispatcher(p)
	if err != nil {
		t.Fatal(err)
	}
	formatted, err := format.Source(src)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	if string(formatted) != string(src) {
		t.Errorf("the file is not as gofmt has it:\n%s", src)
	}
	f, err := parser.ParseFile(token.NewFileSet(), model.DispatcherFile, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return string(src), f
}

func TestDispatcherHeader(t *testing.T) {
	src, f := dispatcher(t, dispatcherModel())
	if !strings.HasPrefix(src, "// "+model.Header+"\n") || !ast.IsGenerated(f) {
		t.Errorf("the file does not begin with the header:\n%.200s", src)
	}
}

// TestDispatcherKeepsStrings writes patterns and tags with characters that Go's literals
// escape.
func TestDispatcherKeepsStrings(t *testing.T) {
	for _, value := range []string{"plain", "back`quote", "a\nb", "a\rb", "\ufeff", `\u0041 \ "`, "é <&>", "$${x}"} {
		p := dispatcherModel()
		p.Receivers[0].Jobs[0].Rules[0].Pattern = sourcePattern(value)
		_, f := dispatcher(t, p)
		want := p.Receivers[0].Jobs[0].Rules[0].Pattern.JSON(func(text model.Text) string { s, _ := text.Plain(); return s })
		if !hasLiteral(t, f, want) {
			t.Errorf("the pattern of %q is not in the file", value)
		}
	}
}

func hasLiteral(t *testing.T, f *ast.File, want string) bool {
	t.Helper()
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			found = found || s == want
		}
		return true
	})
	return found
}

// TestDispatcherImports gives imports their real names, and others where the
// package has declarations of those names, or two imports have one name.
func TestDispatcherImports(t *testing.T) {
	named := func(path, name string) *model.Type { return &model.Type{Kind: model.Named, Path: path, Name: name} }
	p := dispatcherModel()
	job := p.Receivers[0].Jobs[0]
	job.Signature.Context = true
	job.Signature.Kind = model.TypedEvent
	job.Signature.Event = &model.Type{Kind: model.Named, Path: model.RuntimePath, Name: "Event", Args: []*model.Type{named("example.com/go-types", "T")}}
	job.Signature.Result = &model.Type{Kind: model.Pointer, Elem: named("example.com/v2/types", "U")}
	p.Imports.Names = map[string]string{"example.com/go-types": "types", "example.com/v2/types": "types", model.RuntimePath: "jobs"}
	p.Imports.Taken = map[string]bool{"Job": true, "jobs": true, "ctx": true, "event": true, "err": true, "j": true, "context": true}
	src, f := dispatcher(t, p)
	names := map[string]string{}
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		name := cmp.Or(p.Imports.Names[path], filepath.Base(path))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if p.Imports.Taken[name] {
			t.Errorf("%s is imported as %s, which the package declares", path, name)
		}
		if other, ok := names[name]; ok {
			t.Errorf("%s and %s are both imported as %s", path, other, name)
		}
		names[name] = path
	}
	if len(names) != 6 {
		t.Errorf("%d imports, want 6:\n%s", len(names), src)
	}
	for taken := range p.Imports.Taken {
		if strings.Contains(src, "("+taken+" ") || strings.Contains(src, ", "+taken+" ") {
			t.Errorf("a parameter is called %s, which the package declares:\n%s", taken, src)
		}
	}
}

// TestDispatcherIsTheSameEachTime generates again and again: maps have no order.
func TestDispatcherIsTheSameEachTime(t *testing.T) {
	p := dispatcherModel()
	for _, path := range []string{"a", "b", "c", "d", "e"} {
		p.Imports.Names["example.com/"+path+"/types"] = "types"
		p.Receivers[0].Jobs[0].Signature.Event = &model.Type{Kind: model.Struct, Fields: append(fields(p), model.Field{
			Name: strings.ToUpper(path), Type: &model.Type{Kind: model.Named, Path: "example.com/" + path + "/types", Name: "T"},
			Tag: `json:"` + path + `" xml:"-"`,
		})}
	}
	first, _ := dispatcher(t, p)
	for range 20 {
		if again, _ := dispatcher(t, p); again != first {
			t.Fatalf("generated otherwise:\n%s\nthan before:\n%s", again, first)
		}
	}
}

func fields(p *model.Package) []model.Field {
	if e := p.Receivers[0].Jobs[0].Signature.Event; e != nil {
		return e.Fields
	}
	return nil
}
