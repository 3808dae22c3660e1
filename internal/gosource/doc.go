// Package gosource reads positions and directive lines in the Go files that a
// user wrote.
//
// go/token gives a position as //line comments have it, and go/packages gives
// the syntax of a file that cgo rewrote. A finding names the file as its author
// sees it, so every position in a message comes from this package.
package gosource
