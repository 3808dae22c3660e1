//go:build linux

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/jobgen/jobgen/internal/testmodule"
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

// progress matches the code that erases a progress line, and the line that follows it.
var progress = regexp.MustCompile(`\r\x1b\[K(jobgen: [^\r\n]* \(\d+ s\))?`)

// withoutProgress returns what stays on a terminal.
func withoutProgress(text string) string { return progress.ReplaceAllString(text, "") }

// onTerminal runs a command with a terminal as standard output and standard error, and
// returns what the terminal gets. The functions get the process when it has started.
func onTerminal(t *testing.T, cmd *exec.Cmd, started ...func(*os.Process)) string {
	t.Helper()
	master, terminal := pseudoTerminal(t)
	cmd.Stdout, cmd.Stderr = terminal, terminal
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for _, f := range started {
		f(cmd.Process)
	}
	_ = terminal.Close() // reading ends when the process does
	limit := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer limit.Stop()
	text, _ := io.ReadAll(master) // the end of the process is an error of the terminal
	_ = cmd.Wait()
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// terminalCommand is a command in a module with a rule that has a typo.
func terminalCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	module, dir := testmodule.New(t), t.TempDir()
	if err := module.Write(dir); err != nil {
		t.Fatal(err)
	}
	source := "package app\n\ntype Job struct{}\n\n//jobs:event_pattern {source: [aws.ec2x, \u202e\x1b[5m]}\nfunc (j *Job) Do() error { return nil }\n"
	if err := os.WriteFile(filepath.Join(dir, "jobs.go"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("jobgen", args...)
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), module.Env()...), "NO_COLOR=", "TERM=xterm")
	return cmd
}

// TestColours checks that findings have colours on a terminal that shows them, unless NO_COLOR
// is set, and that a user's text has no effect on the terminal.
func TestColours(t *testing.T) {
	match := []string{"match", "-pattern", `{"a": ["b"]}`, "-event", "{\"a\": \"\u202e\"}"}
	for _, test := range []struct {
		env     string
		colours bool
	}{{"NO_COLOR=", true}, {"NO_COLOR=1", false}, {"TERM=dumb", false}} {
		for _, args := range [][]string{{"-check"}, match} {
			cmd := terminalCommand(t, args...)
			piped, _ := terminalCommand(t, args...).CombinedOutput()
			cmd.Env = append(cmd.Env, test.env)
			text := withoutProgress(onTerminal(t, cmd))
			plain := escapeCodes.ReplaceAllString(text, "")
			if (text != plain) != test.colours {
				t.Errorf("%s, %v: the terminal gets %q", test.env, args, text)
			}
			if strings.ContainsAny(plain, "\x1b\u202e") {
				t.Errorf("%s, %v: the terminal gets %q", test.env, args, text)
			}
			if plain != string(piped) {
				t.Errorf("%s, %v: a pipe gets\n%s\nand the terminal\n%s", test.env, args, piped, plain)
			}
		}
	}
}

// TestProgressOnTerminal checks that a slow step is shown on a terminal until it is done,
// and never with -json or in a pipe.
func TestProgressOnTerminal(t *testing.T) {
	t.Parallel() // most of its time is sleep
	slowGo := t.TempDir()
	realGo, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nsleep 1.2\nexec '" + realGo + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(slowGo, "go"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	slow := func(args ...string) *exec.Cmd {
		cmd := terminalCommand(t, args...)
		cmd.Env = append(cmd.Env, "PATH="+slowGo+":"+os.Getenv("PATH"))
		return cmd
	}
	const line = "\r\x1b[Kjobgen: loading packages (1 s)"
	text := onTerminal(t, slow("-check"))
	if !strings.Contains(text, line) {
		t.Errorf("the terminal gets %q, want %q in it", text, line)
	}
	if rest := withoutProgress(text); strings.Contains(rest, "loading") || !strings.Contains(rest, "error:") {
		t.Errorf("%q stays on the terminal", rest)
	}
	if text := onTerminal(t, slow("-check", "-json")); strings.Contains(text, "loading") {
		t.Errorf("with -json, the terminal gets %q", text)
	}
	if text, _ := slow("-check").CombinedOutput(); strings.Contains(string(text), "loading") {
		t.Errorf("a pipe gets %q", text)
	}

	text = onTerminal(t, slow("-check"), func(p *os.Process) {
		time.AfterFunc(1500*time.Millisecond, func() { _ = p.Signal(os.Interrupt) })
	})
	if rest := withoutProgress(text); !strings.Contains(text, line) || rest != "jobgen: interrupted\n" {
		t.Errorf("after an interrupt, the terminal gets %q", text)
	}
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
			line = withoutProgress(line)
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
