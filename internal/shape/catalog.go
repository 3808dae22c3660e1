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
	f := &catalog.Field{Name: name, Kind: s.catalogKind(), Open: s.Open, Null: s.Null, Values: s.Values, Likely: s.Likely, Fractions: s.Fractions}
	if m.within[s] {
		return &catalog.Field{Name: name, Kind: catalog.Any, Open: true}
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

// catalogKind returns the catalog's kind of a shape.
func (s *Shape) catalogKind() catalog.Kind {
	var kind catalog.Kind
	for from, to := range map[Kind]catalog.Kind{
		String: catalog.String, Number: catalog.Number, Boolean: catalog.Boolean, Object: catalog.Object, Array: catalog.Array,
	} {
		if s.Kind.Has(from) {
			kind |= to
		}
	}
	if s.Kind == Number && s.Whole {
		return catalog.Integer
	}
	if s.Kind == Any {
		return catalog.Any
	}
	return kind
}
