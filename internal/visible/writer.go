package visible

import (
	"io"
	"sync"
)

// Writer writes lines to another writer as they are displayed. It writes a line when it is
// complete. Flush writes the rest.
type Writer struct {
	// Styled says that the styles of a Text are written. It must be set before the first
	// write.
	Styled bool

	mu   sync.Mutex
	w    io.Writer
	line Text // the beginning of a line
}

// NewWriter returns a Writer that writes to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Unwrap returns the underlying writer.
func (w *Writer) Unwrap() io.Writer { return w.w }

func (w *Writer) Write(p []byte) (int, error) {
	if err := w.write(&Text{text: p}); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (w *Writer) write(t *Text) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Styled {
		w.line.add(t)
	} else {
		w.line.add(&Text{text: t.text})
	}
	return w.display(w.line.cutLines())
}

// Flush writes a last line that has no line feed.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	rest := w.line
	w.line = Text{}
	return w.display(rest)
}

func (w *Writer) display(t Text) error {
	if len(t.text) == 0 {
		return nil
	}
	_, err := io.WriteString(w.w, t.displayed())
	return err
}
