package runtimeapi

import (
	"os/exec"
	"syscall"
)

// setGroup puts the process into a new group, so that it can be killed with all that it
// starts. The kernel kills it if jobgen ends without doing so.
func setGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
