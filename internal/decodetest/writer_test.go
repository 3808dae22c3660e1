package decodetest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"time"
)

// writer writes random JSON for a type. The share wrong of all values is invalid or
// unusual.
type writer struct {
	*rand.Rand
	wrong float64
}

func (w *writer) slips() bool { return w.Float64() < w.wrong }

func (w *writer) pick(of ...string) string { return of[w.IntN(len(of))] }

// right writes a value for a type, at most depth levels deep.
func (w *writer) right(t reflect.Type, depth int) string {
	if w.slips() {
		return w.pick(`null`, `1`, `-1`, `1e3`, `300`, `1.5`, `"x"`, `""`, `true`, `[]`, `{}`, `[1,"a"]`, `{"a":1}`, `"\u00e4\n"`, "\"\xff\"", `[[]]`)
	}
	switch t {
	case reflect.TypeFor[time.Time]():
		return w.pick(`"2026-01-02T03:04:05Z"`, `"2026-01-02T03:04:05.678+02:00"`)
	case reflect.TypeFor[json.RawMessage](), reflect.TypeFor[any](), reflect.TypeFor[Own]():
		return w.pick(`{"x":[1, 2]}`, `3`, `"y"`, `null`)
	case reflect.TypeFor[json.Number]():
		return w.pick(`1`, `2.50`)
	case reflect.TypeFor[[]byte](), reflect.TypeFor[[]Num]():
		return w.pick(`"YWJj"`, `[1,2]`)
	}
	switch t.Kind() {
	case reflect.Bool:
		return w.pick(`true`, `false`)
	case reflect.String:
		return w.pick(`"a"`, `""`, `"längere Worte"`, `"a\tb\u00e4\ud83d\ude00"`)
	case reflect.Float32, reflect.Float64:
		return w.pick(`0`, `1.5`, `-2e-3`, `100`, `3.4028234e38`)
	case reflect.Func, reflect.Interface:
		return `null`
	case reflect.Pointer:
		if depth == 0 || w.IntN(8) == 0 {
			return `null`
		}
		return w.right(t.Elem(), depth)
	case reflect.Slice, reflect.Array:
		return w.list(t, depth)
	case reflect.Map:
		return w.object(t, depth)
	case reflect.Struct:
		return w.struct_(t, depth)
	}
	return fmt.Sprint(w.IntN(128))
}

func (w *writer) list(t reflect.Type, depth int) string {
	if depth == 0 {
		return `[]`
	}
	items := make([]string, w.IntN(4))
	for i := range items {
		items[i] = w.right(t.Elem(), depth-1)
	}
	return "[" + strings.Join(items, w.pick(",", " , ")) + "]"
}

func (w *writer) object(t reflect.Type, depth int) string {
	if depth == 0 {
		return `{}`
	}
	members := make([]string, w.IntN(4))
	for i := range members {
		members[i] = w.pick(`"1"`, `"2"`, `"3"`) + ":" + w.right(t.Elem(), depth-1)
	}
	return "{" + strings.Join(members, ",") + "}"
}

// struct_ writes some of a struct's fields, and others.
func (w *writer) struct_(t reflect.Type, depth int) string {
	var members []string
	for _, f := range reflect.VisibleFields(t) {
		for range w.times(depth) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" {
				name = f.Name
			}
			value := w.right(f.Type, depth-1)
			if strings.HasSuffix(f.Tag.Get("json"), ",string") {
				value = fmt.Sprintf("%q", value)
			}
			members = append(members, w.key(name)+":"+value)
		}
	}
	if w.IntN(4) == 0 {
		members = append(members, `"other":{"a":[1,"]",{"b":null}]}`)
	}
	if w.wrong > 0 {
		w.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	}
	return "{" + strings.Join(members, w.pick(",", ", \n")) + "}"
}

// times returns how often a field is written.
func (w *writer) times(depth int) int {
	switch {
	case depth == 0 || w.IntN(3) == 0:
		return 0
	case w.slips():
		return 2
	}
	return 1
}

// key writes a field's name, sometimes in another letter case.
func (w *writer) key(name string) string {
	if w.slips() {
		name = w.pick(strings.ToUpper(name), strings.ToLower(name), strings.ReplaceAll(name, "s", "ſ"), name+"x")
	}
	quoted, _ := json.Marshal(name) // a string can always be written
	return string(quoted)
}
