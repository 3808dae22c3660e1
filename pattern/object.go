package pattern

import "iter"

// Object is an object with fields: the whole pattern, an object in it, or a branch of
// $or.
type Object struct {
	Offset  int // in the source
	Members []*Member
}

// Member is a key of an Object with its value: an Object, a Field, or the Branches of the
// operator $or. It has none of them if the value is invalid.
type Member struct {
	Key         string // unescaped; it may contain dots
	Offset, End int    // of the key, including quotes
	ValueOffset int

	Object   *Object
	Field    *Field
	Branches []*Object

	replaced bool // a later member of the object has the same key
}

// effective yields the members that no later member of the same key replaces.
func (o *Object) effective() iter.Seq[*Member] {
	return func(yield func(*Member) bool) {
		for _, m := range o.Members {
			if !m.replaced && !yield(m) {
				return
			}
		}
	}
}

// Top returns the pattern's own object. It must not be changed.
func (p *Pattern) Top() *Object { return p.top }

// IsOr reports whether the key is $or, even if the value makes it an ordinary field.
func (m *Member) IsOr() bool { return m.Key == orKey }
