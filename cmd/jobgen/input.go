package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/term"
)

// await calls f, which may never return, as when it opens a FIFO. If the context ends
// first, await returns its error.
func await[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := f()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var zero T
		return zero, ctx.Err()
	}
}

// interruptible is a reader whose Read ends when the context is over.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	// A read that goes on after the context must not write to p.
	data, err := await(i.ctx, func() ([]byte, error) {
		buf := make([]byte, len(p))
		n, err := i.r.Read(buf)
		return buf[:n], err
	})
	return copy(p, data), err
}

// byteOrderMark is the mark that some editors write before UTF-8 text.
const byteOrderMark = "\uFEFF"

// withoutMark skips a byte-order mark at the start of r.
func withoutMark(r io.Reader) io.Reader { return &markSkipper{r: bufio.NewReader(r)} }

type markSkipper struct {
	r      *bufio.Reader
	looked bool
}

func (m *markSkipper) Read(p []byte) (int, error) {
	if !m.looked {
		m.looked = true
		// Wait for more than one byte only if the first may begin a mark.
		if first, _ := m.r.Peek(1); len(first) == 1 && first[0] == byteOrderMark[0] {
			if mark, _ := m.r.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
				_, _ = m.r.Discard(len(byteOrderMark)) // they are there
			}
		}
	}
	return m.r.Read(p)
}

// inputs is what a command reads: standard input, and files of the directory that it
// runs in.
type inputs struct {
	ctx    context.Context // over when the command is interrupted
	stdin  io.Reader
	dir    string
	prompt io.Writer // standard error, for people
}

// sayWaiting says on a terminal that jobgen waits for what is typed there.
func (in *inputs) sayWaiting() {
	if f, ok := in.stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) && terminalColumns(in.prompt) > 0 {
		fmt.Fprintln(in.prompt, "jobgen: waiting for JSON on standard input; end it with Ctrl-D, or press Ctrl-C and name a file")
	}
}

// input is what an argument names: a file, standard input, or a text itself.
type input struct {
	name string // for people
	io.Reader
	close func()
}

// open opens what an argument names: - is standard input, and JSON is itself.
func (in *inputs) open(arg string) (*input, error) {
	switch {
	case arg == "-":
		in.sayWaiting()
		return &input{name: "standard input", Reader: withoutMark(interruptible{in.ctx, in.stdin}), close: func() {}}, nil
	case isText(arg):
		return &input{name: "the argument", Reader: bytes.NewReader([]byte(arg)), close: func() {}}, nil
	}
	return in.openFile(arg)
}

func (in *inputs) openFile(name string) (*input, error) {
	path := in.abs(name)
	f, err := await(in.ctx, func() (*os.File, error) { return os.Open(path) })
	if err != nil {
		return nil, err
	}
	return &input{
		name: name, Reader: withoutMark(interruptible{in.ctx, f}),
		close: func() { _ = f.Close() },
	}, nil
}

func (in *inputs) abs(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(in.dir, path)
}

// isRegular reports whether a path names a regular file or directory. It is true for a
// missing file too: opening that fails at once.
func isRegular(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular() || info.Mode()&fs.ModeDir != 0
}

// readAll reads what an argument names to its end.
func (in *input) readAll() ([]byte, error) {
	defer in.close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", in.name, err)
	}
	return data, nil
}

// readFile reads the file that a flag names.
func (in *inputs) readFile(name string) ([]byte, error) {
	opened, err := in.openFile(name)
	if err != nil {
		return nil, err
	}
	return opened.readAll()
}

// readOne reads the one text that an argument names.
func (in *inputs) readOne(arg string) ([]byte, error) {
	opened, err := in.open(arg)
	if err != nil {
		return nil, err
	}
	return opened.readAll()
}
