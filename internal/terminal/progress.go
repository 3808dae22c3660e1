package terminal

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/visible"
)

// delay is the time after which a step is shown, and then shown again with its duration.
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

// Step shows a step of the program if it takes more than a second, until done is called.
// The line is erased then. Steps don't overlap.
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

// show replaces the line. It is cut to the terminal's width, because only one line can be
// erased.
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

// erase removes the line from the terminal. The caller holds the lock.
func (p *Progress) erase() {
	if p.shown {
		_, _ = io.WriteString(p.w, erase)
		p.shown = false
	}
}

// Above returns a writer that erases the line before it writes to w, so that the output
// takes its place.
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
