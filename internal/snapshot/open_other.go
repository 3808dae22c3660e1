//go:build !unix

package snapshot

// OpenFlags are none: to open a file waits for nothing here.
const OpenFlags = 0
