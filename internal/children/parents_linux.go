package children

import (
	"os"
	"strconv"
	"strings"
)

// parents returns the parent of each process, from /proc/PID/stat (proc(5)): the
// number, the name in parentheses, the state, the parent.
func parents() map[int]int {
	found := map[int]int{}
	proc, err := os.Open("/proc")
	if err != nil {
		return nil
	}
	defer proc.Close()
	names, _ := proc.Readdirnames(-1) // as many as can be read
	for _, name := range names {
		pid, err := strconv.Atoi(name)
		if err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + name + "/stat")
		if err != nil {
			continue // it is gone
		}
		// The name may hold parentheses and blanks itself.
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		if len(fields) < 2 {
			continue
		}
		found[pid], _ = strconv.Atoi(fields[1])
	}
	return found
}
