package jsonscan

import "math"

// Tape is the JSON of a value with a token for each value and key in it, in source order.
// Readers use the tokens to find the bytes that they need.
//
// Read reuses the memory of the previous value.
type Tape struct {
	Data   []byte
	Tokens []Token // Tokens[0] is not used; Tokens[Root] is the whole value
	high   uint64  // the bitwise or of words of strings; a high bit means not only ASCII
}

// Root is the index of the token of the whole value. 0 is no valid index.
const Root = 1

// Token is a value or a key of an object. A key precedes its value. The lower half of a
// token is its start in Data, and a bit for a string with escapes. The upper half is its
// end. For an object or a list, the upper half is the index of the token after its last
// element, and a bit that marks it; the next token holds the end in Data.
type Token uint64

const (
	escaped Token = 1 << 31
	nested  Token = 1 << 63
)

// first is the number of tokens of an object or a list before its first element.
const first = 2

func newToken(start, end uint32) Token { return Token(end)<<32 | Token(start) }

// Start returns the token's start in Data.
func (t Token) Start() uint32 { return uint32(t) &^ uint32(escaped) }

// upper returns the token's end in Data or, for an object or a list, the index of the token
// after its last element.
func (t Token) upper() uint32 { return uint32(t>>32) &^ uint32(nested>>32) }

// Escaped reports whether the token is a string with escapes.
func (t Token) Escaped() bool { return t&escaped != 0 }

// End returns the end in Data of a token that is neither an object nor a list.
func (t Token) End() uint32 { return t.upper() }

// Content returns the start of a string's content in Data, after its quote.
func (t Token) Content() uint32 { return t.Start() + 1 }

// Size returns the number of bytes of a string between its quotes.
func (t Token) Size() uint32 { return t.upper() - t.Start() - 2 }

// Next returns the index of the token after the value of this token, whose index is i.
func (t Token) Next(i int) int {
	if t&nested != 0 {
		return int(t.upper())
	}
	return i + 1
}

// First returns the index of the first token in the object or list at i. If it is empty,
// that is the index that Next returns.
func First(i int) int { return i + first }

// Next returns the index of the token after the value of the token at i.
func (t *Tape) Next(i int) int { return t.Tokens[i].Next(i) }

// Kind returns the first byte of the token at i, which identifies the kind of value, or 0
// if i is 0.
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

// Content returns the bytes between the quotes of the string at i. The slice has more
// capacity.
func (t *Tape) Content(i int) []byte { return t.Text(t.Tokens[i]) }

// Text returns the bytes between the quotes of a token that is a string.
func (t *Tape) Text(token Token) []byte { return t.Data[token.Content() : token.upper()-1] }

// ASCII reports whether all strings are certainly ASCII.
func (t *Tape) ASCII() bool { return t.high&highs == 0 }

// Read scans data and reports whether it is valid: one JSON value that encoding/json's
// Valid accepts, smaller than 2 GB.
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
