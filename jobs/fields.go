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

// fieldSlots has each field at the place that its name's length and first letter come
// to: no two are at the same.
var fieldSlots = [32]field{
	(4*len("version") + 'v') % 32:       fieldVersion,
	(4*len("id") + 'i') % 32:            fieldID,
	(4*len("detail-type") + 'd') % 32:   fieldDetailType,
	(4*len("source") + 's') % 32:        fieldSource,
	(4*len("account") + 'a') % 32:       fieldAccount,
	(4*len("time") + 't') % 32:          fieldTime,
	(4*len("region") + 'r') % 32:        fieldRegion,
	(4*len("resources") + 'r') % 32:     fieldResources,
	(4*len("detail") + 'd') % 32:        fieldDetail,
	(4*len("replay-name") + 'r') % 32:   fieldReplayName,
	(4*len(target.RuleKey) + 'j') % 32:  fieldRule,
	(4*len(target.EventKey) + 'e') % 32: fieldEvent,
}

// fieldKey is a field's name as it is compared.
type fieldKey struct {
	size  uint32
	shift uint8  // takes what comes behind a name of less than eight bytes out of head
	head  uint64 // its first eight bytes, or all
	last  uint64 // its last eight bytes if it has more
}

var fieldKeys = [numFields]fieldKey{
	fieldVersion:    {7, 8, 'v' | 'e'<<8 | 'r'<<16 | 's'<<24 | 'i'<<32 | 'o'<<40 | 'n'<<48, 0},
	fieldID:         {2, 48, 'i' | 'd'<<8, 0},
	fieldDetailType: {11, 0, 'd' | 'e'<<8 | 't'<<16 | 'a'<<24 | 'i'<<32 | 'l'<<40 | '-'<<48 | 't'<<56, 'a' | 'i'<<8 | 'l'<<16 | '-'<<24 | 't'<<32 | 'y'<<40 | 'p'<<48 | 'e'<<56},
	fieldSource:     {6, 16, 's' | 'o'<<8 | 'u'<<16 | 'r'<<24 | 'c'<<32 | 'e'<<40, 0},
	fieldAccount:    {7, 8, 'a' | 'c'<<8 | 'c'<<16 | 'o'<<24 | 'u'<<32 | 'n'<<40 | 't'<<48, 0},
	fieldTime:       {4, 32, 't' | 'i'<<8 | 'm'<<16 | 'e'<<24, 0},
	fieldRegion:     {6, 16, 'r' | 'e'<<8 | 'g'<<16 | 'i'<<24 | 'o'<<32 | 'n'<<40, 0},
	fieldResources:  {9, 0, 'r' | 'e'<<8 | 's'<<16 | 'o'<<24 | 'u'<<32 | 'r'<<40 | 'c'<<48 | 'e'<<56, 'e' | 's'<<8 | 'o'<<16 | 'u'<<24 | 'r'<<32 | 'c'<<40 | 'e'<<48 | 's'<<56},
	fieldDetail:     {6, 16, 'd' | 'e'<<8 | 't'<<16 | 'a'<<24 | 'i'<<32 | 'l'<<40, 0},
	fieldReplayName: {11, 0, 'r' | 'e'<<8 | 'p'<<16 | 'l'<<24 | 'a'<<32 | 'y'<<40 | '-'<<48 | 'n'<<56, 'l' | 'a'<<8 | 'y'<<16 | '-'<<24 | 'n'<<32 | 'a'<<40 | 'm'<<48 | 'e'<<56},
	fieldRule:       {9, 0, 'j' | 'o'<<8 | 'b'<<16 | 's'<<24 | ':'<<32 | 'r'<<40 | 'u'<<48 | 'l'<<56, 'o' | 'b'<<8 | 's'<<16 | ':'<<24 | 'r'<<32 | 'u'<<40 | 'l'<<48 | 'e'<<56},
	fieldEvent:      {5, 24, 'e' | 'v'<<8 | 'e'<<16 | 'n'<<24 | 't'<<32, 0},
}

// is reports whether a key of this size that starts there is the field's.
func (k *fieldKey) is(data []byte, start, size uint32, head uint64) bool {
	return k.size == size && (head^k.head)<<(k.shift&63) == 0 &&
		(size <= 8 || binary.LittleEndian.Uint64(data[start+size-8:]) == k.last)
}

// fieldOf returns the field that the key at a token is, most often the one that is
// expected.
func fieldOf(tape *jsonscan.Tape, token jsonscan.Token, expected field) field {
	data, start, size := tape.Data, token.Content(), token.Size()
	if int(start) > len(data)-8 || token.Escaped() {
		return fieldNamed(tape, token)
	}
	head := binary.LittleEndian.Uint64(data[int(start) : int(start)+8])
	if fieldKeys[expected].is(data, start, size, head) {
		return expected
	}
	f := fieldSlots[(4*size+uint32(byte(head)))%32]
	if !fieldKeys[f].is(data, start, size, head) {
		return noField
	}
	return f
}

// fieldNamed is fieldOf where the key can't be compared so.
//
//go:noinline
func fieldNamed(tape *jsonscan.Tape, token jsonscan.Token) field {
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
	expected := fieldVersion // EventBridge writes them in this order
	for i, end := jsonscan.First(object), tape.Next(object); i < end; {
		token, value := tape.Tokens[i], i+1
		if field := fieldOf(tape, token, expected); field != noField {
			f.twice = f.twice || f.at[field] != 0
			f.at[field] = int32(value)
			if expected = field + 1; expected == numFields {
				expected = fieldVersion
			}
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
