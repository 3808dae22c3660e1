package decode

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Decoder reads a JSON value by the tokens of a tape. It stands at a token, and
// what it reads is behind it then.
type Decoder struct {
	tape jsonscan.Tape // a copy: what is in it is the tape's own
	i    int           // the token at hand; gone after a failure
	key  []byte        // of the member at hand
	// renamed is, of a member that comes once more, the token of its value, and
	// name is the key under which it comes.
	renamed int
	name    []byte
	failed  bool
	ascii   bool // there is nothing but ASCII in strings and keys

	arena arena
	texts []string // for lists to come
	space []byte   // for strings with escapes
}

// gone is where a Decoder stands that has failed: behind all there is.
const gone = math.MaxInt

// Start makes the Decoder read the tape, from this token on; from token 0 there
// is nothing to read. The runtime calls it.
func (d *Decoder) Start(tape *jsonscan.Tape, token int) {
	d.tape = *tape
	d.i, d.failed, d.renamed = token, false, 0
	d.arena.begin()
	d.ascii = tape.ASCII()
	if token == 0 || !d.ascii && !utf8.Valid(tape.Data) {
		d.Fail() // encoding/json mends what isn't UTF-8
	}
}

// End lets go of the tape and of all that was read. It reports whether nothing
// has failed. The runtime calls it.
//
//go:noinline
func (d *Decoder) End() bool {
	d.tape, d.key = jsonscan.Tape{}, nil
	d.arena.begin()
	if cap(d.space) > maxSpace {
		d.space = nil
	}
	return !d.failed
}

// maxSpace is how much memory for strings with escapes is kept.
const maxSpace = 1 << 16

// Failed reports whether the Decoder has failed.
func (d *Decoder) Failed() bool { return d.failed }

// Fail gives up: nothing more is read.
func (d *Decoder) Fail() { d.failed, d.i = true, gone }

// At goes to a token. The runtime calls it.
func (d *Decoder) At(token int) {
	if !d.failed {
		d.i = token
	}
}

// kind returns the first byte of the value at hand, or 0 if there is none.
func (d *Decoder) kind() byte {
	if i, tokens := d.i, d.tape.Tokens; uint(i) < uint(len(tokens)) {
		return d.tape.KindOf(tokens[i])
	}
	return 0
}

// Object begins the object at hand and returns where it ends, which Member wants
// to know. A null has no members, and changes nothing; anything else is a
// failure.
func (d *Decoder) Object() (end int) {
	if d.kind() != '{' {
		d.none()
		return 0
	}
	end = d.tape.Next(d.i)
	d.i = jsonscan.First(d.i)
	return end
}

// Member goes to the next member of the object that ends there whose key may be one of
// the names, once the value of the one before is read. It reports whether there is
// one. Names are those of a struct's fields, as a set: see Names.
func (d *Decoder) Member(end int, names uint64) bool {
	i := d.i
	for i < end {
		token := d.tape.Tokens[i]
		key := d.tape.Text(token)
		if names>>mark(key)&1 != 0 || token.Escaped() || !d.ascii {
			if i++; i == d.renamed {
				key = d.name
			}
			d.i, d.key = i, key
			return true
		}
		i = d.tape.Next(i + 1)
	}
	d.i = i
	return false
}

// Names returns a set of names for Member: with bits for keys that may be one of them,
// and for few others. Without regard to case, as encoding/json compares keys, a name
// of ASCII can only be a key of its own length with its first and last letter, or one
// with other characters; any other name can be all sorts of keys.
func Names(names ...string) (set uint64) {
	for _, name := range names {
		if strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) {
			return math.MaxUint64
		}
		set |= 1 << mark(name)
	}
	return set
}

// mark is the bit of a key in a set of names, whatever the case of its letters.
func mark[T string | []byte](key T) uint32 {
	if len(key) == 0 {
		return 0
	}
	return jsonscan.EndsBit(key[0]|0x20, key[len(key)-1]|0x20, uint32(len(key)))
}

// Key returns the key of the member at hand, whose value is still to be read. It
// is not to be kept. A key with escapes in it is given as it is written, which is
// no field's name: Other deals with it.
func (d *Decoder) Key() []byte { return d.key }

// Other deals with a member whose key is none of names, which are those of the
// fields with commas between them. Where it is one after all, if it weren't for escapes
// or letter case, it comes once more, under that name; otherwise it is skipped.
func (d *Decoder) Other(names string) {
	if d.i != d.renamed { // under its new name there is a field for it
		if name, ok := d.nameOf(d.i-1, names); ok {
			d.name = []byte(name)
			d.renamed = d.i
			d.i-- // back before the key
			return
		}
	}
	d.Skip()
}

// nameOf returns the one of names that the key at a token means, which is none of
// them as it is written: the one that it is without escapes, or the first that it
// is without regard to case.
func (d *Decoder) nameOf(token int, names string) (name string, ok bool) {
	key := d.tape.Content(token)
	if d.tape.Tokens[token].Escaped() {
		d.space = jsonscan.Unescape(d.space[:0], key)
		key = d.space
	}
	// The fields of a struct whose names differ in case alone are sorted as they
	// are written: encoding/json takes the first.
	found := ""
	for names != "" {
		name, names, _ = strings.Cut(names, ",")
		if string(key) == name {
			return name, true
		}
		if found == "" && jsonscan.Folds(name, key) {
			found = name
		}
	}
	return found, found != ""
}

// Skip skips the value at hand.
func (d *Decoder) Skip() {
	if uint(d.i) < uint(len(d.tape.Tokens)) {
		d.i = d.tape.Next(d.i)
	}
}

// raw reads the value at hand and returns its JSON; nil after a failure.
func (d *Decoder) raw() []byte {
	if i := d.i; uint(i) < uint(len(d.tape.Tokens)) {
		d.i = d.tape.Next(i)
		return d.tape.Raw(i)
	}
	return nil
}

// none reads a null where there is no other value that would do; anything else is
// a failure.
func (d *Decoder) none() {
	if !d.Null() {
		d.Fail()
	}
}

// Null reads a null, and reports whether there was one.
//
//go:noinline
func (d *Decoder) Null() bool {
	if d.kind() != 'n' {
		return false
	}
	d.i++
	return true
}
