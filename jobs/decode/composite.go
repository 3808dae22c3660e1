package decode

import (
	"slices"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Pointer reads a value into what v points to, or into something new if v is
// nil. A null makes it nil.
func Pointer[P ~*T, T any](d *Decoder, v *P, read func(*Decoder, *T)) {
	if d.null() {
		*v = nil
		return
	}
	if *v == nil {
		*v = new(T)
	}
	read(d, *v)
}

// Map reads an object into a map, to which its members are added. A null makes
// it nil.
func Map[M ~map[K]T, K ~string, T any](d *Decoder, v *M, read func(*Decoder, *T)) {
	if d.null() {
		*v = nil
		return
	}
	if d.peek() == '{' && *v == nil {
		*v = make(M)
	}
	var elem T
	for ok := d.Object(); ok; ok = d.Next() {
		key := K(d.key)
		var zero T
		elem = zero
		if read(d, &elem); d.failed {
			return
		}
		(*v)[key] = elem
	}
}

// Slice reads a list. A null makes v nil. As encoding/json does where an object
// has the same key twice, it reads the elements of the second list into those
// that the first one left.
func Slice[S ~[]T, T any](d *Decoder, v *S, read func(*Decoder, *T)) {
	if d.null() {
		*v = nil
		return
	}
	n := 0
	for ok := d.list(); ok; ok = d.element() {
		if n == cap(*v) {
			*v = slices.Grow(*v, 1)
		}
		if n == len(*v) {
			*v = (*v)[:n+1]
		}
		if read(d, &(*v)[n]); d.failed {
			return
		}
		n++
	}
	if *v = (*v)[:n]; n == 0 {
		*v = S{}
	}
}

// Array reads a list into an array, of which v is all. What is left over of the
// list is skipped, what is left over of the array becomes zero.
func Array[T any](d *Decoder, v []T, read func(*Decoder, *T)) {
	if d.null() {
		return
	}
	n := 0
	for ok := d.list(); ok; ok = d.element() {
		if n == len(v) {
			d.Skip()
			continue
		}
		read(d, &v[n])
		n++
	}
	clear(v[n:])
}

// list begins the list at hand and reports whether it has an element, which is
// then at hand.
func (d *Decoder) list() bool {
	if d.peek() != '[' {
		d.Fail()
		return false
	}
	if d.depth++; d.depth > jsonscan.MaxNesting {
		d.Fail()
		return false
	}
	if d.i = jsonscan.SkipSpace(d.data, d.i+1); d.peek() == ']' {
		d.i++
		d.depth--
		return false
	}
	return true
}

// element goes to the next element of a list, and reports whether there is one.
func (d *Decoder) element() bool {
	d.i = jsonscan.SkipSpace(d.data, d.i)
	switch d.peek() {
	case ',':
		d.i = jsonscan.SkipSpace(d.data, d.i+1)
		return true
	case ']':
		d.i++
		d.depth--
		return false
	}
	d.Fail()
	return false
}
