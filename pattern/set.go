package pattern

import (
	"sync"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
)

// Set is a set of patterns. It matches an event against all of them in one pass over the
// event's bytes. It may be used concurrently.
type Set struct {
	size  int // the number of patterns
	rules *match.Set
	pool  sync.Pool
}

// workspace is the memory for matching one event.
type workspace struct {
	tape    jsonscan.Tape
	matcher match.Matcher
}

// maxPooled is the maximum number of tokens of a workspace that returns to the pool.
const maxPooled = 1 << 16

// Compile returns a set of patterns; Match returns their indexes. A reference to a
// parameter matches its own text.
func Compile(patterns ...*Pattern) *Set {
	b := match.NewBuilder()
	for i, p := range patterns {
		for _, r := range p.rules {
			fields := make([]match.Field, len(r))
			for j, f := range r {
				fields[j] = f.compiled()
			}
			b.Rule(i, fields)
		}
	}
	s := &Set{size: len(patterns), rules: b.Set()}
	s.pool.New = func() any { return new(workspace) }
	return s
}

// Len returns the number of patterns.
func (s *Set) Len() int { return s.size }

// Match appends to dst the indexes of the patterns that match the event, in
// increasing order, and allocates nothing if dst has room for them. The error is
// ErrNotJSON, ErrNotObject or ErrAmbiguous.
func (s *Set) Match(event []byte, dst []int) ([]int, error) {
	w := s.pool.Get().(*workspace)
	if err := readEvent(&w.tape, event); err != nil {
		s.put(w)
		return dst, err
	}
	found, err := w.matcher.Match(s.rules, &w.tape, jsonscan.Root)
	if err == nil {
		dst = append(dst, found...)
	}
	s.put(w)
	return dst, err
}

func (s *Set) put(w *workspace) {
	if len(w.tape.Tokens) <= maxPooled {
		w.tape.Data = nil
		s.pool.Put(w)
	}
}

// readEvent reads an event into a tape.
func readEvent(tape *jsonscan.Tape, event []byte) error {
	switch {
	case !tape.Read(event):
		return ErrNotJSON
	case tape.Kind(jsonscan.Root) != '{':
		return ErrNotObject
	}
	return nil
}
