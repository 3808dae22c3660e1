package jobs

import (
	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/jobs/decode"
)

// Payload is what a job is sent. Generated code decodes it; it is gone when the
// job is done.
type Payload struct {
	tape jsonscan.Tape
	// value is the token of what the job is sent: of the whole, or of the event in
	// an envelope. It is 0 where there is no JSON.
	value   int
	fields  fields // of value
	matcher match.Matcher
	decoder decode.Decoder
	misfit  error    // why it doesn't fit the type of the job at hand
	fixed   bool     // what the job's rules send has fields that the job takes
	nulls   []byte   // answers for events to come
	next    *Payload // in a list of free ones
}

// newPayload reads what a function is sent, or what a rule's input has made.
func newPayload(data []byte) *Payload {
	p := payloads.take()
	p.fixed = false
	if !p.tape.Read(data) {
		p.tape.Data, p.value, p.fields = data, 0, fields{}
		return p
	}
	p.enter(jsonscan.Root)
	return p
}

// release gives the memory back: the payload is not used any more.
func (p *Payload) release() {
	size := len(p.tape.Data)
	p.tape.Data, p.misfit = nil, nil
	p.decoder.End()
	if size <= maxKept {
		payloads.keep(p)
	}
}

// null returns the answer of a job without a result, which is the caller's alone: it is
// cut off from many that are made at once.
func (p *Payload) null() []byte {
	if len(p.nulls) < len(null) {
		p.nulls = newNulls()
	}
	answer := p.nulls[:len(null):len(null)]
	p.nulls = p.nulls[len(null):]
	return answer
}

//go:noinline
func newNulls() []byte {
	const four = null + null + null + null
	return []byte(four + four + four + four + four + four + four + four)
}

// enter makes the value at a token what the job is sent.
func (p *Payload) enter(token int) {
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

// isObject reports whether the job is sent an object.
func (p *Payload) isObject() bool { return p.tape.Kind(p.value) == '{' }

// raw returns a field as JSON; nil for one that is missing.
//
//go:noinline
func (p *Payload) raw(f field) []byte {
	if token := p.fields.at[f]; token != 0 {
		return p.tape.Raw(int(token))
	}
	return nil
}

// text returns a field's text; one that isn't a string has none.
func (p *Payload) text(f field) string { return text(p.raw(f)) }

// id returns the event's id.
func (p *Payload) id() string { return p.text(fieldID) }

// foreign says that what the job is sent is no event, and why.
func (p *Payload) foreign(reason string) *ForeignPayloadError {
	payload := p.JSON()
	return &ForeignPayloadError{Looks: looks(payload), Reason: reason, Size: len(payload)}
}

// eventError checks that the job is sent an EventBridge event, an object with a
// string source, a string detail-type and an object detail. The error is a
// *ForeignPayloadError.
func (p *Payload) eventError() error {
	at := &p.fields.at
	if p.tape.Kind(int(at[fieldSource])) == '"' && p.tape.Kind(int(at[fieldDetailType])) == '"' &&
		p.tape.Kind(int(at[fieldDetail])) == '{' && p.fields.lookalike == 0 {
		return nil
	}
	return p.foreign(p.fault())
}

// fault says what an event has and this lacks.
func (p *Payload) fault() string {
	if !p.isObject() {
		return ""
	}
	fault := p.wrongKind(fieldSource, `"source"`, '"')
	if fault == "" {
		fault = p.wrongKind(fieldDetailType, `"detail-type"`, '"')
	}
	if fault == "" {
		fault = p.wrongKind(fieldDetail, `"detail"`, '{')
	}
	if fault == "" {
		fault = quote(text(p.tape.Raw(int(p.fields.lookalike)))) + " is not a field of an event, but encoding/json would take it for one"
	}
	return fault
}

// wrongKind says what is wrong with a field of this name in quotes, whose JSON
// must begin with this byte; it is empty if nothing is.
func (p *Payload) wrongKind(f field, name string, begin byte) string {
	switch value := p.raw(f); {
	case value == nil:
		return name + " is missing"
	case value[0] != begin:
		return name + " is " + article(kindOf(value[0])) + ", not " + article(kindOf(begin))
	}
	return ""
}
