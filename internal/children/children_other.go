//go:build !unix

package children

// Freeze does nothing: it can't stop processes on this system.
func Freeze() {}

// Kill does nothing.
func Kill() {}
