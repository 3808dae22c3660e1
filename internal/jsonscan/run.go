package jsonscan

import (
	"encoding/binary"
	"math/bits"
)

// The bytes from the closing quote of a key or a value to the opening quote of the next
// string.
const (
	afterKey   = '"' | ':'<<8 | '"'<<16
	afterValue = '"' | ','<<8 | '"'<<16
	afterMask  = 1<<24 - 1
)

// turnIn returns the bits in which afterKey and afterValue differ if the bracket opens an
// object, and 0 if it opens a list. '{' is '[' with one more bit.
func turnIn(bracket byte) uint32 {
	return uint32(bracket&('{'^'[')) * ((afterKey ^ afterValue) / ('{' ^ '['))
}

// closing returns the closing bracket for a result of turnIn.
func closing(turn uint32) byte {
	if turn == 0 {
		return ']'
	}
	return '}'
}

// run reads strings of ASCII without escapes, numbers without exponents, true, false and
// null. It stops before anything else, including invalid input, or if there is no room for
// a token. An object or a list must be open.
//
// It makes no calls, so its state stays in registers.
//
//nolint:gocyclo // a state machine; each part as a function would cost a tenth of its speed
func run(data []byte, tokens []Token, i, n, open, depth int, next due) (int, int, int, int, due) {
	var (
		p       = uint32(i) // unsigned, so the compiler knows that adding to it is safe
		k       = uint(n)
		start   uint32
		follows uint32 // afterKey or afterValue for the current string
		turn    uint32 // switches follows between the two; 0 in a list
		c       byte   // the current byte
		u       uint32
		w       uint64
		token   Token
	)
	turn = turnIn(data[tokens[open].Start()])

again:
	for int(p) < len(data) && isSpace(data[p]) {
		p++
	}
	if int(p) >= len(data) {
		goto end
	}
	c = data[p]
	switch next {
	case dueKey:
		goto key
	case dueColon:
		goto colon
	case dueValue:
		goto value
	case dueNext:
		goto after
	}

first:
	next = dueFirst
	if c == closing(turn) {
		goto closed
	}
	if c <= ' ' {
		goto odd
	}
	if turn == 0 {
		goto value
	}

key:
	next = dueKey
	if c != '"' {
		goto odd
	}
	follows = afterKey

text:
	start = p
	p++
	for {
		if int(p) > len(data)-8 {
			goto last
		}
		w = binary.LittleEndian.Uint64(data[int(p) : int(p)+8])
		if w = (special(w) | w) & masks.highs; w != 0 {
			break
		}
		p += 8
	}

found:
	// Adding the position of the quote in its word to p would make the next word wait for
	// the result. The branches don't.
	switch bits.TrailingZeros64(w) >> 3 {
	case 0:
	case 1:
		p++
	case 2:
		p += 2
	case 3:
		p += 3
	case 4:
		p += 4
	case 5:
		p += 5
	case 6:
		p += 6
	default:
		p += 7
	}
	if int(p) > len(data)-4 {
		goto lastQuote
	}
	u = binary.LittleEndian.Uint32(data[int(p) : int(p)+4])

quote:
	if byte(u) != '"' || k >= uint(len(tokens)) {
		goto unread
	}
	tokens[k] = newToken(start, p+1)
	k++
	if u&afterMask == follows {
		p += 2
		follows ^= turn
		goto text
	}
	p++
	c = byte(u >> 8)
	if follows != afterKey {
		goto after
	}

colon:
	next = dueColon
	if c != ':' {
		goto odd
	}
	p++
	next = dueValue
	if int(p) >= len(data) {
		goto end
	}
	c = data[p]

value:
	next = dueValue
	switch c {
	case '"':
		follows = afterValue
		goto text
	case '{', '[':
		if depth >= MaxNesting || k+first > uint(len(tokens)) {
			goto end
		}
		tokens[k] = newToken(p, uint32(open))
		open = int(k)
		k += first
		depth++
		p++
		next = dueFirst
		if int(p) >= len(data) {
			goto end
		}
		turn = turnIn(c)
		c = data[p]
		goto first
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		start = p
		if c == '-' {
			p++
		}
		if int(p) >= len(data) || !isDigit(data[p]) {
			goto unread
		}
		if data[p] == '0' {
			p++
		} else {
			for int(p) < len(data) && isDigit(data[p]) {
				p++
			}
		}
		if int(p) < len(data) && data[p] == '.' {
			p++
			if int(p) >= len(data) || !isDigit(data[p]) {
				goto unread
			}
			for int(p) < len(data) && isDigit(data[p]) {
				p++
			}
		}
		if int(p) >= len(data) || data[p]|0x20 == 'e' {
			goto unread // exponents are rare
		}
	case 't', 'n':
		if int(p) > len(data)-5 {
			goto end
		}
		start = p
		if u = binary.LittleEndian.Uint32(data[int(p) : int(p)+4]); u != isTrue && u != isNull {
			goto end
		}
		p += 4
	case 'f':
		if int(p) > len(data)-6 || binary.LittleEndian.Uint32(data[int(p)+1:int(p)+5]) != isFalse {
			goto end
		}
		start = p
		p += 5
	default:
		goto odd
	}
	if k >= uint(len(tokens)) {
		goto unread
	}
	tokens[k] = newToken(start, p)
	k++
	c = data[p]

after:
	if c == ',' {
		p++
		next = dueValue
		if turn != 0 {
			next = dueKey
		}
		if int(p) >= len(data) {
			goto end
		}
		c = data[p]
		if turn != 0 {
			goto key
		}
		goto value
	}
	next = dueNext
	if c != closing(turn) {
		goto odd
	}

closed:
	p++
	token = tokens[open]
	tokens[open], tokens[open+1] = newToken(token.Start(), uint32(k))|nested, Token(p)
	open = int(token.upper())
	depth--
	next = dueNext
	if int(p) >= len(data) || open == 0 {
		goto end
	}
	turn = turnIn(data[tokens[open].Start()])
	c = data[p]
	goto after

last: // the last word; the bytes after the data are zero, which is special
	if int(p) >= len(data) || len(data) < 8 {
		goto unread
	}
	w = binary.LittleEndian.Uint64(data[len(data)-8:]) >> (8 * (uint(p) + 8 - uint(len(data))))
	w = (special(w) | w) & masks.highs
	goto found

lastQuote:
	if int(p) >= len(data) {
		goto unread
	}
	u = uint32(data[p])
	if int(p) < len(data)-1 {
		u |= uint32(data[p+1]) << 8
	}
	if int(p) < len(data)-2 {
		u |= uint32(data[p+2]) << 16
	}
	goto quote

unread: // go back to the string or literal that begins at start
	p = start
	next = dueValue
	if data[p] == '"' && follows == afterKey {
		next = dueKey
	}
	goto end

odd: // c is not what is due
	if isSpace(c) {
		goto again
	}

end:
	return int(p), int(k), open, depth, next
}

// Literals in little-endian order; isFalse lacks the first letter.
const (
	isTrue  = 't' | 'r'<<8 | 'u'<<16 | 'e'<<24
	isNull  = 'n' | 'u'<<8 | 'l'<<16 | 'l'<<24
	isFalse = 'a' | 'l'<<8 | 's'<<16 | 'e'<<24
)
