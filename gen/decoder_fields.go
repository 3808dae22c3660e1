package gen

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/model"
)

// jsonField is a field of a struct as encoding/json sees it.
type jsonField struct {
	name   string // the key
	path   string // from the struct: "Base.ID"
	typ    *model.Type
	tagged bool
	index  []int // of each field on the path
}

// fieldReader finds a struct's fields as encoding/json does. The fields of embedded
// structs are promoted. Of several fields with one name the least nested counts, and
// among these the one with a tag; if two are left, none counts.
type fieldReader struct {
	decoders *decoders
	fields   []jsonField
	visited  map[*model.Type]bool
	// unfit says that encoding/json must decode the struct.
	unfit bool
}

// level is an embedded struct to look into.
type level struct {
	path  string
	index []int
	typ   *model.Type // a struct, the same for all its names
	again bool        // the struct is embedded more than once at its depth
}

// jsonFields returns the fields of a struct, in their order. It returns false if
// encoding/json must decode the struct.
func (d *decoders) jsonFields(t *model.Type) (fields []jsonField, ok bool) {
	r := &fieldReader{decoders: d, visited: map[*model.Type]bool{}}
	levels := []level{{typ: t}}
	for len(levels) > 0 {
		var next []level
		for _, l := range levels {
			if !r.visited[l.typ] {
				r.visited[l.typ] = true
				next = r.readStruct(l, next)
			}
		}
		levels = next
	}
	return dominant(r.fields), !r.unfit
}

// readStruct reads the fields of a struct and adds the structs that it embeds to next.
func (r *fieldReader) readStruct(l level, next []level) []level {
	for i, f := range l.typ.Fields {
		if f.Embedded && !r.embeds(f) || !f.Embedded && !exported(f.Name) {
			continue
		}
		tag := reflect.StructTag(f.Tag).Get("json")
		if tag == "-" {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		if name != "" && !validName(name) || !haveNoEffect(options) || f.Type.Promotes {
			r.unfit = true
		}
		field := jsonField{name: cmp.Or(name, f.Name), path: l.path + f.Name, typ: f.Type, tagged: name != "", index: slices.Concat(l.index, []int{i})}
		if inner := r.decoders.structOf(f.Type); f.Embedded && name == "" && inner != nil {
			next = embed(next, level{path: field.path + ".", index: field.index, typ: inner})
			continue
		}
		r.fields = append(r.fields, field)
		if l.again {
			r.fields = append(r.fields, field)
		}
	}
	return next
}

// embeds reports whether an embedded field counts. If its type is a pointer or an alias
// of one, or may decode itself, encoding/json must decode the struct.
func (r *fieldReader) embeds(f model.Field) bool {
	under := r.decoders.d.p.Types[typeName(f.Type)]
	if f.Type.Kind != model.Named || f.Type.Path != "" && (under == nil || under.Kind == model.Pointer) {
		r.unfit = true
		return false
	}
	return exported(f.Name) || r.decoders.structOf(f.Type) != nil
}

// embed adds a struct to look into. A struct that is embedded twice counts twice.
func embed(next []level, l level) []level {
	for i := range next {
		if next[i].typ == l.typ {
			next[i].again = true
			return next
		}
	}
	return append(next, l)
}

// dominant returns, of the fields with one name, the one that counts, if any.
func dominant(fields []jsonField) []jsonField {
	byName := map[string][]jsonField{}
	for _, f := range fields {
		byName[f.name] = append(byName[f.name], f)
	}
	var left []jsonField
	for _, same := range byName {
		slices.SortStableFunc(same, func(a, b jsonField) int { return a.rank() - b.rank() })
		if len(same) == 1 || same[0].rank() != same[1].rank() {
			left = append(left, same[0])
		}
	}
	slices.SortFunc(left, func(a, b jsonField) int { return slices.Compare(a.index, b.index) })
	return left
}

// rank orders the fields with one name: the one with the lowest rank counts.
func (f jsonField) rank() int {
	if f.tagged {
		return 2 * len(f.index)
	}
	return 2*len(f.index) + 1
}

func exported(name string) bool {
	for _, r := range name {
		return unicode.IsUpper(r)
	}
	return false
}

// haveNoEffect reports whether a tag's options have no effect on decoding in any version
// of Go. The generated file must decode as the encoding/json that it is compiled with, so
// it leaves a struct with other options to encoding/json.
func haveNoEffect(options string) bool {
	for option := range strings.SplitSeq(options, ",") {
		if option != "" && option != "omitempty" && option != "omitzero" {
			return false
		}
	}
	return true
}

// validName reports whether encoding/json takes the name in a tag, in every version
// of Go.
func validName(name string) bool {
	for _, r := range name {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return name != ""
}

func typeName(t *model.Type) model.TypeName { return model.TypeName{Path: t.Path, Name: t.Name} }
