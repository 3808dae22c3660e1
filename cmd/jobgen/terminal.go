package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// terminalColumns returns the width of the terminal that w writes to, or 0 if w does not
// write to a terminal.
func terminalColumns(w io.Writer) int {
	f, ok := unwrapped(w).(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns <= 0 {
		return 80 // the terminal doesn't report its width
	}
	return columns
}

// unwrapped returns the underlying writer of a visible.Writer, and any other writer
// unchanged.
func unwrapped(w io.Writer) io.Writer {
	if u, ok := w.(interface{ Unwrap() io.Writer }); ok {
		return u.Unwrap()
	}
	return w
}
