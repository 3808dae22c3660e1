package jsonscan

import (
	"encoding/binary"
	"math/bits"
)

// What comes behind a key or a value where another string comes next: the closing
// quote, ':' or ',', and the next one's quote.
const (
	behindKey   = '"' | ':'<<8 | '"'<<16
	behindValue = '"' | ','<<8 | '"'<<16
	behindMask  = 1<<24 - 1
)

// turnIn turns what comes behind a key into what comes behind a value, and back, in
// what a bracket opens: 0 in a list. '{' is '[' with one bit more.
func turnIn(bracket byte) uint32 {
	return uint32(bracket&('{'^'[')) * ((behindKey ^ behindValue) / ('{' ^ '['))
}

// closing is the bracket that closes it.
func closing(turn uint32) byte {
	if turn == 0 {
		return ']'
	}
	return '}'
}

// run reads on as long as it finds what nearly all of an event is: strings of ASCII
// without escapes, numbers without exponents, true, false and null. It ends before
// anything else, what is wrong included, or where there is no room for a token; step
// goes on from there. Something is open when it begins.
//
// It calls nothing, so that its state stays in registers: this pass is what every
// event pays.
//
//nolint:gocyclo // a machine of few states; parts of it as functions cost a tenth each
func run(data []byte, tokens []Token, i, n, open, depth int, next due) (int, int, int, int, due) {
	var (
		p       = uint32(i) // so that the compiler knows that adding to it is safe
		k       = uint(n)
		start   uint32
		follows uint32 // what comes behind the string at hand if another one comes next
		turn    uint32 // what turns it from a key's to a value's and back; 0 in a list
		c       byte   // the one at hand
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
		goto behind
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
	follows = behindKey

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
	// To add the place of the quote in its word to an index would make the next word
	// wait for this one; a branch for each place does not.
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
	if u&behindMask == follows {
		p += 2
		follows ^= turn
		goto text
	}
	p++
	c = byte(u >> 8)
	if follows != behindKey {
		goto behind
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
		follows = behindValue
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
			goto unread // rare enough
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

behind:
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
	goto behind

last: // the last word; what is behind the data is zero, which is special
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

unread: // the string or literal that begins at start
	p = start
	next = dueValue
	if data[p] == '"' && follows == behindKey {
		next = dueKey
	}
	goto end

odd: // c isn't what is due next
	if isSpace(c) {
		goto again
	}

end:
	return int(p), int(k), open, depth, next
}

// Literals as they are in memory; of false what is behind the first letter.
const (
	isTrue  = 't' | 'r'<<8 | 'u'<<16 | 'e'<<24
	isNull  = 'n' | 'u'<<8 | 'l'<<16 | 'l'<<24
	isFalse = 'a' | 'l'<<8 | 's'<<16 | 'e'<<24
)
