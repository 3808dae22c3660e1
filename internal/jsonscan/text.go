package jsonscan

import (
	"encoding/binary"
	"math/bits"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// masks are the masks of special and run. As variables they are operands in memory; as
// constants each would need a register and an instruction.
var masks = struct{ turned, below, backslash, ones, highs uint64 }{
	turned: ones * 2, below: ones * ('"' ^ 2 + 1), backslash: ones * '\\', ones: ones, highs: highs,
}

// special sets the high bit of each byte of w that is a quote, a backslash or a control
// character. Only the lowest such bit is reliable: higher ones, those of bytes that are not
// ASCII, and all other bits may be wrong. With its second bit inverted, a quote follows
// directly after the control characters, so one subtraction finds both.
func special(w uint64) uint64 {
	return (w ^ masks.turned - masks.below) | (w ^ masks.backslash - masks.ones)
}

// textEnd returns the index of the closing quote of the string whose content begins at i,
// the escaped bit if it has escapes, and the bitwise or of its words.
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

// tail returns the bitwise or of the last bytes of the data, fewer than eight.
func tail(data []byte, i int) (word uint64) {
	for _, c := range data[i:] {
		word = word<<8 | uint64(c)
	}
	return word
}
