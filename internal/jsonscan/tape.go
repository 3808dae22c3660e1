package jsonscan

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// Tape is the JSON of one value with a token for each value and key in it, in
// their order: what a single pass over the bytes finds out. All else that reads
// the JSON goes by the tokens, and looks at those bytes alone that it wants.
//
// Its memory serves one value after the other: Read begins anew.
type Tape struct {
	Data   []byte
	Tokens []Token // the first stands for nothing; Tokens[Root] is the whole value
	high   uint64  // or of the words that strings stand in
}

// Root is the index of the whole value's token. 0 is no token's.
const Root = 1

// Token is a value or an object's key, which comes before its value.
type Token struct {
	Start, End uint32 // its bytes: Data[Start:End]
	// next is, of an object or a list, the index of the token behind all that is in
	// it, and of a string whether there are escapes in it: 0 or 1.
	next uint32
}

// Escaped reports whether a string has escapes.
func (t *Token) Escaped() bool { return t.next == 1 }

// Next returns the index of the token behind the value that the token at i
// begins.
func (t *Tape) Next(i int) int { return t.Tokens[i].Next(i) }

// Next returns the index of the token behind the value that this one, at i,
// begins.
func (t *Token) Next(i int) int {
	if t.next > 1 {
		return int(t.next)
	}
	return i + 1
}

// Kind returns the first byte of a token, which tells its kind; 0 for no token.
func (t *Tape) Kind(i int) byte {
	if i == 0 {
		return 0
	}
	return t.Data[t.Tokens[i].Start]
}

// Raw returns the JSON of a token.
func (t *Tape) Raw(i int) []byte {
	token := &t.Tokens[i]
	return t.Data[token.Start:token.End:token.End]
}

// Content returns what is between the quotes of a string. It has more bytes
// behind it, up to its capacity.
func (t *Tape) Content(i int) []byte {
	token := &t.Tokens[i]
	return t.Data[token.Start+1 : token.End-1]
}

// ASCII reports that there is nothing but ASCII in strings. It may be false all
// the same.
func (t *Tape) ASCII() bool { return t.high&highs == 0 }

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

// Read reads the JSON of one value. It reports whether it is that: what
// encoding/json's Valid takes, and less than 2 GB of it.
func (t *Tape) Read(data []byte) bool {
	if len(data) > math.MaxInt32 {
		return false
	}
	t.Data, t.Tokens, t.high = data, t.Tokens[:cap(t.Tokens)], 0
	n := t.read(data)
	if n < 0 {
		t.Tokens = t.Tokens[:0]
		return false
	}
	t.Tokens = t.Tokens[:n]
	return true
}

// grow makes room for more tokens.
func (t *Tape) grow() []Token {
	more := make([]Token, 2*len(t.Tokens)+128)
	copy(more, t.Tokens)
	t.Tokens = more
	return more
}

// read returns the number of tokens, or -1. All of its state is in variables, so
// that it stays in registers: the pass is what every event pays.
//
//nolint:gocyclo // one loop over the grammar's few states; parts of it as functions cost a tenth each
func (t *Tape) read(data []byte) int {
	tokens, n := t.Tokens, Root
	open, depth := 0, 0 // the innermost object or list that is open, and how many are
	inObject := false   // it is an object
	key := false        // a key is due, not a value
	high := uint64(0)
	i := SkipSpace(data, 0)
	for i < len(data) {
		if n >= len(tokens) {
			tokens = t.grow()
		}
		start := i
		switch c := data[i]; {
		case c == '"':
			where := atValue
			if key {
				var more uint64
				i, n, where, more = readTexts(data, i, tokens, n)
				high |= more
			}
			if where == atKey || where == atValue {
				key = where == atKey
				if n == len(tokens) {
					continue
				}
				var escaped uint32
				var word uint64
				start = i
				if i, escaped, word = textEnd(data, i+1); i < 0 {
					return -1
				}
				high |= word
				i++
				tokens[n] = Token{uint32(start), uint32(i), escaped}
				n++
				if key {
					where = behindKey
				}
			}
			if where == behindKey {
				key = false
				if i = SkipColon(data, i); i < 0 {
					return -1
				}
				continue
			}
		case key:
			return -1
		case c == '{' || c == '[':
			if depth++; depth > MaxNesting {
				return -1
			}
			tokens[n] = Token{Start: uint32(i), End: uint32(open)} // for now, End is the one around
			open, inObject = n, c == '{'
			n++
			i = SkipSpace(data, i+1)
			if i == len(data) {
				return -1
			}
			if data[i] != c+2 { // the closing bracket: '}' is 0x7d, ']' 0x5d
				key = inObject
				continue
			}
		default:
			if i = SkipLiteral(data, i); i < 0 {
				return -1
			}
			tokens[n] = Token{Start: uint32(start), End: uint32(i)}
			n++
		}
		// Behind a value there are closing brackets, or a comma.
		for {
			if i < len(data) && data[i] <= ' ' {
				i = SkipSpace(data, i)
			}
			if open == 0 {
				t.high = high
				if i < len(data) {
					return -1
				}
				return n
			}
			if i == len(data) {
				return -1
			}
			c := data[i]
			i++
			if c == ',' {
				if i < len(data) && data[i] <= ' ' {
					i = SkipSpace(data, i)
				}
				key = inObject
				break
			}
			if inObject && c != '}' || !inObject && c != ']' {
				return -1
			}
			closed := &tokens[open]
			open, closed.End, closed.next = int(closed.End), uint32(i), uint32(n)
			depth--
			inObject = data[tokens[open].Start] == '{'
		}
	}
	return -1
}

