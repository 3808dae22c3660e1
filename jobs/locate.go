package jobs

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// EventBridge takes entries of at most 256 KB (API_PutEvents), and those of AWS
// have few levels. A larger event is hostile, and its fault need not be told so
// exactly: locate reads what is below a value once more at every level.
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
// What encoding/json makes of an object with a single member, or of a list with a
// single element, says whether that one is at fault: so only encoding/json need
// know which field a key is for.
func locate(tape *jsonscan.Tape, at int, t reflect.Type, depth int) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	kind := string(tape.Kind(at))
	if depth == 0 || kind != "{" && kind != "[" || reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return ""
	}
	closing := string(kind[0] + 2) // ASCII has it so
	if !fits(kind+closing, t) {
		return "" // it is the wrong kind
	}
	end := tape.Next(at)
	for i, n := jsonscan.First(at), 0; i < end; i, n = tape.Next(i), n+1 {
		key, before := "["+strconv.Itoa(n)+"]", kind
		if kind == "{" {
			raw := jsonOf(tape, i)
			key, before = text([]byte(raw)), kind+raw+":"
			i++
		}
		if fits(before+jsonOf(tape, i)+closing, t) {
			continue
		}
		tail := ""
		if elem := typeOf(t, key); elem != nil {
			tail = locate(tape, i, elem, depth-1)
		}
		if tail != "" && tail[0] != '[' {
			tail = "." + tail
		}
		return key + tail
	}
	return ""
}

// jsonOf is not part of locate, of which it would be much.
//
//go:noinline
func jsonOf(tape *jsonscan.Tape, i int) string { return string(tape.Raw(i)) }

// fits reports whether encoding/json can decode JSON into a t.
func fits(data string, t reflect.Type) bool {
	return json.Unmarshal([]byte(data), reflect.New(t).Interface()) == nil
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
