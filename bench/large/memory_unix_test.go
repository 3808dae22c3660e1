//go:build unix

package large

import (
	"os"
	"runtime"
	"syscall"
)

// maxMemory returns the largest resident size of a process and those that it waited for, in
// MB.
func maxMemory(p *os.ProcessState) float64 {
	use, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	unit := 1024.0
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		unit = 1 // bytes
	}
	return float64(use.Maxrss) * unit / 1e6
}
