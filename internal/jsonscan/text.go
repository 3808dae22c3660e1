package jsonscan

import (
	"encoding/binary"
	"math/bits"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// masks are what special and run work with. As variables they are operands in memory;
// as constants each of them takes a register and an instruction more.
var masks = struct{ turned, below, backslash, ones, highs uint64 }{
	turned: ones * 2, below: ones * ('"' ^ 2 + 1), backslash: ones * '\\', ones: ones, highs: highs,
}

// special marks, in the high bit of each byte, the bytes of w that end the plain
// run of a string: quotes, backslashes and control characters. The lowest mark is
// always right; those above it may be wrong, and those of what isn't ASCII, as are
// the other bits. With its second bit turned over, a quote is the first character
// behind the control characters, which stay among themselves: so both are found by
// one subtraction.
func special(w uint64) uint64 {
	return (w ^ masks.turned - masks.below) | (w ^ masks.backslash - masks.ones)
}

// textEnd returns the index of the quote that ends the string whose content begins
// at i, the mark of a token if there are escapes in it, and or of the words that it
// has seen.
func textEnd(data []byte, i int) (end int, mark Token, high uint64) {
	for i+8 <= len(data) {
		w := binary.LittleEndian.Uint64(data[i:])
		high |= w
		marks := special(w) &^ w & masks.highs
		if marks == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(marks) >> 3
		if data[i] == '"' {
			return i, mark, high
		}
		size := EscapeSize(data[i:])
		if size == 0 || data[i] != '\\' {
			return -1, 0, high
		}
		i += size
		mark = escaped
	}
	high |= tail(data, i)
	i, more := lastTextEnd(data, i)
	return i, mark | more, high
}

// lastTextEnd is textEnd for the last bytes of the data.
func lastTextEnd(data []byte, i int) (end int, mark Token) {
	for i < len(data) && data[i] >= ' ' {
		switch data[i] {
		case '"':
			return i, mark
		case '\\':
			size := EscapeSize(data[i:])
			if size == 0 {
				return -1, 0
			}
			i += size
			mark = escaped
		default:
			i++
		}
	}
	return -1, 0
}

// tail is or of the last bytes of the data, fewer than eight.
func tail(data []byte, i int) (word uint64) {
	for _, c := range data[i:] {
		word = word<<8 | uint64(c)
	}
	return word
}
