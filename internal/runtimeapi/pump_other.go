//go:build !unix

package runtimeapi

import (
	"io"
	"os"
	"sync"
	"time"
)

// pump carries what a process prints to a writer.
type pump struct {
	pipe *os.File
	done chan struct{} // closed when run has ended

	mu    sync.Mutex
	lines lines
}

// newPump returns a pump and the end of the pipe that the process prints to.
func newPump(w io.Writer) (*pump, *os.File, error) {
	pipe, print, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	return &pump{pipe: pipe, done: make(chan struct{}), lines: lines{w: w}}, print, nil
}

// run copies output until no process has the pipe open.
func (p *pump) run() {
	defer close(p.done)
	_, _ = io.Copy(writerFunc(p.pass), p.pipe) // ends early when the pipe is closed
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines.end()
}

func (p *pump) pass(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines.write(b)
	return len(b), nil
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// flush does nothing: a pipe cannot be read here without waiting, so the last
// lines may come after the answer.
func (p *pump) flush() {}

// finish waits for the end of the output, but no longer than limit.
func (p *pump) finish(limit time.Duration) {
	select {
	case <-p.done:
	case <-time.After(limit):
	}
	_ = p.Close()
}

// Close ends the reading.
func (p *pump) Close() error { return p.pipe.Close() }
