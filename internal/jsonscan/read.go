package jsonscan

// due is what the grammar requires next.
type due uint8

const (
	dueValue due = iota
	dueKey
	dueColon
	dueFirst // after an opening bracket: a key, a value, or the closing bracket
	dueNext  // after a value: a comma, a closing bracket, or the end
)

// reader is the state of a pass over the bytes of a tape.
type reader struct {
	*Tape
	i     int // the current byte
	n     int // the number of tokens
	open  int // the token of the innermost open object or list, or 0
	depth int // the number of open objects and lists
	due   due
}

// read returns the number of tokens, or -1. It alternates between run, which reads the
// common parts of an event, and step.
func (t *Tape) read(data []byte) int {
	r := reader{Tape: t, n: Root}
	r.room()
	if len(data) > 0 && data[0] == '{' {
		r.begin()
	} else if !r.step(data) {
		return -1
	}
	for r.open != 0 {
		r.i, r.n, r.open, r.depth, r.due = run(data, t.Tokens, r.i, r.n, r.open, r.depth, r.due)
		if r.open == 0 {
			break
		}
		if r.room(); !r.step(data) {
			return -1
		}
	}
	if r.i < len(data) && SkipSpace(data, r.i) < len(data) {
		return -1
	}
	return r.n
}

// room makes room for the tokens of one object or list.
func (r *reader) room() {
	if r.n+first > len(r.Tokens) {
		r.grow()
	}
}

// step reads what is due, and reports whether it is valid. There must be room for its
// tokens.
func (r *reader) step(data []byte) bool {
	r.i = SkipSpace(data, r.i)
	if r.i == len(data) {
		return false
	}
	c := data[r.i]
	if r.due == dueFirst {
		if c == r.closing() {
			r.close()
			return true
		}
		r.due = r.element()
	}
	switch r.due {
	case dueNext:
		if c == r.closing() {
			r.close()
			return true
		}
		r.i, r.due = r.i+1, r.element()
		return c == ','
	case dueColon:
		r.i, r.due = r.i+1, dueValue
		return c == ':'
	case dueKey:
		return c == '"' && r.text(data, dueColon)
	}
	switch c {
	case '"':
		return r.text(data, dueNext)
	case '{', '[':
		return r.begin()
	}
	return r.literal(data)
}

// closing returns the bracket that closes the open object or list.
func (r *reader) closing() byte { return r.Kind(r.open) + 2 } // '}' is 0x7d, ']' 0x5d

// element returns what begins an element of the open object or list.
func (r *reader) element() due {
	if r.Kind(r.open) == '{' {
		return dueKey
	}
	return dueValue
}

func (r *reader) add(start int, more Token, then due) {
	r.Tokens[r.n] = newToken(uint32(start), uint32(r.i)) | more
	r.n++
	r.due = then
}

// text reads a string.
func (r *reader) text(data []byte, then due) bool {
	start := r.i
	end, more, high := textEnd(data, start+1)
	if end < 0 {
		return false
	}
	r.high |= high
	r.i = end + 1
	r.add(start, more, then)
	return true
}

// literal reads true, false, null or a number.
func (r *reader) literal(data []byte) bool {
	start := r.i
	if r.i = SkipLiteral(data, start); r.i < 0 {
		return false
	}
	r.add(start, 0, dueNext)
	return true
}

// begin reads an opening bracket. Until the closing bracket is read, the upper half of the
// token holds the index of the outer open token.
func (r *reader) begin() bool {
	r.Tokens[r.n] = newToken(uint32(r.i), uint32(r.open))
	r.i++
	r.open, r.due = r.n, dueFirst
	r.n += first
	r.depth++
	return r.depth <= MaxNesting
}

// close reads a closing bracket.
func (r *reader) close() {
	r.i++
	token := &r.Tokens[r.open]
	r.Tokens[r.open+1] = Token(r.i)
	r.open, *token = int(token.upper()), newToken(token.Start(), uint32(r.n))|nested
	r.depth--
	r.due = dueNext
}
