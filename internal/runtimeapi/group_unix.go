//go:build unix && !linux

package runtimeapi

import (
	"os/exec"
	"syscall"
)

// setGroup puts the process into a new process group, so that it can be killed together
// with the processes that it starts. If jobgen is killed, the process ends when its next
// request to the Runtime API fails.
func setGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
