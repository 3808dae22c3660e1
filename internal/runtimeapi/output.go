package runtimeapi

import (
	"bytes"
	"io"
	"sync"
)

// maxLine is the length in bytes at which a line is split.
const maxLine = 256 << 10

// output has the writers for the output of an instance's processes.
type output struct {
	stdout, stderr io.Writer
}

// newOutput returns writers that several goroutines can use, even if both write to the
// same underlying writer.
func newOutput(opts Options) output {
	var mu sync.Mutex
	guard := func(w io.Writer) io.Writer {
		if w == nil {
			w = io.Discard
		}
		return &guarded{mu: &mu, w: w}
	}
	return output{stdout: guard(opts.Stdout), stderr: guard(opts.Stderr)}
}

// guarded is a writer that shares a lock with others.
type guarded struct {
	mu *sync.Mutex
	w  io.Writer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.w.Write(p)
}

// lines writes complete lines to a writer.
type lines struct {
	w       io.Writer
	partial []byte // the beginning of an incomplete line
}

func (l *lines) write(p []byte) {
	l.partial = append(l.partial, p...)
	for {
		end := bytes.IndexByte(l.partial, '\n')
		if end < 0 {
			break
		}
		l.put(l.partial[:end+1])
		l.partial = l.partial[end+1:]
	}
	if len(l.partial) >= maxLine {
		l.end()
	}
}

// end writes an incomplete line, with a line feed.
func (l *lines) end() {
	if len(l.partial) > 0 {
		l.put(append(l.partial, '\n'))
		l.partial = nil
	}
}

// put writes a line. It ignores an error of the writer: the output is lost, but the
// function continues.
func (l *lines) put(line []byte) { _, _ = l.w.Write(line) }
