package tempdir

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// orphanLimit is how long endOrphans waits for processes that it has killed.
const orphanLimit = time.Second

// endOrphans kills the processes that work in the folder of a process that is gone,
// and reports whether all of them are gone: a go command outlives the jobgen that
// started it, unless jobgen itself ends it.
func endOrphans(path string) bool {
	for limit := time.Now().Add(orphanLimit); ; time.Sleep(time.Millisecond) {
		found := orphans(path)
		if len(found) == 0 || time.Now().After(limit) {
			return len(found) == 0
		}
		for _, pid := range found {
			_ = syscall.Kill(pid, syscall.SIGKILL) // the only error is that it is gone
		}
	}
}

// orphans returns the processes that have the folder in their environment (Environ,
// proc_pid_environ(5)). The name alone identifies it: it is random, and the path
// before it may be spelled differently.
func orphans(path string) []int {
	environments, _ := filepath.Glob("/proc/[0-9]*/environ") // the pattern is valid
	var found []int
	for _, file := range environments {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil || pid == os.Getpid() {
			continue
		}
		// Those of other users can't be read.
		if env, err := os.ReadFile(file); err == nil && worksIn(env, filepath.Base(path)) {
			found = append(found, pid)
		}
	}
	return found
}

// worksIn reports whether an environment has a folder of this name as GOTMPDIR.
func worksIn(env []byte, folder string) bool {
	return slices.ContainsFunc(strings.Split(string(env), "\x00"), func(variable string) bool {
		dir, ok := strings.CutPrefix(variable, "GOTMPDIR=")
		return ok && filepath.Base(dir) == folder
	})
}
