package decode

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// Decoder reads one JSON value.
type Decoder struct {
	data []byte
	text string // data once more: what strings are cut from
	i    int    // what is read next
	key  string // of the member at hand
	// again says that the member at hand is to be read under another key.
	again  bool
	failed bool
	depth  int // of the objects and lists that are open

	space []byte // for strings with escapes
	open  jsonscan.Nesting
}

// decoders keeps the memory of decoders from one value to the next.
var decoders = sync.Pool{New: func() any { return new(Decoder) }}

// Value reads data, the JSON of one value, into v. It reports whether that went
// well: otherwise v holds anything, and encoding/json knows better.
func Value[T any](data []byte, v *T, read func(*Decoder, *T)) bool {
	if !utf8.Valid(data) {
		return false // encoding/json mends it
	}
	d := decoders.Get().(*Decoder)
	d.begin(data)
	read(d, v)
	ok := !d.failed && jsonscan.SkipSpace(d.data, d.i) == len(d.data)
	d.data, d.text, d.key = nil, "", ""
	decoders.Put(d)
	return ok
}

func (d *Decoder) begin(data []byte) {
	d.data, d.text = data[:len(data):len(data)], string(data)
	d.again, d.failed, d.depth = false, false, 0
	d.i = jsonscan.SkipSpace(d.data, 0)
}

// Fail gives up: nothing more is read.
func (d *Decoder) Fail() {
	d.failed = true
	d.again = false
	d.i = len(d.data)
}

// peek returns the first byte of the value at hand, or 0 if there is none.
func (d *Decoder) peek() byte {
	if d.i < len(d.data) {
		return d.data[d.i]
	}
	return 0
}

// to goes on at i; -1 is a failure.
func (d *Decoder) to(i int) bool {
	if i < 0 {
		d.Fail()
		return false
	}
	d.i = i
	return true
}

// Object begins the object at hand and reports whether it has a member, which is
// then at hand. A null has none, and changes nothing; anything else is a failure.
func (d *Decoder) Object() bool {
	switch d.peek() {
	case '{':
	case 'n':
		d.Skip()
		return false
	default:
		d.Fail()
		return false
	}
	if d.depth++; d.depth > jsonscan.MaxNesting {
		d.Fail()
		return false
	}
	if d.i = jsonscan.SkipSpace(d.data, d.i+1); d.peek() == '}' {
		d.i++
		d.depth--
		return false
	}
	return d.member()
}

// Next goes to the next member of an object, once the value of the one before is
// read. It reports whether there is one.
func (d *Decoder) Next() bool {
	if d.again {
		d.again = false
		return true
	}
	if d.i < len(d.data) && d.data[d.i] <= ' ' {
		d.i = jsonscan.SkipSpace(d.data, d.i)
	}
	switch d.peek() {
	case ',':
		d.i = jsonscan.SkipSpace(d.data, d.i+1)
		return d.member()
	case '}':
		d.i++
		d.depth--
		return false
	}
	d.Fail()
	return false
}

// member reads a key and what is before its value.
func (d *Decoder) member() bool {
	if d.peek() != '"' {
		d.Fail()
		return false
	}
	start := d.i + 1
	end, escaped := jsonscan.StringEnd(d.data, start)
	if end < 0 {
		d.Fail()
		return false
	}
	d.key = d.text[start:end]
	if escaped {
		d.key = d.unescape(start, end)
	}
	return d.to(jsonscan.SkipColon(d.data, end+1))
}

// Key returns the key of the member at hand.
func (d *Decoder) Key() string { return d.key }

// Other deals with a member whose key is none of names, which are those of the
// fields. Where it is one without regard to case, it comes once more, under that
// name; otherwise it is skipped.
func (d *Decoder) Other(names ...string) {
	// The fields of a struct whose names differ in case alone are sorted as they
	// are written: encoding/json takes the first.
	for _, name := range names {
		if folds(name, d.key) {
			d.key = name
			d.again = true
			return
		}
	}
	d.Skip()
}

// folds reports whether two keys are equal without regard to case. The second is
// most often something else altogether.
func folds(name, key string) bool {
	if len(name) != len(key) && isASCII(key) && isASCII(name) {
		return false
	}
	return strings.EqualFold(name, key)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Skip skips the value at hand.
func (d *Decoder) Skip() {
	if d.peek() == '"' {
		end, _ := jsonscan.StringEnd(d.data, d.i+1)
		d.to(end + 1 + end>>63) // -1 stays -1
		return
	}
	d.to(jsonscan.SkipValue(d.data, d.i, &d.open, jsonscan.MaxNesting-d.depth))
}

// raw reads the value at hand and returns its JSON.
func (d *Decoder) raw() []byte {
	start := d.i
	d.Skip()
	if d.failed {
		return nil
	}
	return d.data[start:d.i:d.i]
}

// Null reports whether a null is at hand, which is still to be read.
func (d *Decoder) Null() bool { return d.peek() == 'n' }

// null reads a null and reports whether there was one.
func (d *Decoder) null() bool {
	if d.peek() != 'n' {
		return false
	}
	d.Skip()
	return true
}

// string reads the string at hand.
func (d *Decoder) string() string {
	if d.peek() != '"' {
		d.Fail()
		return ""
	}
	start := d.i + 1
	end, escaped := jsonscan.StringEnd(d.data, start)
	if end < 0 {
		d.Fail()
		return ""
	}
	d.i = end + 1
	if escaped {
		return d.unescape(start, end)
	}
	return d.text[start:end]
}

func (d *Decoder) unescape(start, end int) string {
	d.space = jsonscan.Unescape(slices.Grow(d.space[:0], end-start), d.data[start:end])
	return string(d.space)
}
