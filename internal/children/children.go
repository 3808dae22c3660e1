// Package children ends the processes that this one has started, and all that
// those have started.
//
// Killing the go command alone leaves its compilers and linkers running, and
// go/packages starts the go command itself, so it can't be put into a process group.
// Therefore processes are found by their parents.
package children

// below returns the processes below one, by the parent of each process.
func below(root int, parents map[int]int) []int {
	var found []int
	for pid := range parents {
		// No process is its own ancestor, but the table is not read in one moment.
		for at, steps := pid, 0; at > 1 && steps < len(parents); at, steps = parents[at], steps+1 {
			if parents[at] == root {
				found = append(found, pid)
				break
			}
		}
	}
	return found
}
