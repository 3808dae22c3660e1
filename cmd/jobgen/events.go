package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

// namedEvent is an event and where it came from.
type namedEvent struct {
	name string // the file, "standard input", or "the argument"; with a number if it is one of several
	data []byte
}

// events is a sequence of events, each read on demand. It ends at the first error.
type events = iter.Seq2[namedEvent, error]

// readEvents returns the events that arguments name: files, - for standard input, or the
// JSON itself. A source has one or more JSON values, one after the other, on any number
// of lines. Standard input and FIFOs may never end, so they are read on demand. Other
// sources are read at once.
func (in *inputs) readEvents(args []string) (events, error) {
	sources := make([]events, len(args))
	for i, arg := range args {
		if in.isEndless(arg) {
			sources[i] = in.stream(arg)
			continue
		}
		all, err := in.readSource(arg)
		if err != nil {
			return nil, err
		}
		sources[i] = known(all...)
	}
	return func(yield func(namedEvent, error) bool) {
		for _, source := range sources {
			for e, err := range source {
				if !yield(e, err) || err != nil {
					return
				}
			}
		}
	}, nil
}

// isEndless reports whether the source that an argument names may never end.
func (in *inputs) isEndless(arg string) bool {
	return arg == "-" || !isText(arg) && !isRegular(in.abs(arg))
}

// known returns a sequence of events that have been read.
func known(all ...namedEvent) events {
	return func(yield func(namedEvent, error) bool) {
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// stream reads events one by one as they arrive. It numbers them from the second one on,
// because it can't know at the first one whether there are more.
func (in *inputs) stream(arg string) events {
	return func(yield func(namedEvent, error) bool) {
		source, err := in.open(arg)
		if err != nil {
			yield(namedEvent{}, err)
			return
		}
		defer source.close()
		n := 0
		for value, err := range jsonValues(source) {
			n++
			e := namedEvent{source.name, value}
			if n > 1 {
				e.name = numbered(source.name, n)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func numbered(name string, n int) string { return fmt.Sprintf("%s#%d", name, n) }

// readSource reads all events of a file or an argument.
func (in *inputs) readSource(arg string) ([]namedEvent, error) {
	var all []namedEvent
	for e, err := range in.stream(arg) {
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	if len(all) > 1 {
		all[0].name = numbered(all[0].name, 1)
	}
	return all, nil
}

// isText reports whether an argument is JSON rather than a file's name.
func isText(arg string) bool {
	trimmed := strings.TrimSpace(arg)
	return strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") || strings.HasPrefix(trimmed, `"`)
}

// jsonValues yields the JSON values in an input, which must have at least one.
func jsonValues(in *input) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		dec := json.NewDecoder(in)
		for n := 0; ; n++ {
			var v json.RawMessage
			err := dec.Decode(&v)
			switch {
			case errors.Is(err, io.EOF) && n == 0:
				err = fmt.Errorf("%s holds no event", in.name)
			case errors.Is(err, io.EOF):
				return
			case isSyntaxError(err):
				err = fmt.Errorf("%s: not JSON at byte %d: %w", in.name, dec.InputOffset(), err)
			case err != nil:
				err = fmt.Errorf("reading %s: %w", in.name, err)
			}
			if !yield(slices.Clone(v), err) || err != nil {
				return
			}
		}
	}
}

// isSyntaxError reports whether an error is in the text, not in reading it.
func isSyntaxError(err error) bool {
	_, ok := errors.AsType[*json.SyntaxError](err)
	return ok || errors.Is(err, io.ErrUnexpectedEOF)
}
