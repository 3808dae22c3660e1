//go:build unix

package children

import (
	"os"
	"syscall"
)

// freeze stops processes until it finds no new ones: a stopped process starts none.
func freeze() []int {
	var all []int
	frozen := map[int]bool{}
	for {
		fresh := 0
		for _, pid := range below(os.Getpid(), parents()) {
			if frozen[pid] {
				continue
			}
			fresh++
			frozen[pid] = true
			all = append(all, pid)
			_ = syscall.Kill(pid, syscall.SIGSTOP) // the only error is that it is gone
		}
		if fresh == 0 {
			return all
		}
	}
}

func kill() {
	for _, pid := range freeze() {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}
