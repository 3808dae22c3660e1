package shape

import "github.com/jobgen/jobgen/internal/catalog"

// DecodedField returns a field of the catalog. The samples of the field can be decoded into the
// Go type with this shape. It leaves out the entries of maps, and types that decode themselves,
// because their JSON is not known.
func (s *Shape) DecodedField(name string) *catalog.Field {
	return (&decodedMaker{within: map[*Shape]bool{}}).field(name, s)
}

type decodedMaker struct {
	within map[*Shape]bool // the shapes around the current field
}

// field returns nil if the JSON of the value is not known.
func (m *decodedMaker) field(name string, s *Shape) *catalog.Field {
	f := &catalog.Field{Name: name, Kind: s.Kind, Values: s.Values}
	switch {
	case m.within[s]:
		return nil
	case s.Type == "time.Time":
		f.Kind, f.Values = String, []string{catalog.SampleTime}
	case s.Kind == Any:
		return nil
	case s.Base64:
		f.Values = []string{"ZXhhbXBsZQ=="} // "example"
	case s.Written != nil && s.Kind == String:
		f.Values = []string{"1"}
	case s.Written != nil:
		f.Kind = Number
	}
	m.within[s] = true
	defer delete(m.within, s)
	if s.Kind == Array && s.Elem != nil {
		f.Elem = m.field("", s.Elem)
	}
	for _, inner := range s.Fields {
		if field := m.field(inner.Name, inner.Shape); field != nil {
			f.Add(field)
		}
	}
	return f
}
