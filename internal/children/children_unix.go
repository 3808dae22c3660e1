//go:build unix

package children

import (
	"os"
	"slices"
	"sync"
	"syscall"
)

// stopped are the processes that freeze has stopped and kill has not yet killed. A process
// whose parent has ended meanwhile is no longer found below this one.
var (
	mu      sync.Mutex
	stopped []int
)

// freeze stops processes until it finds no new ones: a stopped process starts none.
func freeze() {
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
			mu.Lock()
			defer mu.Unlock()
			stopped = append(stopped, all...)
			return
		}
	}
}

func kill() {
	freeze()
	mu.Lock()
	defer mu.Unlock()
	slices.Sort(stopped)
	for _, pid := range slices.Compact(stopped) {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	stopped = nil
}
