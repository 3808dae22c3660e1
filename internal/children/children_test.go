//go:build unix

package children

import (
	"bufio"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestBelow(t *testing.T) {
	parents := map[int]int{1: 0, 10: 1, 11: 10, 12: 11, 13: 1, 20: 21, 21: 20}
	found := below(10, parents)
	slices.Sort(found)
	if !slices.Equal(found, []int{11, 12}) {
		t.Errorf("got %v", found)
	}
	if found := below(99, parents); len(found) > 0 {
		t.Errorf("got %v", found)
	}
}

// TestKill kills a shell and its child, which is in another process group.
func TestKill(t *testing.T) {
	shell := exec.Command("sh", "-c", "sleep 1000 & echo $!; wait")
	shell.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := shell.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	sleep, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	// Frozen, they are still there and have reported no end.
	Freeze()
	if syscall.Kill(shell.Process.Pid, 0) != nil || syscall.Kill(sleep, 0) != nil {
		t.Error("a process ended")
	}
	Kill()
	_ = shell.Wait()
	end := time.Now().Add(5 * time.Second)
	for isAlive(sleep) {
		if time.Now().After(end) {
			t.Fatal("the process below is still there")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// isAlive reports whether a process is there and no zombie.
func isAlive(pid int) bool {
	state, err := exec.Command("ps", "-o", "state=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(state)), "Z")
}

// TestKillAfterTheParentEnded freezes a shell and its child. The shell ends before Kill, so
// the child has another parent then.
func TestKillAfterTheParentEnded(t *testing.T) {
	shell := exec.Command("sh", "-c", "sleep 1000 & echo $!; wait")
	out, err := shell.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	Freeze()
	_ = shell.Process.Kill()
	_, _ = shell.Process.Wait()
	Kill()
	for end := time.Now().Add(5 * time.Second); syscall.Kill(pid, 0) == nil; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
			t.Fatalf("the process %d still exists", pid)
		}
	}
}
