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
	log            *log
}

// maxLog is the number of bytes of Result.Log (API_Invoke, X-Amz-Log-Result).
const maxLog = 4 << 10

// log keeps the end of what was written since the last call of take.
type log struct {
	mu   sync.Mutex
	tail []byte
}

// take returns what the log has, and empties it.
func (l *log) take() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	tail := l.tail
	l.tail = nil
	return tail
}

// add adds output. l.mu is locked.
func (l *log) add(p []byte) {
	l.tail = append(l.tail, p...)
	if surplus := len(l.tail) - maxLog; surplus > 0 {
		l.tail = append([]byte(nil), l.tail[surplus:]...)
	}
}

// newOutput returns writers that several goroutines can use, even if both write to the
// same underlying writer.
func newOutput(opts Options) output {
	both := new(log)
	guard := func(w io.Writer) io.Writer {
		if w == nil {
			w = io.Discard
		}
		return &guarded{log: both, w: w}
	}
	return output{stdout: guard(opts.Stdout), stderr: guard(opts.Stderr), log: both}
}

// guarded is a writer that shares a log with others. The log's lock is also that of the writer.
type guarded struct {
	log *log
	w   io.Writer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.log.mu.Lock()
	defer g.log.mu.Unlock()
	g.log.add(p)
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
