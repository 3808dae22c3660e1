//go:build !unix

package runtimeapi

// closeEndsCopy reports whether copy ends when the pipe is closed.
const closeEndsCopy = false

// copy copies output until no process has the pipe open.
func (p *pump) copy() {
	for {
		n, err := p.pipe.Read(p.buf[:])
		p.mu.Lock()
		p.lines.write(p.buf[:n])
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// flush does nothing, because reading a pipe blocks here. The last lines may be written
// after the answer.
func (p *pump) flush() {}
