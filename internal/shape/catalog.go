package shape

import "github.com/jobgen/jobgen/internal/catalog"

// CatalogField returns a field of the catalog with a name and the shape of a schema. Where a
// shape contains itself, the inner one can be anything.
func (s *Shape) CatalogField(name string) *catalog.Field {
	return (&fieldMaker{within: map[*Shape]bool{}}).field(name, s)
}

type fieldMaker struct {
	within map[*Shape]bool // the shapes whose fields are being made
}

func (m *fieldMaker) field(name string, s *Shape) *catalog.Field {
	if m.within[s] {
		return &catalog.Field{Name: name, Kind: Any, Open: true}
	}
	f := &catalog.Field{
		Name: name, Kind: s.Kind, Open: s.Open, Null: s.Null, Values: s.Values, Likely: s.Likely,
		Whole: s.Whole && s.Kind == Number, Fractions: s.Fractions,
	}
	m.within[s] = true
	defer delete(m.within, s)
	if s.Elem != nil {
		f.Elem = m.field("", s.Elem)
	}
	for _, inner := range s.Fields {
		f.Add(m.field(inner.Name, inner.Shape))
	}
	return f
}
