//go:build unix && !linux

package runtimeapi

import (
	"os/exec"
	"syscall"
)

// setGroup puts the process into its own group, so that it can be killed
// with all that it starts. If we end without killing it, it ends by itself when
// it finds the Runtime API gone.
func setGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
