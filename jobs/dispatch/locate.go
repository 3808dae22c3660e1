package dispatch

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/payload"
)

// Limits of locate, which decodes a value again at every level. An event has less than
// 1 MB (API_PutEvents; asynchronous payloads of Lambda have the same limit), and AWS's
// events have few levels. For larger or deeper payloads the error is less exact.
const (
	maxLocate   = 1 << 20 // bytes
	maxDepth    = 32      // levels
	maxEmbedded = 4       // levels of embedded structs
)

// locate returns the path of the first and deepest value that makes decoding the value at
// a token into a t fail: "detail.items[2].price". encoding/json reports only the path of a
// value of the wrong kind, without indexes and keys, and no path if a type's own
// unmarshaler fails.
//
// locate decodes a part of the members or elements to find out whether one of them fails,
// so that only encoding/json decides which field a key belongs to. It cuts the part out by
// writing brackets over the bytes between values, which changes the tape's data.
func locate(tape *jsonscan.Tape, at int, t reflect.Type, depth int) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	kind := tape.Kind(at)
	if depth == 0 || kind != '{' && kind != '[' || reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return ""
	}
	closing := kind + 2 // in ASCII
	if !fits([]byte{kind, closing}, t) {
		return "" // the value has the wrong kind
	}
	keys := int(kind >> 5 & 1) // tokens before each value: 1 in an object
	end, stop := tape.Next(at), tape.Tokens[at+1].Start()-1
	for i, n := jsonscan.First(at), 0; i < end; {
		// Decode about half of the rest, but at least one. To decode each by itself
		// would take much longer.
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

// typeOf returns the type of the element or field of a t with a key, or nil if it isn't
// known.
func typeOf(t reflect.Type, key string) reflect.Type {
	switch t.Kind() {
	case reflect.Map, reflect.Slice, reflect.Array:
		return t.Elem()
	case reflect.Struct:
		return fieldType(t, []byte(key), maxEmbedded)
	}
	return nil
}

// fieldType returns the type of a struct's field for a key, which may be a field of an
// embedded struct.
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
