package decode

import (
	"slices"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Pointer decodes a value into the variable that *v points to. If *v is nil, it allocates a
// variable. A null sets *v to nil.
func Pointer[P ~*T, T any](d *Decoder, v *P, read func(*Decoder, *T)) {
	if d.Null() {
		*v = nil
		return
	}
	if *v == nil {
		*v = new(T)
	}
	read(d, *v)
}

// Map decodes an object into a map. It adds the members to the map. A null sets it to nil.
func Map[M ~map[K]T, K ~string, T any](d *Decoder, v *M, read func(*Decoder, *T)) {
	if d.Null() {
		*v = nil
		return
	}
	end := d.Object()
	if d.failed {
		return
	}
	if *v == nil {
		*v = make(M)
	}
	var elem, zero T
	for d.i < end {
		var key string
		d.Text(&key)
		elem = zero
		if read(d, &elem); d.failed {
			return
		}
		(*v)[K(key)] = elem
	}
}

// Slice decodes a list. A null sets *v to nil. Like encoding/json for an object with two
// equal keys, it decodes into existing elements.
func Slice[S ~[]T, T any](d *Decoder, v *S, read func(*Decoder, *T)) {
	if d.Null() {
		*v = nil
		return
	}
	n := 0
	for end := d.list(); d.i < end; n++ {
		if n == cap(*v) {
			*v = slices.Grow(*v, d.more(end))
		}
		if n == len(*v) {
			*v = (*v)[:n+1]
		}
		read(d, &(*v)[n])
	}
	if d.failed {
		return
	}
	if *v = (*v)[:n]; n == 0 {
		*v = S{}
	}
}

// sharedTexts is the length of a slice that the lists of several events share, for the
// same reason as strings share an arena.
const sharedTexts = 16

// Texts decodes a list of strings into a nil slice. Every event has one. The runtime calls
// it.
func (d *Decoder) Texts(v *[]string) {
	if d.Null() {
		return
	}
	end := d.list()
	n := d.more(end)
	if len(d.texts) < max(n, 1) { // an empty list is not nil
		d.texts = make([]string, max(n, sharedTexts))
	}
	texts := d.texts[:0:n]
	d.texts = d.texts[n:]
	for d.i < end {
		texts = append(texts, "")
		d.Text(&texts[len(texts)-1])
	}
	if !d.failed {
		*v = texts
	}
}

// more counts the values up to end, but at most 64, so that a list with an error doesn't
// allocate much memory.
//
//go:noinline
func (d *Decoder) more(end int) int {
	n := 0
	for i := d.i; i < end && n < 64; n++ {
		i = d.tape.Next(i)
	}
	return n
}

// Array decodes a list into an array, of which v is a slice. It skips surplus values of
// the list, and sets the other elements of the array to zero.
func Array[T any](d *Decoder, v []T, read func(*Decoder, *T)) {
	if d.Null() {
		return
	}
	n := 0
	for end := d.list(); d.i < end; {
		if n == len(v) {
			d.i = end
			break
		}
		read(d, &v[n])
		n++
	}
	clear(v[n:])
}

// list enters the current list and returns its end.
//
//go:noinline
func (d *Decoder) list() (end int) {
	if d.kind() != '[' {
		d.Fail()
		return 0
	}
	end = d.tape.Next(d.i)
	d.i = jsonscan.First(d.i)
	return end
}
