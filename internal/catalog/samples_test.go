package catalog

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// sampleEvents reads the fields of the sample events that AWS publishes.
func sampleEvents(t *testing.T) []*schema.Source {
	t.Helper()
	text, err := os.ReadFile("data/samples.txt")
	if err != nil {
		t.Fatal(err)
	}
	sources, err := schema.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

// TestSamplesAreKnown checks that each field of AWS's sample events is known, with each kind
// that it has there.
func TestSamplesAreKnown(t *testing.T) {
	events := 0
	for _, s := range sampleEvents(t) {
		for _, e := range s.Events {
			events++
			known, ok := Lookup(s.Name, e.DetailType)
			if !ok {
				t.Errorf("%s %q is unknown", s.Name, e.DetailType)
				continue
			}
			checkSample(t, s.Name+" "+e.DetailType, known.Detail, e.Detail)
		}
	}
	if events < 270 {
		t.Errorf("there are %d sample events; at least 270 should be checked", events)
	}
}

// checkSample compares the known fields of an object with those of a sample.
func checkSample(t *testing.T, path string, known, sample *Field) {
	known, sample = Element(known), Element(sample)
	for _, f := range sample.Fields {
		at := path + "." + f.Name
		same := known.Field(f.Name)
		if same == nil {
			same = known.Elem // the values of a map
		}
		switch {
		case same == nil && known.Kind == Any:
		case same == nil:
			t.Errorf("%s is unknown", at)
		case f.Kind != Any && same.Kind&f.Kind != f.Kind:
			t.Errorf("%s is %s, and %s in AWS's sample", at, same.Kind, f.Kind)
		case f.Null && !same.Null:
			t.Errorf("%s isn't null, as in AWS's sample", at)
		default:
			checkSample(t, at, same, f)
		}
	}
}

// TestGoTypesDecodeSamples decodes AWS's sample events, with made-up values, into the types
// that `jobgen events -go` writes. Where a field has several kinds, each is decoded.
func TestGoTypesDecodeSamples(t *testing.T) {
	for _, s := range sampleEvents(t) {
		for _, e := range s.Events {
			src, ok := goType(s.Name, e.DetailType, "Detail")
			if !ok {
				t.Errorf("%s %q has no Go type", s.Name, e.DetailType)
				continue
			}
			typ := typesOf(t, src)("Detail")
			for choice := range 3 {
				data, err := json.Marshal(valueOf(e.Detail, choice))
				if err != nil {
					t.Fatal(err)
				}
				if err := json.Unmarshal(data, reflect.New(typ).Interface()); err != nil {
					t.Errorf("%s %q: %v\n%s\n%s", s.Name, e.DetailType, err, data, src)
					break
				}
			}
		}
	}
}

// valueOf makes a value of a field's kind. If the field has several kinds, choice selects one.
// If the kind is unknown, as for the elements of an empty list, the value is null.
func valueOf(f *Field, choice int) any {
	if f.Kind == Any {
		return nil
	}
	kinds := slices.DeleteFunc([]Kind{String, Number, Boolean, Object, Array, 0}, func(k Kind) bool {
		if k == 0 {
			return !f.Null
		}
		return f.Kind&k == 0
	})
	if len(kinds) == 0 {
		return 1 // an integer
	}
	switch kinds[choice%len(kinds)] {
	case String:
		return "text"
	case Number:
		return 1
	case Boolean:
		return true
	case Array:
		if f.Elem == nil {
			return []any{}
		}
		return []any{valueOf(f.Elem, choice)}
	case Object:
		object := map[string]any{}
		for _, inner := range f.Fields {
			object[inner.Name] = valueOf(inner, choice)
		}
		if f.Elem != nil {
			object["key"] = valueOf(f.Elem, choice)
		}
		return object
	}
	return nil
}

// typesOf returns a function that gives the type of a name which Go source declares.
func typesOf(t *testing.T, src string) func(name string) reflect.Type {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package p\n"+src, 0)
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]ast.Expr{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok {
			declared[spec.Name.Name] = spec.Type
		}
		return true
	})
	var typeOf func(ast.Expr) reflect.Type
	typeOf = func(e ast.Expr) reflect.Type {
		switch e := e.(type) {
		case *ast.ArrayType:
			return reflect.SliceOf(typeOf(e.Elt))
		case *ast.MapType:
			return reflect.MapOf(typeOf(e.Key), typeOf(e.Value))
		case *ast.SelectorExpr:
			return reflect.TypeFor[json.RawMessage]()
		case *ast.StructType:
			var fields []reflect.StructField
			for _, f := range e.Fields.List {
				tag, _ := strconv.Unquote(f.Tag.Value)
				fields = append(fields, reflect.StructField{Name: f.Names[0].Name, Type: typeOf(f.Type), Tag: reflect.StructTag(tag)})
			}
			return reflect.StructOf(fields)
		case *ast.Ident:
			if basic, ok := basicTypes[e.Name]; ok {
				return basic
			}
			return typeOf(declared[e.Name])
		}
		t.Fatalf("%T in\n%s", e, src)
		return nil
	}
	return func(name string) reflect.Type { return typeOf(declared[name]) }
}

var basicTypes = map[string]reflect.Type{
	"string": reflect.TypeFor[string](), "float64": reflect.TypeFor[float64](),
	"int64": reflect.TypeFor[int64](), "bool": reflect.TypeFor[bool](),
}
