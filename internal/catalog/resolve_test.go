package catalog

// found is where a path leads.
type found struct {
	// Field is the field that the path names; nil unless Known. It is never an
	// array: as in EventBridge's matching, a path goes through arrays to their
	// elements.
	Field *Field
	// Known says that the catalog has the field.
	Known bool
	// Open says, of a field that isn't known, that the catalog doesn't know all
	// fields of its object either: it may well be right.
	Open bool
	// Parent is the object in which the search ended, and Missing the index in
	// the path of the key that it lacks.
	Parent  *Field
	Missing int
}

// resolve follows the keys of a path from an event's detail.
func resolve(detail *Field, path ...string) found {
	at := Element(detail)
	for i, key := range path {
		next := at.Field(key)
		switch {
		case next != nil:
		case at.Elem != nil:
			next = at.Elem
		default:
			open := at.Open || at.Kind == Any || at.Kind.Has(Object) && len(at.Fields) == 0
			return found{Parent: at, Missing: i, Open: open}
		}
		at = Element(next)
	}
	return found{Field: at, Known: true}
}
