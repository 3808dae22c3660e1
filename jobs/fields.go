package jobs

import (
	"encoding/binary"

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

// fieldNames are the fields' names. They are exact, as they are to EventBridge.
var fieldNames = [numFields]string{
	"", "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name",
	target.RuleKey, target.EventKey,
}

// fieldKey is the name of a field of every event, as it is compared.
type fieldKey struct {
	size  uint32
	shift uint8  // takes what comes behind a name of less than eight bytes out of head
	head  uint64 // its first eight bytes, or all
	last  uint64 // its last eight bytes if it has more
}

var fieldKeys = [fieldDetail + 1]fieldKey{
	fieldVersion:    {7, 8, 'v' | 'e'<<8 | 'r'<<16 | 's'<<24 | 'i'<<32 | 'o'<<40 | 'n'<<48, 0},
	fieldID:         {2, 48, 'i' | 'd'<<8, 0},
	fieldDetailType: {11, 0, 'd' | 'e'<<8 | 't'<<16 | 'a'<<24 | 'i'<<32 | 'l'<<40 | '-'<<48 | 't'<<56, 'a' | 'i'<<8 | 'l'<<16 | '-'<<24 | 't'<<32 | 'y'<<40 | 'p'<<48 | 'e'<<56},
	fieldSource:     {6, 16, 's' | 'o'<<8 | 'u'<<16 | 'r'<<24 | 'c'<<32 | 'e'<<40, 0},
	fieldAccount:    {7, 8, 'a' | 'c'<<8 | 'c'<<16 | 'o'<<24 | 'u'<<32 | 'n'<<40 | 't'<<48, 0},
	fieldTime:       {4, 32, 't' | 'i'<<8 | 'm'<<16 | 'e'<<24, 0},
	fieldRegion:     {6, 16, 'r' | 'e'<<8 | 'g'<<16 | 'i'<<24 | 'o'<<32 | 'n'<<40, 0},
	fieldResources:  {9, 0, 'r' | 'e'<<8 | 's'<<16 | 'o'<<24 | 'u'<<32 | 'r'<<40 | 'c'<<48 | 'e'<<56, 'e' | 's'<<8 | 'o'<<16 | 'u'<<24 | 'r'<<32 | 'c'<<40 | 'e'<<48 | 's'<<56},
	fieldDetail:     {6, 16, 'd' | 'e'<<8 | 't'<<16 | 'a'<<24 | 'i'<<32 | 'l'<<40, 0},
}

// is reports whether the key at a token is the field's. It may say no all the same.
func (f field) is(tape *jsonscan.Tape, token jsonscan.Token) bool {
	k, data, start := &fieldKeys[f], tape.Data, token.Content()
	return token.Size() == k.size && int(start) <= len(data)-16 &&
		(binary.LittleEndian.Uint64(data[int(start):int(start)+8])^k.head)<<(k.shift&63) == 0 &&
		(k.size <= 8 || binary.LittleEndian.Uint64(data[int(start+k.size)-8:]) == k.last)
}

// fieldOf returns the field that the key at a token is.
//
//go:noinline
func fieldOf(tape *jsonscan.Tape, token jsonscan.Token) field {
	key := unescaped(tape, token)
	for f := fieldVersion; f < numFields; f++ {
		if string(key) == fieldNames[f] {
			return f
		}
	}
	return noField
}

// unescaped is a key without its escapes.
func unescaped(tape *jsonscan.Tape, token jsonscan.Token) []byte {
	key := tape.Text(token)
	if token.Escaped() {
		return jsonscan.Unescape(nil, key)
	}
	return key
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
	i, end := jsonscan.First(object), tape.Next(object)
	// EventBridge writes an event's fields in their order.
	for field := fieldVersion; field <= fieldDetail && i < end && field.is(tape, tape.Tokens[i]); field++ {
		f.at[field] = int32(i + 1)
		i = tape.Next(i + 1)
	}
	for i < end {
		token, value := tape.Tokens[i], i+1
		if field := fieldOf(tape, token); field != noField {
			f.twice = f.twice || f.at[field] != 0
			f.at[field] = int32(value)
		} else {
			f.foreign(tape, i)
		}
		i = tape.Next(value)
	}
}

// foreign takes notice of a key that is no field's.
//
//go:noinline
func (f *fields) foreign(tape *jsonscan.Tape, i int) {
	f.other = true
	if f.lookalike == 0 && looksAlike(unescaped(tape, tape.Tokens[i])) {
		f.lookalike = int32(i)
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
