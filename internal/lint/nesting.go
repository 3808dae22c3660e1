package lint

import (
	"fmt"
	"slices"

	"github.com/jobgen/jobgen/internal/shape"
)

// wrongLevel finds a field that was named at the wrong level: one of exactly that
// name is one object deeper or less deep. It gives the path that was meant,
// from the object at hand or, of a field less deep, from the event's top; or what
// to say where a path alone would puzzle. Both are empty unless there is one such
// field alone.
func wrongLevel(lacking []origin, key string) (say, meant string) {
	if !slices.ContainsFunc(lacking, func(o origin) bool { return o.key != key }) {
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
	slices.Sort(found)
	switch found = slices.Compact(found); {
	case len(found) != 1:
		return "", ""
	case found[0] == key:
		return fmt.Sprintf("; an event has %s at its top, beside detail", key), ""
	}
	return "", found[0]
}

// holds reports whether an object that leads to another one has a field. At the
// event's top that is known of every event.
func (o origin) holds(key string) bool {
	if o.in == nil {
		return IsEnvelope(key)
	}
	return hasExactly(o.at, key)
}

func hasExactly(s *shape.Shape, key string) bool {
	return slices.ContainsFunc(s.Element().Fields, func(f shape.Field) bool { return f.Name == key })
}

// path gives the path of a key in the object, from the event's top.
func (o origin) path(key string) string {
	if o.in == nil {
		return key
	}
	return o.in.path(o.key) + "." + key
}
