package main

import (
	"fmt"
	"os"

	"golang.org/x/term"
)

// terminalWidth returns how many columns the terminal has that a stream is, and 0
// if it is none.
func terminalWidth(stream any) int {
	f, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		return defaultWidth
	}
	return width
}

// defaultWidth is the width of a terminal that doesn't tell it.
const defaultWidth = 80

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// sayWaiting says on a terminal that what is typed there is waited for.
func (a *app) sayWaiting() {
	if isTerminal(a.stdin) && isTerminal(a.stderr) {
		fmt.Fprintln(a.stderr, "jobgen: waiting for JSON on standard input; end it with Ctrl-D, or press Ctrl-C and name a file")
	}
}
