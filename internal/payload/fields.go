package payload

import (
	"encoding/binary"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/target"
)

// Field is a field of an object that matters to the dispatcher.
type Field uint8

// The fields of an event, in the order of eventKeys, and those of the envelope of a
// function for a whole package.
const (
	noField Field = iota
	Version
	ID
	DetailType
	Source
	Account
	Time
	Region
	Resources
	Detail
	ReplayName
	Rule
	Event
	numFields
)

// eventKeys are the names of an event's own fields (EventBridge user guide, page
// eb-events-structure).
var eventKeys = [...]string{
	"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name",
}

// fieldKey is the name of a field of every event, as it is compared where there are at
// least fieldKeyRoom bytes.
type fieldKey struct {
	size uint32
	head uint64 // its first eight bytes, or all
	mask uint64 // those bytes of head that are the name's
	last uint64 // its last eight bytes if it has more
}

const fieldKeyRoom = 16

var fieldKeys = [Detail + 1]fieldKey{
	Version:    {7, 'v' | 'e'<<8 | 'r'<<16 | 's'<<24 | 'i'<<32 | 'o'<<40 | 'n'<<48, 1<<56 - 1, 0},
	ID:         {2, 'i' | 'd'<<8, 1<<16 - 1, 0},
	DetailType: {11, 'd' | 'e'<<8 | 't'<<16 | 'a'<<24 | 'i'<<32 | 'l'<<40 | '-'<<48 | 't'<<56, 1<<64 - 1, 'a' | 'i'<<8 | 'l'<<16 | '-'<<24 | 't'<<32 | 'y'<<40 | 'p'<<48 | 'e'<<56},
	Source:     {6, 's' | 'o'<<8 | 'u'<<16 | 'r'<<24 | 'c'<<32 | 'e'<<40, 1<<48 - 1, 0},
	Account:    {7, 'a' | 'c'<<8 | 'c'<<16 | 'o'<<24 | 'u'<<32 | 'n'<<40 | 't'<<48, 1<<56 - 1, 0},
	Time:       {4, 't' | 'i'<<8 | 'm'<<16 | 'e'<<24, 1<<32 - 1, 0},
	Region:     {6, 'r' | 'e'<<8 | 'g'<<16 | 'i'<<24 | 'o'<<32 | 'n'<<40, 1<<48 - 1, 0},
	Resources:  {9, 'r' | 'e'<<8 | 's'<<16 | 'o'<<24 | 'u'<<32 | 'r'<<40 | 'c'<<48 | 'e'<<56, 1<<64 - 1, 'e' | 's'<<8 | 'o'<<16 | 'u'<<24 | 'r'<<32 | 'c'<<40 | 'e'<<48 | 's'<<56},
	Detail:     {6, 'd' | 'e'<<8 | 't'<<16 | 'a'<<24 | 'i'<<32 | 'l'<<40, 1<<48 - 1, 0},
}

// fieldOf returns the field that the key at a token is. Names are exact, as they are to
// EventBridge.
//
//go:noinline
func fieldOf(tape *jsonscan.Tape, token jsonscan.Token) Field {
	key := unescaped(tape, token)
	switch string(key) {
	case target.RuleKey:
		return Rule
	case target.EventKey:
		return Event
	}
	for i := range eventKeys {
		if string(key) == eventKeys[i] {
			return Version + Field(i)
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
	// duplicate says that a field occurs twice. encoding/json decodes the second value
	// over the first.
	duplicate bool
	// lookalike is the token of a key that is an event's but for letter case; 0 if
	// there is none. encoding/json decodes one as the other, and so the job would
	// be called with another value than the one that was matched.
	lookalike int32
}

// read finds the fields of the object at a token.
func (f *fields) read(tape *jsonscan.Tape, object int) {
	*f = fields{}
	end := tape.Next(object)
	for i := f.readExpected(tape.Tokens[:end], tape.Data, jsonscan.First(object)); i < end; {
		token, value := tape.Tokens[i], i+1
		if field := fieldOf(tape, token); field != noField {
			f.duplicate = f.duplicate || f.at[field] != 0
			f.at[field] = int32(value)
		} else {
			f.foreign(tape, i)
		}
		i = tape.Next(value)
	}
}

// readExpected finds fields as long as they come in the order in which EventBridge
// writes them, and returns the index of the token behind.
func (f *fields) readExpected(tokens []jsonscan.Token, data []byte, i int) int {
	for field := int(Version); field < len(fieldKeys) && i < len(tokens)-1; field++ {
		k, key := &fieldKeys[field], tokens[i]
		at := int(key.Content())
		if key.Size() != k.size || at > len(data)-fieldKeyRoom ||
			(binary.LittleEndian.Uint64(data[at:at+8])^k.head)&k.mask != 0 ||
			k.size > 8 && binary.LittleEndian.Uint64(data[at+int(k.size)-8:]) != k.last {
			break
		}
		f.at[field] = int32(i + 1)
		i = tokens[i+1].Next(i + 1)
	}
	return i
}

// foreign records a key that names no field.
//
//go:noinline
func (f *fields) foreign(tape *jsonscan.Tape, i int) {
	if f.lookalike == 0 && looksAlike(unescaped(tape, tape.Tokens[i])) {
		f.lookalike = int32(i)
	}
}

// looksAlike reports whether a key is an event's but for letter case.
func looksAlike(key []byte) bool {
	if len(key) > 2*len("detail-type") { // there are letters of two bytes and of three
		return false
	}
	for i := range eventKeys {
		if jsonscan.Folds(eventKeys[i], key) {
			return true
		}
	}
	return false
}
