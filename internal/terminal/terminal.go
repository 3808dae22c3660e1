// Package terminal finds out what an output can show. A terminal has a width, and may show
// colours and a line of progress. Files and pipes show none of these.
package terminal

import (
	"io"
	"os"

	"golang.org/x/term"
)

// defaultColumns is the width of a terminal that doesn't report its width.
const defaultColumns = 80

// Columns returns the width of the terminal that w writes to, or 0 if w does not write to
// a terminal.
func Columns(w io.Writer) int {
	f, ok := file(w)
	if !ok {
		return 0
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns <= 0 {
		return defaultColumns
	}
	return columns
}

// Is reports whether f, an input or output, is a terminal.
func Is(f any) bool {
	_, ok := file(f)
	return ok
}

// TakesColours reports whether w writes to a terminal that shows colours, and NO_COLOR is
// empty (https://no-color.org).
func TakesColours(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && takesCodes(w)
}

// takesCodes reports whether w writes to a terminal that obeys escape codes.
func takesCodes(w io.Writer) bool {
	f, ok := file(w)
	return ok && os.Getenv("TERM") != "dumb" && enableCodes(f)
}

// file returns the file that v is or wraps. It returns false if that is not a terminal.
func file(v any) (*os.File, bool) {
	for {
		u, ok := v.(interface{ Unwrap() io.Writer })
		if !ok {
			break
		}
		v = u.Unwrap()
	}
	f, ok := v.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}
