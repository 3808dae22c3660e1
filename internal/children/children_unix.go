//go:build unix

package children

import (
	"os"
	"sync"
	"syscall"
)

// stopped are the processes that were stopped and not yet killed. A process whose parent has
// ended meanwhile is no longer found below this one.
var (
	mu      sync.Mutex
	stopped = map[int]bool{}
)

// Freeze stops every process below this one. Until Kill, none of them ends and none is
// started, so a wait for one of them doesn't return.
func Freeze() {
	mu.Lock()
	defer mu.Unlock()
	freeze()
}

// freeze stops processes until it finds no new ones: a stopped process starts none.
func freeze() {
	frozen := map[int]bool{}
	for fresh := true; fresh; {
		fresh = false
		for _, pid := range below(os.Getpid(), parents()) {
			if !frozen[pid] {
				fresh, frozen[pid], stopped[pid] = true, true, true
				_ = syscall.Kill(pid, syscall.SIGSTOP) // the only error is that it is gone
			}
		}
	}
}

// Kill kills every process below this one, and those that Freeze has stopped.
func Kill() {
	mu.Lock()
	defer mu.Unlock()
	freeze()
	for pid := range stopped {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	clear(stopped)
}
