package terminal

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/visible"
)

// delay is the time until a step is shown, and until its duration is updated.
const delay = time.Second

// erase is the escape code that returns to the start of a line and erases it.
const erase = "\r\x1b[K"

// Progress is a line on a terminal that says what the program is doing. A nil *Progress
// shows nothing.
type Progress struct {
	w       io.Writer
	columns func() int

	mu    sync.Mutex
	shown bool // the line is on the terminal
}

// NewProgress returns the progress line of the terminal that w writes to. It is nil if w
// doesn't write to a terminal that obeys escape codes.
func NewProgress(w io.Writer) *Progress {
	if !takesCodes(w) {
		return nil
	}
	return &Progress{w: w, columns: func() int { return Columns(w) }}
}

// Step begins a step of the program. After a second, it shows the step with its duration. The
// caller calls done at the end of the step, which erases the line. Steps must not overlap.
func (p *Progress) Step(text string) (done func()) {
	if p == nil {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	begin := time.Now()
	go func() {
		defer close(stopped)
		ticks := time.NewTicker(delay)
		defer ticks.Stop()
		for {
			select {
			case <-stop:
				return
			case <-ticks.C:
				p.show(fmt.Sprintf("%s (%d s)", text, time.Since(begin)/time.Second))
			}
		}
	}()
	return func() {
		close(stop)
		<-stopped
		p.mu.Lock()
		defer p.mu.Unlock()
		p.erase()
	}
}

// show replaces the line. It cuts the text to the terminal's width, because erase removes
// only one line.
func (p *Progress) show(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var b strings.Builder
	b.WriteString(erase)
	left := p.columns() - 1 // in the last column, some terminals begin a new line
	for _, c := range visible.Cells(text) {
		if left -= c.Columns; left < 0 {
			break
		}
		b.WriteString(c.Text)
	}
	_, _ = io.WriteString(p.w, b.String()) // an output that can't be written to fails elsewhere
	p.shown = true
}

// erase removes the line from the terminal. The caller holds p.mu.
func (p *Progress) erase() {
	if p.shown {
		_, _ = io.WriteString(p.w, erase)
		p.shown = false
	}
}

// Above returns a writer that writes to w. It erases the line before each write, so the
// output is in the line's place.
func (p *Progress) Above(w io.Writer) io.Writer {
	if p == nil {
		return w
	}
	return &above{p, w}
}

type above struct {
	p *Progress
	w io.Writer
}

// Unwrap returns the underlying writer.
func (a *above) Unwrap() io.Writer { return a.w }

func (a *above) Write(text []byte) (int, error) {
	a.p.mu.Lock()
	defer a.p.mu.Unlock()
	a.p.erase()
	return a.w.Write(text)
}