// Where readTexts ends.
const (
	atKey = iota // before its quote
	atValue
	behindKey // behind its quote
	behindValue
)

// readTexts reads what most of an event is, members whose values are strings, from
// the quote of a key on. It ends where it finds anything else, an escape and white
// space included, or no room for a token. It returns the index where it ends, the
// number of tokens, where that is, and or of the words that it has seen.
//
// To add the place of a quote in its word to i would make the next word wait for
// this one; a branch for each place does not.
func readTexts(data []byte, from int, tokens []Token, count int) (end, n, where int, high uint64) {
	if len(data) < 8 {
		return from, count, atKey, 0
	}
	// Unsigned, so that the compiler sees that they are within bounds.
	i, k, size := uint(from), uint(count), uint(len(data))
	last := size - 8    // where the last word begins
	behind := byte(':') // what comes behind the string at hand: ':' or ','
	for k < uint(len(tokens)) {
		start := i
		i++
		for {
			if i > last {
				return int(start), int(k), at(behind), high
			}
			w := binary.LittleEndian.Uint64(data[i:])
			high |= w
			marks := special(w)
			if marks == 0 {
				i += 8
				continue
			}
			switch bits.TrailingZeros64(marks) >> 3 {
			case 0:
			case 1:
				i++
			case 2:
				i += 2
			case 3:
				i += 3
			case 4:
				i += 4
			case 5:
				i += 5
			case 6:
				i += 6
			default:
				i += 7
			}
			break
		}
		if i >= size || data[i] != '"' {
			return int(start), int(k), at(behind), high
		}
		i++
		tokens[k] = Token{Start: uint32(start), End: uint32(i)}
		k++
		next := i + 1
		if next >= size || data[i] != behind || data[next] != '"' {
			return int(i), int(k), at(behind) + behindKey, high
		}
		i = next
		behind ^= ':' ^ ','
	}
	return int(i), int(k), at(behind), high
}

// at tells a key from a value by what comes behind it.
func at(behind byte) int {
	if behind == ':' {
		return atKey
	}
	return atValue
}

// textEnd returns the index of the quote that ends the string whose content begins
// at i, 1 if there are escapes in it, and or of the words that it has seen.
func textEnd(data []byte, i int) (end int, escaped uint32, high uint64) {
	for i+8 <= len(data) {
		w := binary.LittleEndian.Uint64(data[i:])
		high |= w
		marks := special(w)
		if marks == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(marks) >> 3
		if data[i] == '"' {
			return i, escaped, high
		}
		size := EscapeSize(data[i:])
		if size == 0 || data[i] != '\\' {
			return -1, 1, high
		}
		i += size
		escaped = 1
	}
	high |= tail(data, i)
	i, more := lastStringEnd(data, i)
	return i, escaped | more, high
}

// lastStringEnd is textEnd for the last bytes of the data.
func lastStringEnd(data []byte, i int) (end int, escaped uint32) {
	for i < len(data) && data[i] >= ' ' {
		switch data[i] {
		case '"':
			return i, escaped
		case '\\':
			size := EscapeSize(data[i:])
			if size == 0 {
				return -1, 1
			}
			i += size
			escaped = 1
		default:
			i++
		}
	}
	return -1, escaped
}

// tail is or of the last bytes of the data, fewer than eight.
func tail(data []byte, i int) (word uint64) {
	for _, c := range data[i:] {
		word = word<<8 | uint64(c)
	}
	return word
}
