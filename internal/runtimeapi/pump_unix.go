//go:build unix

package runtimeapi

import (
	"errors"
	"syscall"
)

// closeEndsCopy reports whether copy ends when the pipe is closed.
const closeEndsCopy = true

// copy reads the pipe without blocking, so that flush can read it at the same time. So
// the output that a function prints before its answer is written before the answer.
func (p *pump) copy() {
	if conn, err := p.pipe.SyscallConn(); err == nil {
		_ = conn.Read(p.drain)
	}
}

// flush writes the output that is in the pipe.
func (p *pump) flush() {
	if conn, err := p.pipe.SyscallConn(); err == nil {
		_ = conn.Control(func(fd uintptr) { p.drain(fd) })
	}
}

// drain writes the output that is in the pipe. It returns true at the end of the output.
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
