//go:build linux

package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// pseudoTerminal opens a terminal. Bytes that are written to master are its input.
func pseudoTerminal(t *testing.T) (master, terminal *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("this system has no terminals: %v", err)
	}
	t.Cleanup(func() { master.Close() })
	var number, unlock int32
	for request, arg := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlock, syscall.TIOCGPTN: &number} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(unsafe.Pointer(arg))); errno != 0 {
			t.Skipf("this system has no terminals: %v", errno)
		}
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("this system has no terminals: %v", err)
	}
	t.Cleanup(func() { terminal.Close() })
	return master, terminal
}

// TestWaitingOnTerminal checks that a command prints a message before it waits for input
// from a terminal, but not if it reads from a pipe.
func TestWaitingOnTerminal(t *testing.T) {
	dir, env := slowModule(t)
	for _, args := range [][]string{{"match", "-batch"}, {"match", "-pattern", "-", "-event", "{}"}, {"which", "-"}, {"run", "./lambda"}} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			master, terminal := pseudoTerminal(t)
			cmd := exec.Command("jobgen", args...)
			cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
			cmd.Stdin, cmd.Stderr = terminal, terminal
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			// Without an open terminal here, reading fails when the process has ended.
			_ = terminal.Close()
			limit := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
			defer limit.Stop()
			line, err := bufio.NewReader(master).ReadString('\n')
			if err != nil || !strings.HasPrefix(line, "jobgen: waiting for JSON on standard input; end it with Ctrl-D") {
				t.Errorf("got %q, %v", line, err)
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Error(err)
			}
			_ = cmd.Wait() // interrupted
			piped := exec.Command("jobgen", args...)
			piped.Dir, piped.Env = dir, cmd.Env
			if out, _ := piped.CombinedOutput(); strings.Contains(string(out), "waiting") {
				t.Errorf("piped:\n%s", out)
			}
		})
	}
}
