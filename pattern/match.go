package pattern

import (
	"errors"

	"github.com/jobgen/jobgen/internal/match"
)

// Errors of matching.
var (
	// ErrNotJSON is the error for an event that is not a single valid JSON value, as
	// decided by encoding/json's Valid.
	ErrNotJSON = errors.New("the event is not valid JSON")
	// ErrNotObject is the error for an event that is valid JSON but not an object.
	ErrNotObject = errors.New("the event is not a JSON object")
	// ErrAmbiguous is the error for an event with lists in which the keys of a field are
	// written both with and without dots, in too many combinations.
	ErrAmbiguous = match.ErrAmbiguous
)

// Match reports whether the pattern matches an event, a JSON object. The error
// is ErrNotJSON, ErrNotObject or ErrAmbiguous.
func (p *Pattern) Match(event []byte) (bool, error) {
	p.compile.Do(func() { p.set = Compile(p) })
	var space [1]int
	matched, err := p.set.Match(event, space[:0])
	return len(matched) > 0, err
}
