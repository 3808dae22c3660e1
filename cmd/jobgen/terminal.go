package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// terminalColumns returns the width of the terminal that w writes to, and 0 if
// it writes to something else.
func terminalColumns(w io.Writer) int {
	f, ok := unwrapped(w).(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns <= 0 {
		return 80 // a terminal that doesn't say
	}
	return columns
}

// unwrapped returns the writer below one that shows text with escapes.
func unwrapped(w io.Writer) io.Writer {
	if u, ok := w.(interface{ Unwrap() io.Writer }); ok {
		return u.Unwrap()
	}
	return w
}
