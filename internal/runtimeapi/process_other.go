//go:build !unix

package runtimeapi

import (
	"os"
	"os/exec"
)

var terminateSignal = os.Interrupt

// setGroup does nothing, because there are no process groups.
func setGroup(*exec.Cmd) {}

// killGroup kills only the process.
func killGroup(p *os.Process) {
	_ = p.Kill() // it fails only if the process has ended
}
