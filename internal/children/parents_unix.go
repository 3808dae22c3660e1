//go:build unix && !linux

package children

import (
	"fmt"
	"os/exec"
	"strings"
)

// parents returns the parent of each process, from ps (POSIX).
func parents() map[int]int {
	ps := exec.Command("ps", "-A", "-o", "pid=,ppid=")
	out, err := ps.Output()
	if err != nil {
		return nil
	}
	found := map[int]int{}
	for line := range strings.Lines(string(out)) {
		var pid, parent int
		if n, _ := fmt.Sscan(line, &pid, &parent); n == 2 && pid != ps.Process.Pid {
			found[pid] = parent
		}
	}
	return found
}
