//go:build unix

package snapshot

import "syscall"

// openFlags keep open from waiting for a named pipe's other end, and a terminal
// from becoming the process's own.
const openFlags = syscall.O_NONBLOCK | syscall.O_NOCTTY
