package gotypes

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"testing"
)

// The types below are read twice: by encoding/json, and by jsonFields from this
// file's own source.
type (
	jsonPlain struct {
		A       string
		B       string `json:"b"`
		C       string `json:"-"`
		D       string `json:"-,"`
		E       string `json:",omitzero"`
		F       string `json:"f g"`
		G       string `json:"g\"h"`
		H       string `json:"$%-/<>"`
		Ü       string
		I       string `json:"ünï"`
		private string
	}
	jsonBase struct {
		One  int `json:"one"`
		Both int `json:"both"`
	}
	jsonOther struct {
		Two  int `json:"two"`
		Both int `json:"both"`
	}
	jsonHidden struct{ Depth int }
	jsonText   string

	jsonEmbeds struct {
		jsonBase
		*jsonOther
		jsonHidden
	}
	jsonShadows struct {
		jsonBase
		One string `json:"one"`
	}
	jsonTaggedWins struct {
		Left  struct{ X int }
		X     int
		Other int `json:"X"`
	}
	jsonNamed struct {
		jsonBase  `json:"base"`
		jsonOther `json:",omitempty"`
	}
	jsonExported struct {
		JSONBase
		JSONText
	}
	JSONBase = jsonBase
	JSONText string

	jsonA       struct{ jsonBase }
	jsonB       struct{ jsonBase }
	jsonDiamond struct {
		jsonA
		jsonB
	}
	jsonDeep struct {
		jsonDiamond
		jsonOther
	}
	jsonUnexportedText struct {
		jsonText
		Z int
	}

	jsonRoof    struct{ jsonHidden }
	JSONRoof    = jsonRoof
	jsonLeft    struct{ jsonRoof }
	jsonRight   struct{ jsonRoof }
	jsonCorners struct {
		jsonLeft
		jsonRight
	}
	jsonTwice struct {
		jsonRoof
		JSONRoof
	}
	jsonSameTwice struct {
		JSONPlain
		JSONPlainToo
	}
	JSONPlain    = struct{ A int }
	JSONPlainToo = struct{ A int }
	JSONPointer  = *jsonHidden
	jsonPointer  struct{ JSONPointer }
)

// TestJSONFieldsAreEncodingJSONs holds the fields that are read from types
// against those that encoding/json writes.
func TestJSONFieldsAreEncodingJSONs(t *testing.T) {
	scope := ownTypes(t)
	for _, v := range []any{
		jsonPlain{}, jsonBase{}, jsonEmbeds{jsonOther: &jsonOther{}}, jsonShadows{}, jsonTaggedWins{}, jsonNamed{},
		jsonExported{}, jsonDiamond{}, jsonDeep{}, jsonUnexportedText{},
		jsonCorners{}, jsonTwice{}, jsonSameTwice{}, jsonPointer{JSONPointer: &jsonHidden{}},
	} {
		name := reflect.TypeOf(v).Name()
		t.Run(name, func(t *testing.T) {
			var got []string
			fields, _ := testJSON.fields(scope.Lookup(name).Type().Underlying().(*types.Struct))
			for _, f := range fields {
				got = append(got, f.name)
			}
			slices.Sort(got)
			if want := jsonKeys(t, v); !slices.Equal(got, want) {
				t.Errorf("jsonFields reads %q, encoding/json writes %q", got, want)
			}
		})
	}
}

// testJSON are the rules of the encoding/json that the tests are compiled with.
var testJSON = NewJSONRules(func() bool { return reflect.TypeFor[json.RawMessage]().PkgPath() != "encoding/json" })

// jsonKeys returns the names under which encoding/json writes a value's fields.
func jsonKeys(t *testing.T, v any) []string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]any{}
	if err := json.Unmarshal(data, &fields); err != nil {
		t.Fatal(err)
	}
	if _, ok := v.(jsonPlain); ok {
		fields["E"] = "" // left out while it is zero
	}
	return slices.Sorted(maps.Keys(fields))
}

// ownTypes type-checks this file's declarations.
func ownTypes(t *testing.T) *types.Scope {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "jsonfields_test.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	// The imports aren't needed, so that they can't be resolved doesn't matter.
	conf := types.Config{Error: func(error) {}, IgnoreFuncBodies: true}
	pkg, _ := conf.Check("parse", fset, []*ast.File{file}, nil)
	return pkg.Scope()
}
