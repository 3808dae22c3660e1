package jobs

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/target"
)

// header is what the dispatcher itself reads of an event.
type header struct {
	id, source, detailType string
}

// envelopeKeys are the names of an event's own fields that Go types decode
// (EventBridge user guide, page eb-events-structure).
var envelopeKeys = []string{
	"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name",
}

// readEvent checks that payload is an EventBridge event, an object with a string
// source, a string detail-type and an object detail, and reads its header. The
// error is a *ForeignPayloadError.
func readEvent(payload []byte) (header, error) {
	fields, err := readObject(payload)
	if err != nil {
		return header{}, err
	}
	return readHeader(payload, fields)
}

// readObject returns an object's fields as JSON. Names are exact, as they are to
// EventBridge, and the last of two equal ones counts.
func readObject(payload []byte) (map[string]json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(payload, &fields); err != nil || fields == nil {
		return nil, foreign(payload, "")
	}
	return fields, nil
}

func readHeader(payload []byte, fields map[string]json.RawMessage) (header, error) {
	for _, want := range []struct{ key, kind string }{
		{"source", "string"}, {"detail-type", "string"}, {"detail", "object"},
	} {
		if fault := wrongKind(fields, want.key, want.kind); fault != "" {
			return header{}, foreign(payload, fault)
		}
	}
	if key := lookalike(fields); key != "" {
		return header{}, foreign(payload, quote(key)+" is not a field of an event, but encoding/json would take it for one")
	}
	return header{
		id: text(fields["id"]), source: text(fields["source"]), detailType: text(fields["detail-type"]),
	}, nil
}

// wrongKind says what is wrong with a field that must be of the kind; it is
// empty if nothing is.
func wrongKind(fields map[string]json.RawMessage, key, kind string) string {
	value, ok := fields[key]
	switch {
	case !ok:
		return quote(key) + " is missing"
	case kindOf(value) != kind:
		return quote(key) + " is " + article(kindOf(value)) + ", not " + article(kind)
	}
	return ""
}

// lookalike returns a field whose name is that of an event's field but for
// letter case. encoding/json decodes one as the other, and so the job would be
// called with another value than the one that was matched.
func lookalike(fields map[string]json.RawMessage) string {
	for key := range fields {
		for _, known := range envelopeKeys {
			if key != known && strings.EqualFold(key, known) {
				return key
			}
		}
	}
	return ""
}

// wrapped is what the one function of a package is sent for a rule:
// {"jobs:rule": id, "event": …}.
type wrapped struct {
	rule  string
	event json.RawMessage
}

// readWrapped reads fields as an envelope; ok is false if they aren't one.
func readWrapped(payload []byte, fields map[string]json.RawMessage) (w wrapped, ok bool, err error) {
	if _, ok := fields[target.RuleKey]; !ok {
		return wrapped{}, false, nil
	}
	if fault := wrongKind(fields, target.RuleKey, "string"); fault != "" {
		return wrapped{}, true, foreign(payload, fault)
	}
	if _, ok := fields[target.EventKey]; !ok {
		return wrapped{}, true, foreign(payload, quote(target.EventKey)+" is missing")
	}
	return wrapped{rule: text(fields[target.RuleKey]), event: fields[target.EventKey]}, true, nil
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
	var s string
	_ = json.Unmarshal(raw, &s)
	return s
}
