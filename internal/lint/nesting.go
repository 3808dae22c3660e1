package lint

import (
	"fmt"
	"slices"

	"github.com/jobgen/jobgen/internal/shape"
)

// wrongLevel looks for the field that a key names one object deeper or less deep, in exactly
// the same spelling. If there is only one, it returns the field's path, from the object at
// hand or, for a field that is less deep, from the event's top. If a path alone isn't clear,
// it returns a hint for the message instead.
func wrongLevel(lacking []origin, key string) (hint, path string) {
	if every(lacking, func(o origin) bool { return o.key == key }) {
		return fmt.Sprintf("; this is within %s already: write its fields here", key), ""
	}
	var found []string
	for _, o := range lacking {
		for _, f := range o.at.Element().Fields {
			if hasExactly(f.Shape, key) {
				found = append(found, f.Name+"."+key)
			}
		}
		if o.in != nil && o.in.holds(key) {
			found = append(found, o.in.path(key))
		}
	}
	switch found = sorted(found); {
	case len(found) != 1:
		return "", ""
	case found[0] == key:
		return fmt.Sprintf("; an event has %s at its top, beside detail", key), ""
	}
	return "", found[0]
}

// holds reports whether the origin's object has a field. At the event's top, every event has
// the same fields.
func (o origin) holds(key string) bool {
	if o.in == nil {
		return isEnvelope(key)
	}
	return hasExactly(o.at, key)
}

func hasExactly(s *shape.Shape, key string) bool { return slices.Contains(s.Names(), key) }

// path returns the path of a key in the origin's object, from the event's top.
func (o origin) path(key string) string {
	if o.in == nil {
		return key
	}
	return o.in.path(o.key) + "." + key
}
