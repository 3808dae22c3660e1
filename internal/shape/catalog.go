package shape

import "github.com/jobgen/jobgen/internal/catalog"

// CatalogField returns a field of the catalog with a name and the shape of a schema. Where a
// shape contains itself, the inner one can be anything.
func (s *Shape) CatalogField(name string) *catalog.Field {
	return (&fieldMaker{within: map[*Shape]bool{}}).field(name, s)
}

// DecodedField returns a field of the catalog. The samples of the field can be decoded into the
// Go type with this shape. It leaves out the entries of maps, and types that decode themselves,
// because their JSON is not known.
func (s *Shape) DecodedField(name string) *catalog.Field {
	return (&fieldMaker{within: map[*Shape]bool{}, decoded: true}).field(name, s)
}

type fieldMaker struct {
	within  map[*Shape]bool // the shapes around the current field
	decoded bool            // the samples of the fields are decoded into the Go types
}

// field returns nil if samples are decoded and the JSON of the value is not known.
func (m *fieldMaker) field(name string, s *Shape) *catalog.Field {
	f := &catalog.Field{
		Name: name, Kind: s.Kind, Open: s.Open, Null: s.Null, Values: s.Values, Likely: s.Likely,
		Whole: s.Whole && s.Kind == Number, Fractions: s.Fractions,
	}
	switch {
	case m.decoded && (m.within[s] || !s.fitSamples(f)):
		return nil
	case m.within[s]:
		return &catalog.Field{Name: name, Kind: Any, Open: true}
	}
	m.within[s] = true
	defer delete(m.within, s)
	if s.Elem != nil && (s.Kind == Array || !m.decoded) {
		f.Elem = m.field("", s.Elem)
	}
	for _, inner := range s.Fields {
		if field := m.field(inner.Name, inner.Shape); field != nil {
			f.Add(field)
		}
	}
	return f
}

// fitSamples makes samples of a field decodable into the shape's Go type. It reports whether the
// JSON of the value is known.
func (s *Shape) fitSamples(f *catalog.Field) bool {
	switch {
	case s.Type == "time.Time":
		f.Kind, f.Values = String, []string{catalog.SampleTime}
	case s.Kind == Any:
		return false
	case s.Base64:
		f.Values = []string{"ZXhhbXBsZQ=="} // "example"
	case s.Written != nil && s.Kind == String:
		f.Values = []string{"1"}
	case s.Written != nil:
		f.Kind = Number
	}
	return true
}
