//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// process is a running jobgen. It has its own temporary folder, and a mark in the
// environment that all its child processes inherit.
type process struct {
	*exec.Cmd
	mark    string
	tmp     string
	stdin   io.WriteCloser
	out, er lockedBuffer
	begin   time.Time
	ended   chan struct{}
}

type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

const slowJob = `package app

import "time"

type Job struct{}

//jobs:event_pattern {source: [my.app]}
func (j *Job) Sleep() error {
	time.Sleep(time.Hour)
	return nil
}

//jobs:event_pattern {source: [my.quick]}
func (j *Job) Quick() error { return nil }
`

const slowMain = `package main

import (
	"example.com/app"
	"github.com/jobgen/jobgen/jobs"
)

func main() { jobs.Start(app.NewDispatcher(app.Jobs{Job: &app.Job{}})) }
`

// slowModule makes a module with a job that waits, and with a FIFO that has no writer.
func slowModule(t *testing.T) (dir string, env []string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it waits for the commands that it interrupts")
	}
	module, dir := testmodule.New(t), t.TempDir()
	if err := module.Write(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "lambda"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"jobs.go": slowJob, "lambda/main.go": slowMain} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, module.Env()
}

// launch starts jobgen with a standard input that stays open.
func launch(t *testing.T, dir string, env []string, args ...string) *process {
	t.Helper()
	return launchIn(t, t.TempDir(), dir, env, args...)
}

// launchIn starts jobgen with a temporary folder.
func launchIn(t *testing.T, tmp, dir string, env []string, args ...string) *process {
	t.Helper()
	p := &process{
		Cmd: exec.Command("jobgen", args...), tmp: tmp, ended: make(chan struct{}),
		mark: fmt.Sprintf("JOBGEN_TEST_MARK=%d.%d", os.Getpid(), rand.Int64()),
	}
	p.Dir, p.Stdout, p.Stderr = dir, &p.out, &p.er
	p.Env = append(append(os.Environ(), "GORACE=atexit_sleep_ms=0"), env...)
	p.Env = append(p.Env, "TMPDIR="+p.tmp, "GOTMPDIR=", p.mark)
	// Wait also waits for child processes that still have the output open.
	p.WaitDelay = 10 * time.Second
	var err error
	if p.stdin, err = p.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	// A shell starts background jobs with SIGINT ignored, and child processes inherit
	// that. A jobgen that gets the signal before it calls signal.Notify would then
	// ignore it. Child processes don't inherit a signal that this process has asked for.
	if signal.Ignored(syscall.SIGINT) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGINT)
	}
	p.begin = time.Now()
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.ended)
		_ = p.Wait() // interrupt checks the exit code
	}()
	t.Cleanup(func() {
		for _, pid := range p.processes(t) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		<-p.ended
	})
	return p
}

// processes returns the processes that have the mark.
func (p *process) processes(t *testing.T) []int {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, file := range files {
		if env, err := os.ReadFile(file); err == nil && bytes.Contains(env, []byte(p.mark)) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			pids = append(pids, pid)
		}
	}
	return pids
}

// waitFor waits until a condition is true.
func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("timeout while waiting for %s", what)
		}
	}
}

// slack is the time that a loaded machine may need in addition to the second in which
// jobgen ends.
const slack = 3 * time.Second

// interrupt sends a signal and checks that jobgen ends and leaves neither processes nor
// files. It returns false if the process had just started and had no handler yet, so that
// the signal killed it.
func (p *process) interrupt(t *testing.T, signal os.Signal) bool {
	t.Helper()
	before := time.Now()
	if err := p.Process.Signal(signal); err != nil {
		t.Fatalf("%v\n%s", err, p.er.String())
	}
	select {
	case <-p.ended:
	case <-time.After(time.Second + slack):
		t.Fatalf("still running %v after %v", time.Since(before), signal)
	}
	if status, ok := p.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() && time.Since(p.begin) < slack {
		return false
	}
	if code, text := p.ProcessState.ExitCode(), p.er.String(); code != exitBad || !strings.HasSuffix(text, "jobgen: interrupted\n") {
		t.Errorf("exit code %d, want %d; standard error:\n%s", code, exitBad, text)
	}
	if strings.Count(p.er.String(), "jobgen:") != 1 {
		t.Errorf("standard error has more than the message:\n%s", p.er.String())
	}
	p.checkLeft(t)
	return true
}

// checkLeft checks that jobgen has left neither processes nor files.
func (p *process) checkLeft(t *testing.T) {
	t.Helper()
	// A killed process may take a moment to disappear.
	left := p.processes(t)
	for end := time.Now().Add(slack); len(left) > 0 && time.Now().Before(end); left = p.processes(t) {
		time.Sleep(10 * time.Millisecond)
	}
	for _, pid := range left {
		command, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		t.Errorf("process %d is still running: %q", pid, command)
	}
	entries, err := os.ReadDir(p.tmp)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		t.Errorf("%s still exists", filepath.Join(p.tmp, e.Name()))
	}
}

var endings = []os.Signal{syscall.SIGINT, syscall.SIGTERM}

