package decode

import (
	"slices"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Pointer reads a value into what v points to, or into something new if v is
// nil. A null makes it nil.
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

// Map reads an object into a map, to which its members are added. A null makes
// it nil.
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

// Slice reads a list. A null makes v nil. As encoding/json does where an object
// has the same key twice, it reads the elements of the second list into those
// that the first one left.
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

// sharedTexts is how many strings the lists of several events are cut off from, for the
// same reason for which strings share an arena.
const sharedTexts = 16

// Texts is Slice for strings, which every event has a list of, into a nil slice. The
// runtime calls it.
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

// more counts the values up to end. It stops counting where there are so many
// that they may be worth less memory than they ask for.
//
//go:noinline
func (d *Decoder) more(end int) int {
	n := 0
	for i := d.i; i < end && n < 64; n++ {
		i = d.tape.Next(i)
	}
	return n
}

// Array reads a list into an array, of which v is all. What is left over of the
// list is skipped, what is left over of the array becomes zero.
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

// list begins the list at hand and returns where it ends.
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
