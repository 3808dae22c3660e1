package runtimeapi

import (
	"os/exec"
	"syscall"
)

// setGroup puts the process into a group of its own, so that it can be killed
// with all that it starts, and has the kernel kill it if we end without.
func setGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
