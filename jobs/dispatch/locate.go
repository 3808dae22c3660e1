package dispatch

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/payload"
)

// EventBridge takes entries smaller than 1 MB (API_PutEvents), and Lambda payloads of
// at most 1 MB where it is called asynchronously. AWS's own events have few levels. For
// what is larger or deeper the error is less exact: locate reads what is below a value
// once more at every level.
const (
	maxLocate   = 1 << 20 // bytes
	maxDepth    = 32      // levels
	maxEmbedded = 4       // levels of structs in each other whose fields are one object's
)

// locate returns the path of the first value, as deep as it goes, that makes
// decoding the value at a token into a t fail: "detail.items[2].price".
// encoding/json says it for a value of the wrong kind only, without indexes and
// keys, and not at all where a type's own unmarshaler refuses. It runs after a
// failure, so it may take its time.
//
// What encoding/json makes of an object with some of the members, or of a list with
// some of the elements, says whether one of those is at fault: so only
// encoding/json need know which field a key is for. Those are cut out by brackets
// that are written over what is between values: the tape's data is spoiled.
func locate(tape *jsonscan.Tape, at int, t reflect.Type, depth int) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	kind := tape.Kind(at)
	if depth == 0 || kind != '{' && kind != '[' || reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return ""
	}
	closing := kind + 2 // ASCII has it so
	if !fits([]byte{kind, closing}, t) {
		return "" // it is the wrong kind
	}
	keys := int(kind >> 5 & 1) // before each value, in an object
	end, stop := tape.Next(at), tape.Tokens[at+1].Start()-1
	for i, n := jsonscan.First(at), 0; i < end; {
		// About half of those that are left, one at least: each on its own would
		// take far longer to decode than all of them together.
		middle, count, to := tape.Next(i+keys), 0, stop
		for next := middle; next <= (i+end)/2; count++ {
			middle, next = next, tape.Next(next+keys)
		}
		if middle < end {
			to = tape.Tokens[middle].Start()
		}
		for tape.Data[to-1] == ',' || tape.Data[to-1] <= ' ' {
			to--
		}
		some := tape.Data[tape.Tokens[i].Start()-1 : to+1]
		some[0], some[len(some)-1] = kind, closing
		if fits(some, t) {
			i, n = middle, n+max(count, 1)
			continue
		}
		if middle < end {
			end, stop = middle, to
			continue
		}
		key := "[" + strconv.Itoa(n) + "]"
		if keys > 0 {
			key = payload.Text(tape.Raw(i))
		}
		tail := ""
		if elem := typeOf(t, key); elem != nil {
			tail = locate(tape, i+keys, elem, depth-1)
		}
		if tail != "" && tail[0] != '[' {
			tail = "." + tail
		}
		return key + tail
	}
	return ""
}

// fits reports whether encoding/json can decode JSON into a t.
func fits(data []byte, t reflect.Type) bool {
	return json.Unmarshal(data, reflect.New(t).Interface()) == nil
}

// typeOf returns the type of what a t has for a key; nil if that isn't known.
func typeOf(t reflect.Type, key string) reflect.Type {
	switch t.Kind() {
	case reflect.Map, reflect.Slice, reflect.Array:
		return t.Elem()
	case reflect.Struct:
		return fieldType(t, []byte(key), maxEmbedded)
	}
	return nil
}

// fieldType returns the type of the field that a struct has for a key: its own, or
// one of a struct that it embeds.
func fieldType(t reflect.Type, key []byte, depth int) (found reflect.Type) {
	for i := 0; i < t.NumField() && depth > 0; i++ {
		field := t.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			if name = field.Name; field.Anonymous && found == nil {
				if field.Type.Kind() == reflect.Pointer {
					field.Type = field.Type.Elem()
				}
				if field.Type.Kind() == reflect.Struct {
					found = fieldType(field.Type, key, depth-1)
					continue
				}
			}
		}
		if field.IsExported() && jsonscan.Folds(name, key) {
			return field.Type
		}
	}
	return found
}
