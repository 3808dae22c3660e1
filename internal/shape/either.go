package shape

import "slices"

// Either is the shape of what has one of two shapes: a field that one of them
// has may be there, and values are a closed set only where they are in both.
func Either(a, b *Shape) *Shape { return either(a, b, 0) }

func either(a, b *Shape, depth int) *Shape {
	switch {
	case a == nil || b == nil || depth > maxNesting:
		return Unknown // shapes can hold themselves
	case a == b:
		return a
	}
	out := &Shape{
		Kind: a.Kind | b.Kind, Open: a.Open || b.Open, Type: a.Type, Sure: a.Sure && b.Sure,
		Whole: a.Whole && b.Whole, Fractions: a.Fractions || b.Fractions,
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
	for _, f := range s.Fields {
		if f.Name == name {
			return f.Shape
		}
	}
	return nil
}
