//go:build !unix

package snapshot

// OpenFlags are none, since opening a file never waits here.
const OpenFlags = 0
