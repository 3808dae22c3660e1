// Package payload reads what a function is sent: once, onto a tape, with the places of
// an event's own fields. Package jobs decides by it which job runs, and generated code
// decodes it.
package payload

import (
	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/jobs/decode"
)

// Payload is what a job is sent. Generated code decodes it; it is gone when the
// job is done.
type Payload struct {
	// DecodeError is the error of decoding it into the type of the current job.
	DecodeError error
	// Fixed says that the inputs of the job's rules have fields that the job decodes.
	Fixed bool

	tape jsonscan.Tape
	// value is the token of what the job is sent: of the whole, or of the event in
	// an envelope. It is 0 where there is no JSON.
	value   int
	fields  fields // of value
	matcher match.Matcher
	decoder decode.Decoder
	nulls   []byte   // answers for events to come
	next    *Payload // in a list of free ones
}

// New reads what a function is sent, or what a rule's input has made.
func New(data []byte) *Payload {
	p := free.take()
	p.Fixed = false
	if !p.tape.Read(data) {
		p.tape.Data, p.value, p.fields = data, 0, fields{}
		return p
	}
	p.Enter(jsonscan.Root)
	return p
}

// Release gives the memory back. The payload must not be used afterwards.
func (p *Payload) Release() {
	size := len(p.tape.Data)
	p.tape.Data, p.DecodeError = nil, nil
	p.decoder.End()
	if size <= maxKept {
		free.keep(p)
	}
}

// Null returns the answer of a job without a result. The caller may change it: each is
// a part of a slice that is made for many answers.
func (p *Payload) Null() []byte {
	if len(p.nulls) < len(null) {
		p.nulls = newNulls()
	}
	answer := p.nulls[:len(null):len(null)]
	p.nulls = p.nulls[len(null):]
	return answer
}

const null = "null"

//go:noinline
func newNulls() []byte {
	const four = null + null + null + null
	return []byte(four + four + four + four + four + four + four + four)
}

// Enter makes the value at a token what the job is sent.
func (p *Payload) Enter(token int) {
	p.value = token
	if p.tape.Kind(token) == '{' {
		p.fields.read(&p.tape, token)
	} else {
		p.fields = fields{}
	}
}

// JSON returns what the job is sent as it came. It is neither to be changed nor
// to be kept.
//
//go:noinline
func (p *Payload) JSON() []byte {
	if p.value <= jsonscan.Root {
		return p.tape.Data // the white space around it too
	}
	return p.tape.Raw(p.value)
}

// IsObject reports whether the job is sent an object.
func (p *Payload) IsObject() bool { return p.tape.Kind(p.value) == '{' }

// Raw returns a field as JSON; nil for one that is missing.
//
//go:noinline
func (p *Payload) Raw(f Field) []byte {
	if token := p.fields.at[f]; token != 0 {
		return p.tape.Raw(int(token))
	}
	return nil
}

// Text returns a field's text; one that isn't a string has none.
func (p *Payload) Text(f Field) string { return Text(p.Raw(f)) }

// ID returns the event's id.
func (p *Payload) ID() string { return p.Text(ID) }

// IsJSON reports whether the payload is JSON at all.
func (p *Payload) IsJSON() bool { return p.value != 0 }

// Token returns the token of a field's value, 0 for a missing field.
func (p *Payload) Token(f Field) int { return int(p.fields.at[f]) }

// Lookalike returns the first key that is an event's but for letter case, nil if there
// is none. encoding/json would take it for the event's.
func (p *Payload) Lookalike() []byte {
	if p.fields.lookalike == 0 {
		return nil
	}
	return p.tape.Raw(int(p.fields.lookalike))
}

// IsEvent reports whether the job is sent an EventBridge event: an object with a
// string source, a string detail-type and an object detail.
func (p *Payload) IsEvent() bool {
	return p.tape.Kind(p.Token(Source)) == '"' && p.tape.Kind(p.Token(DetailType)) == '"' &&
		p.tape.Kind(p.Token(Detail)) == '{' && p.fields.lookalike == 0
}

// Match returns the indexes of the patterns of a set that the event matches.
func (p *Payload) Match(set *match.Set) ([]int, error) { return p.matcher.Match(set, &p.tape, p.value) }
