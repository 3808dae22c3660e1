package decode

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Decoder decodes a JSON value from the tokens of a tape. Reading a value moves the
// Decoder to the token after it.
type Decoder struct {
	tape jsonscan.Tape // a shallow copy
	i    int           // the current token; gone after a failure
	key  []byte        // of the current member
	// renamed is the token of the value of a member that Member returns again, with the
	// key name.
	renamed int
	name    []byte
	failed  bool
	ascii   bool // all strings and keys are ASCII

	arena arena
	texts []string // for later lists
	space []byte   // for strings with escapes
}

// gone is the position of a Decoder that has failed: after all tokens.
const gone = math.MaxInt

// Start prepares the Decoder to read the tape from a token on. Token 0 means that there
// is no value, which is a failure. The runtime calls it.
func (d *Decoder) Start(tape *jsonscan.Tape, token int) {
	d.tape = *tape
	d.i, d.failed, d.renamed = token, false, 0
	d.arena.begin()
	d.ascii = tape.ASCII()
	if token == 0 || !d.ascii && !utf8.Valid(tape.Data) {
		d.Fail() // encoding/json replaces bytes that aren't UTF-8
	}
}

// End releases the tape. It reports whether the Decoder has not failed. The runtime calls
// it.
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

// maxSpace is the size of the memory for strings with escapes that End keeps.
const maxSpace = 1 << 16

// Failed reports whether the Decoder has failed.
func (d *Decoder) Failed() bool { return d.failed }

// Fail ends the decoding with a failure.
func (d *Decoder) Fail() { d.failed, d.i = true, gone }

// At moves to a token. The runtime calls it.
func (d *Decoder) At(token int) {
	if !d.failed {
		d.i = token
	}
}

// kind returns the first byte of the current value, or 0 if there is none.
func (d *Decoder) kind() byte {
	if i, tokens := d.i, d.tape.Tokens; uint(i) < uint(len(tokens)) {
		return d.tape.KindOf(tokens[i])
	}
	return 0
}

// Object enters the current object and returns its end, for Member. A null is like an
// object without members. Any other value is a failure.
func (d *Decoder) Object() (end int) {
	if d.kind() != '{' {
		d.none()
		return 0
	}
	end = d.tape.Next(d.i)
	d.i = jsonscan.First(d.i)
	return end
}

// Member moves to the next member whose key may be one of the names, and reports whether
// there is one. The value of the member before must have been read. The argument end is
// the result of Object, and names is the result of Names for a struct's fields.
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

// Names returns a set of names for Member. The bits are those of all keys that may be one
// of the names, and of few others. encoding/json ignores letter case, so a key for a name
// of ASCII letters has the same length, first and last letter, or has characters that
// aren't ASCII. If a name isn't ASCII, the set has all bits.
func Names(names ...string) (set uint64) {
	for _, name := range names {
		if strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) {
			return math.MaxUint64
		}
		set |= 1 << mark(name)
	}
	return set
}

// mark returns the bit of a key in a set of names. It doesn't depend on letter case.
func mark[T string | []byte](key T) uint32 {
	if len(key) == 0 {
		return 0
	}
	return jsonscan.EndsBit(key[0]|0x20, key[len(key)-1]|0x20, uint32(len(key)))
}

// Key returns the key of the current member. It is valid until the next call. A key with
// escapes is returned as written, which is no field's name, so Other is called for it.
func (d *Decoder) Key() []byte { return d.key }

// Other handles a member whose key is none of the names, which are separated by commas. If
// the key equals a name except for escapes or letter case, Member returns the member again,
// with that name as key. Otherwise Other skips it.
func (d *Decoder) Other(names string) {
	if d.i != d.renamed {
		if name, ok := d.nameOf(d.i-1, names); ok {
			d.name = []byte(name)
			d.renamed = d.i
			d.i-- // to the key
			return
		}
	}
	d.Skip()
}

// nameOf returns the name for the key at a token: the name that equals the key without
// escapes, or the first that equals it without regard to letter case.
func (d *Decoder) nameOf(token int, names string) (name string, ok bool) {
	key := d.tape.Content(token)
	if d.tape.Tokens[token].Escaped() {
		d.space = jsonscan.Unescape(d.space[:0], key)
		key = d.space
	}
	// If names differ only in letter case, encoding/json uses the first in source order.
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

// Skip skips the current value.
func (d *Decoder) Skip() {
	if uint(d.i) < uint(len(d.tape.Tokens)) {
		d.i = d.tape.Next(d.i)
	}
}

// raw reads the current value and returns its JSON, or nil after a failure.
func (d *Decoder) raw() []byte {
	if i := d.i; uint(i) < uint(len(d.tape.Tokens)) {
		d.i = d.tape.Next(i)
		return d.tape.Raw(i)
	}
	return nil
}

// none reads a null. Any other value is a failure.
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
