package gotypes

import (
	"encoding/json"
	"fmt"
	"go/token"
	"go/types"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/go/packages"
)

// tagPieces are what random tags are put together from.
var tagPieces = []string{
	",", ",", ",", ":", "a", "Bc", "b c", "é", "_x", "1", "-", "💥", "€", "\x01", "\xff", `"`, `\`, "'", "'q'", " ", "`",
	"string", "embed", "case", "case:strict", "case:ignore", "format", "format:x", "format:'y,z'", "format:''", "omitempty", "omitzero", "String",
}

func randomTag(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(6) {
		b.WriteString(tagPieces[r.IntN(len(tagPieces))])
	}
	return b.String()
}

// tagShapes are the types of the field that the tag is on, as reflect and go/types
// see them.
var tagShapes = []struct {
	name    string
	reflect reflect.Type
	types   types.Type
}{
	{"int", reflect.TypeFor[int](), types.Typ[types.Int]},
	{"struct", reflect.TypeFor[struct{ In int }](), inStruct},
	{"pointer", reflect.TypeFor[*struct{ In int }](), types.NewPointer(inStruct)},
	{"map", reflect.TypeFor[map[string]int](), types.NewMap(types.Typ[types.String], types.Typ[types.Int])},
	{"int map", reflect.TypeFor[map[int]int](), types.NewMap(types.Typ[types.Int], types.Typ[types.Int])},
}

var inStruct = types.NewStruct([]*types.Var{types.NewField(token.NoPos, nil, "In", types.Typ[types.Int], false)}, nil)

// TestTagsAreReadAsEncodingJSONReadsThem holds random tags against the encoding/json
// that this test is compiled with, so it says something about each Go it runs on.
func TestTagsAreReadAsEncodingJSONReadsThem(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 27))
	for i := range 5_000 {
		tag, shape := randomTag(r), tagShapes[i%len(tagShapes)]
		raw := "json:" + strconv.Quote(tag)
		field := types.NewField(token.NoPos, nil, "Field", shape.types, false)
		fields, others := testJSON.fields(types.NewStruct([]*types.Var{field}, []string{raw}))
		typ := reflect.StructOf([]reflect.StructField{{Name: "Field", Type: shape.reflect, Tag: reflect.StructTag(raw)}})
		if got, want := readTag(fields, others), observedTag(t, typ); got != want {
			t.Errorf("%s, tag %q:\nread     %+v\nobserved %+v", shape.name, tag, got, want)
		}
	}
}

// tagMeaning is what a tag on the only field of a struct makes of it.
type tagMeaning struct {
	names                   string
	strict, quoted, refused bool
	others                  bool
}

func readTag(fields []jsonField, others types.Type) tagMeaning {
	m := tagMeaning{others: others != nil}
	for _, f := range fields {
		m.names += f.name
		_, scalar := f.field.Type().(*types.Basic)
		m.strict, m.quoted, m.refused = m.strict || f.strict, m.quoted || f.quoted && scalar, m.refused || f.format
	}
	m.strict = m.strict && otherCase(m.names) != m.names
	if m.refused {
		return tagMeaning{refused: true}
	}
	return m
}

// observedTag is what encoding/json does with a struct of one field.
func observedTag(t *testing.T, typ reflect.Type) tagMeaning {
	t.Helper()
	v := reflect.New(typ)
	value := map[reflect.Kind]string{reflect.Int: "5", reflect.Struct: `{"In":5}`, reflect.Pointer: `{"In":5}`, reflect.Map: `{"5":5}`}[typ.Field(0).Type.Kind()]
	if err := json.Unmarshal([]byte(value), v.Elem().Field(0).Addr().Interface()); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v.Interface())
	if err != nil {
		return tagMeaning{refused: true}
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatal(err)
	}
	var m tagMeaning
	for name, value := range members {
		if name == "5" && typ.Field(0).Type.Kind() == reflect.Map {
			m.others = true
			continue
		}
		m.names += name
		m.quoted = value[0] == '"'
		if swapped := otherCase(name); swapped != name {
			into := reflect.New(typ)
			key, _ := json.Marshal(swapped)
			if err := json.Unmarshal(fmt.Appendf(nil, "{%s:%s}", key, value), into.Interface()); err != nil {
				t.Fatal(err)
			}
			m.strict = into.Elem().IsZero()
		}
	}
	return m
}

// otherCase gives a name in another letter case.
func otherCase(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, name)
}

// TestJSONNumbersAreReadAsEncodingJSONReadsThem holds texts where numbers are
// wanted against the encoding/json that this test is compiled with.
func TestJSONNumbersAreReadAsEncodingJSONReadsThem(t *testing.T) {
	texts := []string{
		"", "null", "1 ", " 1", "1.", "0x10", "0x1p4", "01", "-", "+1", "1e5", "1E+5", "-0", "NaN", "Inf", "1_0", `""`, `"1"`, "true",
		"-1.5e-3", ".5", "1e", "٣", "128", "-129", "1e400", "5.0", "9223372036854775808", "-1", "null ", "Null", "--1", "1-",
	}
	g := NewShapes(NewFieldReader(&packages.Package{Fset: token.NewFileSet()}, nil, testJSON, nil))
	for _, field := range []struct {
		name  string
		value any
		reads func(string) bool
	}{
		{"json.Number", new(struct{ F json.Number }), isJSONNumber},
		{"json.Number,string", new(struct {
			F json.Number `json:",string"`
		}), func(text string) bool { return testJSON.unquotes(text, nil) }},
		{"int8,string", new(struct {
			F int8 `json:",string"`
		}), g.quoted(g.Of(types.Typ[types.Int8])).Written},
		{"uint,string", new(struct {
			F uint `json:",string"`
		}), g.quoted(g.Of(types.Typ[types.Uint])).Written},
		{"float64,string", new(struct {
			F float64 `json:",string"`
		}), g.quoted(g.Of(types.Typ[types.Float64])).Written},
		{"float32,string", new(struct {
			F float32 `json:",string"`
		}), g.quoted(g.Of(types.Typ[types.Float32])).Written},
	} {
		for _, text := range texts {
			want := json.Unmarshal([]byte(`{"F":`+strconv.Quote(text)+`}`), field.value) == nil
			classicAny := strings.HasPrefix(field.name, "json.Number,") && !testJSON.modern()
			if got := field.reads(text); got != want && !(classicAny && got) {
				t.Errorf("%s: the text %q is taken for one that can be decoded: %t, and encoding/json says %t", field.name, text, got, want)
			}
		}
	}
}
