//go:build !unix

package runtimeapi

import (
	"os"
	"os/exec"
)

var terminateSignal = os.Interrupt

// setGroup does nothing: there are no process groups.
func setGroup(*exec.Cmd) {}

// killGroup kills the process alone.
func killGroup(p *os.Process) {
	_ = p.Kill() // the only error is that it is gone
}
