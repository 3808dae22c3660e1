//go:build unix

package runtimeapi

import (
	"os"
	"syscall"
)

const terminateSignal = syscall.SIGTERM

// killGroup kills the process's group, which has the process's id.
func killGroup(p *os.Process) {
	// It fails only if no process of the group is left.
	_ = syscall.Kill(-p.Pid, syscall.SIGKILL)
}
