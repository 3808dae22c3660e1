package visible

import (
	"bytes"
	"io"
	"slices"
	"sync"
)

// Writer writes lines to another writer as they are displayed. It writes a line when it is
// complete; Flush writes the last one.
type Writer struct {
	mu   sync.Mutex
	w    io.Writer
	line []byte // the beginning of a line
}

// NewWriter returns a Writer that writes to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Unwrap returns the underlying writer.
func (w *Writer) Unwrap() io.Writer { return w.w }

func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := slices.Concat(w.line, p)
	end := bytes.LastIndexByte(text, '\n') + 1
	w.line = text[end:]
	if end == 0 {
		return len(p), nil
	}
	if _, err := io.WriteString(w.w, Lines(string(text[:end]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Flush writes a last line that has no line feed.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	rest := w.line
	w.line = nil
	if len(rest) == 0 {
		return nil
	}
	_, err := io.WriteString(w.w, Line(string(rest)))
	return err
}
