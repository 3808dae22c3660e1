package jsonscan

import "math"

// Tape is the JSON of one value with a token for each value and key in it, in
// their order: what a single pass over the bytes finds out. All else that reads
// the JSON goes by the tokens, and looks at those bytes alone that it wants.
//
// Its memory serves one value after the other: Read begins anew.
type Tape struct {
	Data   []byte
	Tokens []Token // the first stands for nothing; Tokens[Root] is the whole value
	high   uint64  // or of the words that have strings with other characters than ASCII
}

// Root is the index of the whole value's token. 0 is no token's.
const Root = 1

// Token is a value or an object's key, which comes before its value. In its lower
// half is where it starts in Data, and whether it is a string with escapes. In its
// upper half is where it ends; or for an object or a list, whose end is a token of
// its own, the index of the token behind all that is in it, and a bit that says so.
type Token uint64

const (
	escaped Token = 1 << 31
	nested  Token = 1 << 63
)

// first is where the tokens in an object or a list begin, behind its own.
const first = 2

func newToken(start, end uint32) Token { return Token(end)<<32 | Token(start) }

// Start returns where the token starts in Data.
func (t Token) Start() uint32 { return uint32(t) &^ uint32(escaped) }

// upper is where the token ends, or the index behind what is in it.
func (t Token) upper() uint32 { return uint32(t>>32) &^ uint32(nested>>32) }

// Escaped reports whether a string has escapes.
func (t Token) Escaped() bool { return t&escaped != 0 }

// End returns where a token ends in Data that is no object or list.
func (t Token) End() uint32 { return t.upper() }

// Content returns where the content of a string begins in Data, behind its quote.
func (t Token) Content() uint32 { return t.Start() + 1 }

// Size returns the number of bytes of a string between its quotes.
func (t Token) Size() uint32 { return t.upper() - t.Start() - 2 }

// Next returns the index of the token behind the value that this one, at i,
// begins.
func (t Token) Next(i int) int {
	if t&nested != 0 {
		return int(t.upper())
	}
	return i + 1
}

// First returns the index of the first token in the object or list at i. If there is
// none, it is what Next returns.
func First(i int) int { return i + first }

// Next returns the index of the token behind the value that the token at i
// begins.
func (t *Tape) Next(i int) int { return t.Tokens[i].Next(i) }

// Kind returns the first byte of a token, which tells its kind; 0 for no token.
func (t *Tape) Kind(i int) byte {
	if i == 0 {
		return 0
	}
	return t.KindOf(t.Tokens[i])
}

// KindOf returns the first byte of a token of the tape.
func (t *Tape) KindOf(token Token) byte { return t.Data[token.Start()] }

// Raw returns the JSON of a token.
func (t *Tape) Raw(i int) []byte {
	token := t.Tokens[i]
	end := token.upper()
	if token&nested != 0 {
		end = uint32(t.Tokens[i+1])
	}
	return t.Data[token.Start():end:end]
}

// Content returns what is between the quotes of a string. It has more bytes
// behind it, up to its capacity.
func (t *Tape) Content(i int) []byte { return t.Text(t.Tokens[i]) }

// Text returns what is between the quotes of the string that is a token of the tape.
func (t *Tape) Text(token Token) []byte { return t.Data[token.Content() : token.upper()-1] }

// ASCII reports that there is nothing but ASCII in strings. It may be false all
// the same.
func (t *Tape) ASCII() bool { return t.high&highs == 0 }

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
//
//go:noinline
func (t *Tape) grow() {
	more := make([]Token, 2*len(t.Tokens)+128)
	copy(more, t.Tokens)
	t.Tokens = more
}
