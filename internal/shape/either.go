package shape

import "slices"

// Either returns the shape of a value that has one of two shapes. It has the fields of
// both. Values are a closed set only if both shapes have one.
func Either(a, b *Shape) *Shape { return either(a, b, 0) }

func either(a, b *Shape, depth int) *Shape {
	switch {
	case a == nil || b == nil || depth > maxNesting:
		return Unknown // a shape can contain itself
	case a == b:
		return a
	}
	out := &Shape{
		Kind: a.Kind | b.Kind, Open: a.Open || b.Open, Null: a.Null || b.Null, Type: a.Type, Sure: a.Sure && b.Sure,
		Likely: a.Likely || b.Likely, Whole: a.Whole && b.Whole, Fractions: a.Fractions || b.Fractions,
	}
	if a.Values != nil && b.Values != nil {
		out.Values = append(slices.Clone(a.Values), b.Values...)
	}
	if a.Elem != nil || b.Elem != nil {
		out.Elem = oneElem(a, b, depth)
	}
	for _, f := range a.Fields {
		if other := b.field(f.Name); other != nil {
			f.Shape = either(f.Shape, other, depth+1)
		}
		out.Fields = append(out.Fields, f)
	}
	for _, f := range b.Fields {
		if a.field(f.Name) == nil {
			out.Fields = append(out.Fields, f)
		}
	}
	return out
}

func oneElem(a, b *Shape, depth int) *Shape {
	switch {
	case a.Elem == nil:
		return b.Elem
	case b.Elem == nil:
		return a.Elem
	}
	return either(a.Elem, b.Elem, depth+1)
}

func (s *Shape) field(name string) *Shape {
	i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return s.Fields[i].Shape
}
