package runtimeapi

import (
	"bytes"
	"io"
	"sync"
)

// maxLine is how long a line may get in bytes before it is broken in two.
const maxLine = 256 << 10

// output is where an instance's processes print to.
type output struct {
	stdout, stderr io.Writer
}

// newOutput makes both writers safe to use at once, as they may be the same one.
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

// guarded is a writer that takes turns with others.
type guarded struct {
	mu *sync.Mutex
	w  io.Writer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.w.Write(p)
}

// lines passes on what is written to it line by line.
type lines struct {
	w       io.Writer
	partial []byte // of the line that has no end yet
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

// end passes on a line that got no end.
func (l *lines) end() {
	if len(l.partial) > 0 {
		l.put(append(l.partial, '\n'))
		l.partial = nil
	}
}

// put writes a line. A writer that fails loses the function's output and nothing
// else: the function is not to notice.
func (l *lines) put(line []byte) { _, _ = l.w.Write(line) }
