package jsonscan

import (
	"encoding/binary"
	"math/bits"
)

// MaxNesting is the deepest nesting that encoding/json takes.
const MaxNesting = 10000

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// special marks, in the high bit of each byte, the bytes of w that end the plain
// run of a string: quotes, backslashes and control characters. The lowest mark
// is always right; those above it may be wrong. With its second bit turned over, a
// quote is the first character behind the control characters, which stay among
// themselves: so both are found by one subtraction.
func special(w uint64) uint64 {
	return ((w ^ ones*2 - ones*('"'^2+1)) | (w ^ ones*'\\' - ones)) &^ w & highs
}

// StringEnd returns the index of the quote that ends the string whose content
// begins at i, and whether there are escapes in it.
func StringEnd(data []byte, i int) (end int, escaped bool) {
	for i+8 <= len(data) {
		marks := special(binary.LittleEndian.Uint64(data[i:]))
		if marks == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(marks) >> 3
		if data[i] == '"' {
			return i, escaped
		}
		size := EscapeSize(data[i:])
		if size == 0 || data[i] != '\\' {
			return -1, true
		}
		i += size
		escaped = true
	}
	return shortStringEnd(data, i, escaped)
}

// shortStringEnd is StringEnd for the last bytes of the data.
func shortStringEnd(data []byte, i int, escaped bool) (int, bool) {
	for i < len(data) && data[i] >= ' ' {
		switch data[i] {
		case '"':
			return i, escaped
		case '\\':
			size := EscapeSize(data[i:])
			if size == 0 {
				return -1, true
			}
			i += size
			escaped = true
		default:
			i++
		}
	}
	return -1, escaped
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// SkipSpace reads white space, if there is any.
func SkipSpace(data []byte, i int) int {
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	return i
}

// SkipLiteral reads true, false, null or a number.
func SkipLiteral(data []byte, i int) int {
	switch data[i] {
	case 't':
		if len(data)-i >= 4 && string(data[i:i+4]) == "true" {
			return i + 4
		}
	case 'f':
		if len(data)-i >= 5 && string(data[i:i+5]) == "false" {
			return i + 5
		}
	case 'n':
		if len(data)-i >= 4 && string(data[i:i+4]) == "null" {
			return i + 4
		}
	default:
		return NumberEnd(data, i)
	}
	return -1
}

// Nesting is a stack of the kinds of brackets that are open, a bit each.
type Nesting struct {
	top   uint64 // the innermost ones, the last lowest: 1 an object, 0 a list
	depth int
	deep  [MaxNesting/64 + 1]uint64 // further out, 64 of them each
}

func (n *Nesting) push(object uint64) {
	if n.depth&63 == 0 {
		n.deep[n.depth>>6] = n.top
		n.top = 0
	}
	n.top = n.top<<1 | object
	n.depth++
}

func (n *Nesting) pop() {
	n.depth--
	n.top >>= 1
	if n.depth&63 == 0 {
		n.top = n.deep[n.depth>>6]
	}
}

// SkipValue reads any value at data[i], most deeply nested ones included, at most
// levels deep.
func SkipValue(data []byte, i int, open *Nesting, most int) int {
	if i >= len(data) {
		return -1
	}
	switch data[i] {
	case '"':
		end, _ := StringEnd(data, i+1)
		return end + 1 + end>>63 // -1 stays -1
	case '{', '[':
		open.depth, open.top = 0, 0
		return skipNested(data, i, open, most)
	}
	return SkipLiteral(data, i)
}

// skipNested reads the object or list at data[i].
func skipNested(data []byte, i int, open *Nesting, most int) int {
	for i < len(data) {
		// A value is due at i.
		switch c := data[i]; c {
		case '"':
			end, _ := StringEnd(data, i+1)
			if end < 0 {
				return -1
			}
			i = end + 1
		case '{', '[':
			object := uint64(c>>5) & 1 // '{' is 0x7b, '[' 0x5b
			i = SkipSpace(data, i+1)
			if i >= len(data) || open.depth == most {
				return -1
			}
			if data[i] == c+2 { // the closing bracket: '}' is 0x7d, ']' 0x5d
				i++
				break
			}
			open.push(object)
			if object != 0 {
				if i = skipKey(data, i); i < 0 {
					return -1
				}
			}
			continue
		default:
			if i = SkipLiteral(data, i); i < 0 {
				return -1
			}
		}
		if i = skipAfter(data, i, open); open.depth == 0 || i < 0 {
			return i
		}
	}
	return -1
}

// skipAfter reads what follows a value: closing brackets, or a comma with the
// key that an object has after it, up to the next value.
func skipAfter(data []byte, i int, open *Nesting) int {
	for open.depth > 0 {
		if i < len(data) && data[i] <= ' ' {
			i = SkipSpace(data, i)
		}
		if i >= len(data) {
			return -1
		}
		c := data[i]
		i++
		object := open.top & 1
		switch {
		case c == ',':
			i = SkipSpace(data, i)
			if object != 0 {
				return skipKey(data, i)
			}
			return i
		case c == ']'+byte(object<<5):
			open.pop()
		default:
			return -1
		}
	}
	return i
}

// skipKey reads a key, its colon and the white space up to the value.
func skipKey(data []byte, i int) int {
	if i >= len(data) || data[i] != '"' {
		return -1
	}
	end, _ := StringEnd(data, i+1)
	if end < 0 {
		return -1
	}
	return SkipColon(data, end+1)
}

// SkipColon reads a colon with the white space around it.
func SkipColon(data []byte, i int) int {
	if i < len(data) && data[i] == ':' {
		if i++; i < len(data) && data[i] > ' ' {
			return i
		}
		return SkipSpace(data, i)
	}
	i = SkipSpace(data, i)
	if i >= len(data) || data[i] != ':' {
		return -1
	}
	return SkipSpace(data, i+1)
}
