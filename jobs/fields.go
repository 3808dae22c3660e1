package jobs

import (
	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/internal/target"
)

// field is a field of an object that matters to the dispatcher.
type field uint8

// The fields of an event, in the order of match.EventKeys, and those of the envelope of a function for a whole package.
const (
	noField field = iota
	fieldVersion
	fieldID
	fieldDetailType
	fieldSource
	fieldAccount
	fieldTime
	fieldRegion
	fieldResources
	fieldDetail
	fieldReplayName
	fieldRule
	fieldEvent
	numFields
)

// fieldOf returns the field of this name. Names are exact, as they are to
// EventBridge.
func fieldOf(key []byte) field {
	switch string(key) {
	case "version":
		return fieldVersion
	case "id":
		return fieldID
	case "detail-type":
		return fieldDetailType
	case "source":
		return fieldSource
	case "account":
		return fieldAccount
	case "time":
		return fieldTime
	case "region":
		return fieldRegion
	case "resources":
		return fieldResources
	case "detail":
		return fieldDetail
	case "replay-name":
		return fieldReplayName
	case target.RuleKey:
		return fieldRule
	case target.EventKey:
		return fieldEvent
	}
	return noField
}

// fields says where in a tape the fields of an object are.
type fields struct {
	// at has the token of each field's value; 0 for one that is missing. The last
	// of two equal keys counts.
	at [numFields]int32
	// twice says that there is a field twice. encoding/json decodes the second one
	// into what the first one left.
	twice bool
	// other says that there is a key that is no field's.
	other bool
	// lookalike is the token of a key that is an event's but for letter case; 0 if
	// there is none. encoding/json decodes one as the other, and so the job would
	// be called with another value than the one that was matched.
	lookalike int32
}

// plain reports whether all members of an object are fields of an event, each
// there once.
func (f *fields) plain() bool {
	return !f.twice && !f.other && f.at[fieldRule] == 0 && f.at[fieldEvent] == 0
}

// read finds the fields of the object at a token.
func (f *fields) read(tape *jsonscan.Tape, object int) {
	*f = fields{}
	for i, end := jsonscan.First(object), tape.Next(object); i < end; {
		name := tape.Content(i)
		if tape.Tokens[i].Escaped() {
			name = jsonscan.Unescape(nil, name)
		}
		value := i + 1
		if field := fieldOf(name); field != noField {
			f.twice = f.twice || f.at[field] != 0
			f.at[field] = int32(value)
		} else {
			f.other = true
			if f.lookalike == 0 && looksAlike(name) {
				f.lookalike = int32(i)
			}
		}
		i = tape.Next(value)
	}
}

// looksAlike reports whether a key is an event's but for letter case.
func looksAlike(key []byte) bool {
	if len(key) > 2*len("detail-type") { // there are letters of two bytes and of three
		return false
	}
	for i := range match.EventKeys {
		if jsonscan.Folds(match.EventKeys[i], key) {
			return true
		}
	}
	return false
}
