package jobs

import (
	"encoding"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// EventBridge takes entries of at most 256 KB (API_PutEvents), and those of AWS
// have few levels. A larger event is hostile, and its fault need not be told so
// exactly: locate reads what is below a value once more at every level.
const (
	maxLocate = 1 << 20 // bytes
	maxDepth  = 32      // levels
)

// locate returns the path of the first value, as deep as it goes, that makes
// decoding raw into a t fail: "detail.items[2].price". encoding/json says it for
// a value of the wrong kind only, without indexes and keys, and not at all where
// a type's own unmarshaler refuses. It runs after a failure, so it may take its
// time.
func locate(raw json.RawMessage, t reflect.Type, depth int) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if depth == 0 || readsItself(t) {
		return ""
	}
	switch t.Kind() {
	case reflect.Struct:
		return locateField(raw, t, depth-1)
	case reflect.Slice, reflect.Array:
		return locateElement(raw, t.Elem(), depth-1)
	case reflect.Map:
		return locateKey(raw, t.Elem(), depth-1)
	}
	return ""
}

func readsItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Unmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

func locateField(raw json.RawMessage, t reflect.Type, depth int) string {
	values, keys := members(raw)
	for _, field := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = field.Name
		}
		for _, key := range keys {
			if field.IsExported() && strings.EqualFold(key, name) && !fits(values[key], field.Type) {
				return join(key, locate(values[key], field.Type, depth))
			}
		}
	}
	return ""
}

func locateElement(raw json.RawMessage, elem reflect.Type, depth int) string {
	var values []json.RawMessage
	// What isn't an array has no elements: the fault is its own.
	_ = json.Unmarshal(raw, &values)
	for i, value := range values {
		if !fits(value, elem) {
			return join("["+strconv.Itoa(i)+"]", locate(value, elem, depth))
		}
	}
	return ""
}

func locateKey(raw json.RawMessage, elem reflect.Type, depth int) string {
	values, keys := members(raw)
	for _, key := range keys {
		if !fits(values[key], elem) {
			return join(key, locate(values[key], elem, depth))
		}
	}
	return ""
}

// members returns an object's values and its keys in order; what isn't an
// object has none.
func members(raw json.RawMessage) (map[string]json.RawMessage, []string) {
	var values map[string]json.RawMessage
	_ = json.Unmarshal(raw, &values)
	return values, slices.Sorted(maps.Keys(values))
}

func fits(raw json.RawMessage, t reflect.Type) bool {
	return json.Unmarshal(raw, reflect.New(t).Interface()) == nil
}

func join(head, tail string) string {
	if tail == "" || strings.HasPrefix(tail, "[") {
		return head + tail
	}
	return head + "." + tail
}
