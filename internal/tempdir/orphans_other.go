//go:build !linux

package tempdir

// endOrphans does nothing, since there is no way to find the processes that every
// system has. What they make in a folder after it is removed is left to the first
// sweep after their end.
func endOrphans(string) bool { return true }
