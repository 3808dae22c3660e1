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

	"github.com/jobgen/jobgen/internal/terminal"
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

// interruptible is a reader whose Read returns when the context ends.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	// A read that continues after the end of the context must not write to p.
	data, err := await(i.ctx, func() ([]byte, error) {
		buf := make([]byte, len(p))
		n, err := i.r.Read(buf)
		return buf[:n], err
	})
	return copy(p, data), err
}

// byteOrderMark is written by some editors at the start of a file.
const byteOrderMark = "\uFEFF"

// withoutMark skips a byte-order mark at the start of r. It waits for the first byte, and
// for more bytes only if the first one may start a mark.
func withoutMark(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if first, _ := b.Peek(1); string(first) == byteOrderMark[:1] {
		if mark, _ := b.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
			_, _ = b.Discard(len(byteOrderMark)) // these bytes are buffered
		}
	}
	return b
}

// inputs reads standard input, and files relative to a directory.
type inputs struct {
	ctx    context.Context // ends when the command is interrupted
	stdin  io.Reader
	dir    string
	prompt io.Writer // standard error, for people
}

// sayWaiting prints that jobgen waits for input, if standard input is a terminal.
func (in *inputs) sayWaiting() {
	if terminal.Is(in.stdin) && terminal.Is(in.prompt) {
		fmt.Fprintln(in.prompt, "jobgen: waiting for JSON on standard input; end it with Ctrl-D, or press Ctrl-C and name a file")
	}
}

// input is a file, standard input, or the text of an argument.
type input struct {
	name string // for people
	io.Reader
	close func()
}

// open opens the input that an argument names: - is standard input, JSON is the text of
// the argument, and anything else is a file.
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

// isRegular reports whether a path is a regular file, a directory or missing, so that
// opening it doesn't block.
func isRegular(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular() || info.Mode()&fs.ModeDir != 0
}

// readAll reads an opened input to its end and closes it. The parameter err is the error from
// opening it.
func readAll(in *input, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer in.close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", in.name, err)
	}
	return data, nil
}

// readFile reads the file that a flag names.
func (in *inputs) readFile(name string) ([]byte, error) { return readAll(in.openFile(name)) }

// readOne reads the whole input that an argument names.
func (in *inputs) readOne(arg string) ([]byte, error) { return readAll(in.open(arg)) }
