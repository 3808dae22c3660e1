//go:build unix

package snapshot

import "syscall"

// OpenFlags keep open from waiting for a named pipe's other end, and a terminal
// from becoming the process's own.
const OpenFlags = syscall.O_NONBLOCK | syscall.O_NOCTTY
