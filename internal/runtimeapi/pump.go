package runtimeapi

import (
	"io"
	"os"
	"sync"
	"time"
)

// pump copies the output of a process to a writer, line by line.
type pump struct {
	pipe *os.File
	done chan struct{} // closed when run has ended

	mu    sync.Mutex // held while output is read and written
	lines lines
	buf   [32 << 10]byte
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
	p.copy()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines.end()
}

// finish waits for the end of the output, but no longer than limit.
func (p *pump) finish(limit time.Duration) {
	select {
	case <-p.done:
	case <-time.After(limit):
	}
	_ = p.Close()
	if closeEndsCopy {
		<-p.done
	}
}

// Close closes the pipe.
func (p *pump) Close() error { return p.pipe.Close() }