// TestInterruptWhileReading interrupts commands that wait for standard input or for a
// writer of a FIFO.
func TestInterruptWhileReading(t *testing.T) {
	dir, env := slowModule(t)
	for _, args := range [][]string{
		{"match", "-pattern", "-", "-event", "{}"},
		{"match", "-batch"},
		{"match", "-pattern", "fifo", "-event", "{}"},
		{"match", "-pattern", "{}", "-event", "fifo"},
		{"-schema", "my.app=fifo"},
		{"-template", "fifo"},
		{"list", "-schema", "my.app=fifo"},
	} {
		for _, signal := range endings {
			t.Run(strings.Join(args, " ")+" "+signal.String(), func(t *testing.T) {
				for wait := 100 * time.Millisecond; ; wait *= 2 {
					p := launch(t, dir, env, args...)
					time.Sleep(wait + time.Duration(rand.IntN(50))*time.Millisecond)
					if p.interrupt(t, signal) {
						return
					}
				}
			})
		}
	}
}

// slowTool returns environment variables with which the go command runs a shell command
// in place of every compiler and linker.
func slowTool(t *testing.T, command string) []string {
	t.Helper()
	tool := filepath.Join(t.TempDir(), "slowtool")
	script := "#!/bin/sh\ncase \"$*\" in *-V=full*) exec \"$@\";; esac\n" + command + "\n"
	if err := os.WriteFile(tool, []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	return []string{"GOFLAGS=-toolexec=" + tool, "GOCACHE=" + t.TempDir()}
}

// runs reports whether one of the processes runs a program.
func (p *process) runs(t *testing.T, program string) bool {
	t.Helper()
	for _, pid := range p.processes(t) {
		if name, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)); strings.TrimSpace(string(name)) == program {
			return true
		}
	}
	return false
}

// TestInterruptWhileLoading interrupts jobgen at random moments while go/packages runs a
// go command. Some go commands run compilers at that moment.
func TestInterruptWhileLoading(t *testing.T) {
	dir, env := slowModule(t)
	for i := range 6 {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			p := launch(t, dir, append(env, slowTool(t, "sleep 1000 & wait")...), "list")
			waitFor(t, "a go command", func() bool {
				if i%3 == 0 {
					return p.runs(t, "sleep")
				}
				return len(p.processes(t)) > 1
			})
			time.Sleep(time.Duration(rand.IntN(500)) * time.Millisecond)
			p.interrupt(t, endings[i%2])
		})
	}
}

// TestInterruptRun interrupts jobgen run while it builds, while a function runs, and while
// it waits for the next event.
func TestInterruptRun(t *testing.T) {
	dir, env := slowModule(t)
	for i, signal := range endings {
		t.Run("building "+signal.String(), func(t *testing.T) {
			p := launch(t, dir, append(env, "GOFLAGS=-ldflags=-X=main.none="+strconv.Itoa(rand.Int())), "run", "./lambda", "{}")
			waitFor(t, "the folder of the build", func() bool {
				found, _ := filepath.Glob(filepath.Join(p.tmp, "jobgen-run-*"))
				return len(found) > 0
			})
			time.Sleep(time.Duration(rand.IntN(300*(i+1))) * time.Millisecond)
			p.interrupt(t, signal)
		})
		t.Run("a function "+signal.String(), func(t *testing.T) {
			p := launch(t, dir, env, "run", "./lambda", `{"source":"my.app","detail-type":"x","detail":{}}`)
			waitFor(t, "the event", func() bool { return strings.Contains(p.out.String(), "my.app") })
			time.Sleep(time.Duration(rand.IntN(500)) * time.Millisecond)
			p.interrupt(t, signal)
		})
		t.Run("waiting "+signal.String(), func(t *testing.T) {
			p := launch(t, dir, env, "run", "./lambda")
			fmt.Fprintln(p.stdin, `{"source":"my.quick","detail-type":"x","detail":{}}`)
			waitFor(t, "the answer", func() bool { return strings.Contains(p.out.String(), "answer") })
			p.interrupt(t, signal)
		})
	}
}

// TestInterruptBuild interrupts jobgen build while it compiles. It leaves no program.
func TestInterruptBuild(t *testing.T) {
	dir, env := slowModule(t)
	p := launch(t, dir, env, "build", "./lambda")
	waitFor(t, "the folder of the build", func() bool {
		found, _ := filepath.Glob(filepath.Join(p.tmp, "jobgen-run-*"))
		return len(found) > 0
	})
	p.interrupt(t, syscall.SIGINT)
	if found, _ := filepath.Glob(filepath.Join(dir, "*boot*")); len(found) > 0 {
		t.Errorf("there are %s", found)
	}
}

// TestKilledRunIsCleanedUp kills jobgen while it loads packages. The compilers of its go
// command continue to write into its folder. The next run ends them and removes the folder.
func TestKilledRunIsCleanedUp(t *testing.T) {
	dir, env := slowModule(t)
	write := `while :; do mkdir -p "$GOTMPDIR/go-build1"; echo >"$GOTMPDIR/go-build1/written"; done`
	p := launch(t, dir, append(env, slowTool(t, write)...), "list")
	written := func() bool {
		found, _ := filepath.Glob(filepath.Join(p.tmp, "jobgen-load-*", "go-build1", "written"))
		return len(found) > 0
	}
	waitFor(t, "a file in the folder", written)
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-p.ended
	if len(p.processes(t)) == 0 || !written() {
		t.Fatal("the killed run has left no processes or no files")
	}
	next := exec.Command("jobgen", "list")
	next.Dir, next.Env = dir, append(append(os.Environ(), env...), "TMPDIR="+p.tmp, "GOTMPDIR=")
	if out, err := next.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if left := p.processes(t); len(left) > 0 {
		t.Errorf("still running: %v", left)
	}
	if entries, err := os.ReadDir(p.tmp); err != nil || len(entries) > 0 {
		t.Errorf("these files still exist: %v, %v", entries, err)
	}
}
