package output

import "bytes"

// unixLines returns text with the line ends of Unix. Git on Windows checks files out with
// those of Windows, so files are compared without regard to them.
func unixLines(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// Texts returns the old and the new text to compare, both with the line ends of Unix.
func (c Change) Texts() (before, after []byte) { return unixLines(c.Old), unixLines(c.New) }
