package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// namedEvent is an event and where it came from.
type namedEvent struct {
	name string // the file, "standard input", or "the argument"; with a number if it holds several
	data []byte
}

// readEvents reads the events that arguments name: files, - for standard input,
// or the text itself. A source holds any number of JSON values, one after the
// other, over any number of lines.
func (a *app) readEvents(args []string) ([]namedEvent, error) {
	var events []namedEvent
	for _, arg := range args {
		found, err := a.readSource(arg)
		if err != nil {
			return nil, err
		}
		events = append(events, found...)
	}
	return events, nil
}

func (a *app) readSource(arg string) ([]namedEvent, error) {
	name, r, err := a.open(arg)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	values, err := jsonValues(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(values) == 0 {
		return nil, fmt.Errorf("%s holds no event", name)
	}
	events := make([]namedEvent, len(values))
	for i, v := range values {
		events[i] = namedEvent{name, v}
		if len(values) > 1 {
			events[i].name = fmt.Sprintf("%s#%d", name, i+1)
		}
	}
	return events, nil
}

// open opens what an argument names.
func (a *app) open(arg string) (name string, r io.Reader, err error) {
	switch {
	case arg == "-":
		return "standard input", a.stdin, nil
	case isText(arg):
		return "the argument", strings.NewReader(arg), nil
	}
	path := arg
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.dir, path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", nil, err
	}
	return arg, strings.NewReader(string(data)), nil
}

// isText reports whether an argument is JSON itself rather than a file's name.
func isText(arg string) bool {
	trimmed := strings.TrimSpace(arg)
	return strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") || strings.HasPrefix(trimmed, `"`)
}

// jsonValues splits data into the JSON values in it.
func jsonValues(data []byte) ([]json.RawMessage, error) {
	dec := json.NewDecoder(strings.NewReader(string(data)))
	var values []json.RawMessage
	for {
		var v json.RawMessage
		err := dec.Decode(&v)
		if errors.Is(err, io.EOF) {
			return values, nil
		}
		if err != nil {
			return nil, fmt.Errorf("not JSON at byte %d: %w", dec.InputOffset(), err)
		}
		values = append(values, v)
	}
}

// readOne reads the one JSON value that an argument names.
func (a *app) readOne(arg string) ([]byte, error) {
	name, r, err := a.open(arg)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return data, nil
}
