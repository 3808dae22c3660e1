//go:build unix

package runtimeapi

import (
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
	"time"
)

// pump copies what a process prints to a writer. It reads the pipe without waiting, so
// that flush can empty it at any time: what a function printed before it answered comes
// before the answer.
type pump struct {
	pipe *os.File
	conn syscall.RawConn
	done chan struct{} // closed when run has ended

	mu    sync.Mutex // held while reading and passing on
	lines lines
	buf   [32 << 10]byte
}

// newPump returns a pump and the end of the pipe that the process prints to.
func newPump(w io.Writer) (*pump, *os.File, error) {
	pipe, print, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	conn, err := pipe.SyscallConn()
	if err != nil {
		closeAll(pipe, print)
		return nil, nil, err
	}
	return &pump{pipe: pipe, conn: conn, done: make(chan struct{}), lines: lines{w: w}}, print, nil
}

// run copies output until no process has the pipe open.
func (p *pump) run() {
	defer close(p.done)
	_ = p.conn.Read(p.drain) // ends early when the pipe is closed
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines.end()
}

// drain passes on what is in the pipe. It is true at the pipe's end.
func (p *pump) drain(fd uintptr) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		n, err := syscall.Read(int(fd), p.buf[:])
		switch {
		case n > 0:
			p.lines.write(p.buf[:n])
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EAGAIN):
			return false
		default:
			return true
		}
	}
}

// flush passes on what has been printed by now.
func (p *pump) flush() {
	_ = p.conn.Control(func(fd uintptr) { p.drain(fd) })
}

// finish waits for the end of the output, but no longer than limit.
func (p *pump) finish(limit time.Duration) {
	select {
	case <-p.done:
	case <-time.After(limit):
	}
	_ = p.Close()
	<-p.done
}

// Close ends the reading.
func (p *pump) Close() error { return p.pipe.Close() }
