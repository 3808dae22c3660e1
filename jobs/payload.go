package jobs

import (
	"encoding/json"
	"slices"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/target"
)

// fields are the fields of an object that matter to the dispatcher, as JSON; nil
// for one that is missing. Names are exact, as they are to EventBridge, and the
// last of two equal ones counts.
type fields struct {
	source, detailType, detail, id json.RawMessage
	// rule and event are those of the envelope of a function for a whole package.
	rule, event json.RawMessage
	inner       *fields // what event holds; nil if that is no object
	// lookalike is a field whose name is that of an event's field but for letter
	// case. encoding/json decodes one as the other, and so the job would be called
	// with another value than the one that was matched.
	lookalike string
}

// header is what the dispatcher itself tells of an event.
type header struct{ fields *fields }

func (h header) id() string {
	if h.fields == nil {
		return ""
	}
	return text(h.fields.id)
}

// readEvent checks that payload is an EventBridge event, an object with a string
// source, a string detail-type and an object detail, and reads its header. The
// error is a *ForeignPayloadError.
func readEvent(payload []byte) (header, error) {
	f, err := readObject(payload)
	if err != nil {
		return header{}, err
	}
	return f.header(payload)
}

// readObject reads an object's fields.
func readObject(payload []byte) (*fields, error) {
	f := scanPayload(payload)
	if f == nil {
		return nil, foreign(payload, "")
	}
	return f, nil
}

// header checks that the fields are those of an event.
func (f *fields) header(payload []byte) (header, error) {
	fault := f.eventFault()
	if fault == "" && f.lookalike != "" {
		fault = quote(f.lookalike) + " is not a field of an event, but encoding/json would take it for one"
	}
	if fault != "" {
		return header{}, foreign(payload, fault)
	}
	return header{f}, nil
}

func (f *fields) eventFault() string {
	if fault := wrongKind("source", f.source, "string"); fault != "" {
		return fault
	}
	if fault := wrongKind("detail-type", f.detailType, "string"); fault != "" {
		return fault
	}
	return wrongKind("detail", f.detail, "object")
}

// wrongKind says what is wrong with a field that must be of the kind; it is
// empty if nothing is.
func wrongKind(key string, value json.RawMessage, kind string) string {
	switch {
	case value == nil:
		return quote(key) + " is missing"
	case kindOf(value) != kind:
		return quote(key) + " is " + article(kindOf(value)) + ", not " + article(kind)
	}
	return ""
}

// wrapped is what the one function of a package is sent for a rule:
// {"jobs:rule": id, "event": …}.
type wrapped struct {
	rule   json.RawMessage // a string
	event  json.RawMessage
	fields *fields // the event's; nil if it is no object
}

// wrapped reads fields as an envelope; ok is false if they aren't one.
func (f *fields) wrapped(payload []byte) (w wrapped, ok bool, err error) {
	if f.rule == nil {
		return wrapped{}, false, nil
	}
	if fault := wrongKind(target.RuleKey, f.rule, "string"); fault != "" {
		return wrapped{}, true, foreign(payload, fault)
	}
	if f.event == nil {
		return wrapped{}, true, foreign(payload, quote(target.EventKey)+" is missing")
	}
	return wrapped{rule: f.rule, event: f.event, fields: f.inner}, true, nil
}

// header reads the event in the envelope.
func (w wrapped) header() (header, error) {
	if w.fields == nil {
		return header{}, foreign(w.event, "")
	}
	return w.fields.header(w.event)
}

// kindOf returns the kind of a valid JSON value by its first byte.
func kindOf(raw json.RawMessage) string {
	switch raw[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}

func article(kind string) string {
	switch {
	case kind == "null":
		return kind
	case slices.Contains([]string{"object", "array"}, kind):
		return "an " + kind
	}
	return "a " + kind
}

// text returns a JSON string's text; what isn't one has none.
func text(raw json.RawMessage) string {
	if simple := simpleText(raw); simple != nil {
		return string(simple)
	}
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}

// simpleText returns the text of a JSON string that has it as it is: ASCII
// without escapes. It is nil for any other.
func simpleText(raw json.RawMessage) []byte {
	if len(raw) < 2 || raw[0] != '"' {
		return nil
	}
	for _, c := range raw[1 : len(raw)-1] {
		if c >= utf8.RuneSelf || c == '\\' {
			return nil
		}
	}
	return raw[1 : len(raw)-1]
}
