package jobs

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/target"
)

// envelopeKeys are the names of an event's own fields that Go types decode
// (EventBridge user guide, page eb-events-structure).
var envelopeKeys = [...]string{
	"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name",
}

// scanner goes through a payload once: it checks all of its grammar, and finds
// where the fields are that matter.
type scanner struct {
	data []byte
	open jsonscan.Nesting
}

// nested are the fields of a payload and of the event in it.
type nested struct{ outer, inner fields }

// scanPayload reads the fields of the object that payload is; nil if it is none.
func scanPayload(payload []byte) *fields {
	s := scanner{data: payload[:len(payload):len(payload)]}
	i := jsonscan.SkipSpace(s.data, 0)
	if i == len(s.data) || s.data[i] != '{' {
		return nil
	}
	var both nested
	i = s.object(i, &both.outer, &both.inner)
	if i < 0 || jsonscan.SkipSpace(s.data, i) < len(s.data) {
		return nil
	}
	return &both.outer
}

// object reads the fields of the object at i into f, and those of its member
// event into inner, unless that is nil: then the object is that event.
func (s *scanner) object(i int, f, inner *fields) int {
	if i = jsonscan.SkipSpace(s.data, i+1); i < len(s.data) && s.data[i] == '}' {
		return i + 1
	}
	for {
		if i = s.member(i, f, inner); i < 0 {
			return -1
		}
		if i = jsonscan.SkipSpace(s.data, i); i == len(s.data) {
			return -1
		}
		switch s.data[i] {
		case ',':
			i = jsonscan.SkipSpace(s.data, i+1)
		case '}':
			return i + 1
		default:
			return -1
		}
	}
}

// member reads the member of an object that begins at i.
func (s *scanner) member(i int, f, inner *fields) int {
	if i == len(s.data) || s.data[i] != '"' {
		return -1
	}
	end, escaped := jsonscan.StringEnd(s.data, i+1)
	if end < 0 {
		return -1
	}
	key := s.data[i+1 : end]
	if escaped {
		key = jsonscan.Unescape(nil, key)
	}
	start := jsonscan.SkipColon(s.data, end+1)
	if start < 0 || start == len(s.data) {
		return -1
	}
	depth := 2
	if inner != nil {
		if string(key) == target.EventKey {
			return s.event(start, f, inner)
		}
		depth = 1
	}
	if i = jsonscan.SkipValue(s.data, start, &s.open, jsonscan.MaxNesting-depth); i >= 0 {
		f.note(key, s.data[start:i:i])
	}
	return i
}

// event reads the value of a member event, which may be an event.
func (s *scanner) event(start int, f, inner *fields) int {
	f.inner = nil
	var i int
	if s.data[start] == '{' {
		*inner = fields{}
		f.inner = inner
		i = s.object(start, inner, nil)
	} else {
		i = jsonscan.SkipValue(s.data, start, &s.open, jsonscan.MaxNesting-1)
	}
	if i >= 0 {
		f.event = s.data[start:i:i]
	}
	return i
}

// note keeps a field.
func (f *fields) note(key []byte, value json.RawMessage) {
	switch string(key) {
	case "source":
		f.source = value
	case "detail-type":
		f.detailType = value
	case "detail":
		f.detail = value
	case "id":
		f.id = value
	case target.RuleKey:
		f.rule = value
	case "version", "account", "time", "region", "resources", "replay-name":
	default:
		if f.lookalike == "" && looksAlike(key) {
			f.lookalike = string(key)
		}
	}
}

// looksAlike reports whether a key is an event's but for letter case.
func looksAlike(key []byte) bool {
	key = bytes.ToValidUTF8(key, []byte("\uFFFD"))
	for _, known := range envelopeKeys {
		if strings.EqualFold(string(key), known) {
			return true
		}
	}
	return false
}
