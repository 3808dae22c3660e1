package firing

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/pattern"
)

// draft is an event that is not finished. It is an example of an event, and the fields of a
// sample of the pattern replace those of the example.
type draft struct {
	pattern *pattern.Pattern
	base    map[string]any  // the example
	over    map[string]any  // the sample
	kept    map[string]bool // the paths of fields that keep the example's value
}

// complete changes the event until the pattern matches it. It reports whether that is
// possible. The event keeps as many values of the example as possible, because they are more
// realistic than those of the sample.
func (d *draft) complete() bool {
	for !d.matches() {
		if !d.dropSurplus() {
			return false
		}
	}
	d.kept = map[string]bool{}
	for _, path := range leaves(d.over, nil) {
		key := pathKey(path)
		d.kept[key] = true
		if !d.matches() {
			delete(d.kept, key)
		}
	}
	return true
}

// dropSurplus removes a field of the example that the sample doesn't have and the pattern
// doesn't allow.
func (d *draft) dropSurplus() bool {
	why, err := d.pattern.Explain(encode(d.event()))
	if err != nil {
		return false
	}
	for _, reason := range why.Reasons {
		path := strings.Split(reason.Path, ".")
		if reason.Shape != "absent" && !has(d.over, path) && remove(d.base, path) {
			return true
		}
	}
	return false
}

func (d *draft) matches() bool {
	matched, err := d.pattern.Match(encode(d.event()))
	return err == nil && matched
}

func (d *draft) event() map[string]any {
	event, _ := d.merge(d.base, d.over, nil).(map[string]any) // both are objects
	return event
}

// merge returns the value of a field that both the example and the sample have. The value of
// the sample replaces the example's, but objects are merged, and a list stays a list.
func (d *draft) merge(base, over any, path []string) any {
	if d.kept[pathKey(path)] {
		return base
	}
	switch base := base.(type) {
	case []any:
		if len(base) > 0 {
			return []any{d.merge(base[0], over, path)}
		}
		return []any{over}
	case map[string]any:
		more, ok := over.(map[string]any)
		if !ok {
			return over
		}
		joined := maps.Clone(base)
		for name, value := range more {
			if was, ok := base[name]; ok {
				value = d.merge(was, value, append(slices.Clip(path), name))
			}
			joined[name] = value
		}
		return joined
	}
	return over
}

// adopt adds fields to the example base: those that are in sample and in the example other,
// but not in base. The values are those of other. A name in other may have another letter
// case than in sample. A field of base whose name differs only in letter case is removed.
func adopt(base, other, sample any) {
	fields, ok := innermost(base).(map[string]any)
	more, ok2 := innermost(other).(map[string]any)
	wanted, ok3 := sample.(map[string]any)
	if !ok || !ok2 || !ok3 {
		return
	}
	for name, value := range wanted {
		from, ok := folded(more, name)
		if !ok {
			continue
		}
		if _, has := fields[name]; !has {
			if twin, ok := folded(fields, name); ok {
				delete(fields, twin)
			}
			fields[name] = more[from]
		}
		adopt(fields[name], more[from], value)
	}
}

// innermost returns the first element of a list, through nested lists, and any other value
// unchanged.
func innermost(value any) any {
	for {
		list, ok := value.([]any)
		if !ok || len(list) == 0 {
			return value
		}
		value = list[0]
	}
}

// folded returns the name of an object's field. The letter case may differ, but a field with
// exactly this name is preferred.
func folded(object map[string]any, name string) (string, bool) {
	if _, ok := object[name]; ok {
		return name, true
	}
	for _, other := range slices.Sorted(maps.Keys(object)) {
		if strings.EqualFold(other, name) {
			return other, true
		}
	}
	return "", false
}

// leaves returns the paths of the values in an object that are not objects, sorted.
func leaves(object map[string]any, path []string) [][]string {
	var all [][]string
	for _, name := range slices.Sorted(maps.Keys(object)) {
		at := append(slices.Clip(path), name)
		if inner, ok := object[name].(map[string]any); ok {
			all = append(all, leaves(inner, at)...)
			continue
		}
		all = append(all, at)
	}
	return all
}

// pathKey returns a path as the key of a map.
func pathKey(path []string) string { return strings.Join(path, "\x00") }

// has reports whether an object has a field.
func has(object map[string]any, path []string) bool {
	inner, ok := object[path[0]]
	if !ok || len(path) == 1 {
		return ok
	}
	fields, ok := inner.(map[string]any)
	return ok && has(fields, path[1:])
}

// remove removes a field from an object, or from the object that is the only element of a
// list. It reports whether there was such a field.
func remove(value any, path []string) bool {
	switch value := value.(type) {
	case []any:
		return len(value) == 1 && remove(value[0], path)
	case map[string]any:
		inner, ok := value[path[0]]
		if ok && len(path) == 1 {
			delete(value, path[0])
			return true
		}
		return ok && remove(inner, path[1:])
	}
	return false
}

// object decodes a JSON object. Its numbers keep their form.
func object(data []byte) map[string]any {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var fields map[string]any
	_ = dec.Decode(&fields) // samples are objects
	return fields
}

// envelope has the fields of an event in the order in which EventBridge sends them.
var envelope = []string{"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"}

// encode returns an event as indented JSON. The fields of the envelope come first.
func encode(event map[string]any) []byte {
	names := slices.DeleteFunc(slices.Clone(envelope), func(name string) bool { _, ok := event[name]; return !ok })
	for _, name := range slices.Sorted(maps.Keys(event)) {
		if !slices.Contains(envelope, name) {
			names = append(names, name)
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, name := range names {
		b.WriteString([]string{"{", ","}[min(i, 1)])
		_ = enc.Encode(name) // what was JSON can be encoded
		b.WriteByte(':')
		_ = enc.Encode(event[name])
	}
	b.WriteByte('}')
	var pretty bytes.Buffer
	_ = json.Indent(&pretty, b.Bytes(), "", "  ")
	return append(pretty.Bytes(), '\n')
}
