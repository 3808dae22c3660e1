//go:build unix

package runtimeapi

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestStartErrors(t *testing.T) {
	for name, tt := range map[string]struct{ binary, want string }{
		"absent":    {filepath.Join(t.TempDir(), "nothing"), "function binary"},
		"directory": {t.TempDir(), "is not a file"},
	} {
		in, err := Start(t.Context(), Function{Binary: tt.binary}, Options{})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, %v; want %q", name, in, err, tt.want)
		}
	}
}

func TestBinaryThatCannotRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bootstrap")
	if err := os.WriteFile(path, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	in, _ := start(t, Function{Binary: path})
	r := invoke(t, in, `{}`)
	if r.ErrorType != "Runtime.InvalidEntrypoint" || !strings.Contains(r.ErrorMessage, path) {
		t.Errorf("got %+v", r)
	}
}

func TestInitFailures(t *testing.T) {
	for name, tt := range map[string]struct{ atStart, errorType, message string }{
		"crash":  {"crash", "Runtime.ExitError", "Runtime exited with error: exit status 2"},
		"exit":   {"exit", "Runtime.ExitError", "Runtime exited without providing a reason"},
		"report": {"report", "Config.Missing", "TABLE is not set"},
	} {
		t.Run(name, func(t *testing.T) {
			in, out := start(t, Function{Env: []string{"AT_START=" + tt.atStart}})
			for range 2 { // every invoke tries again
				r := invoke(t, in, `{"Do":"report"}`)
				if r.FunctionError != Unhandled || r.ErrorType != tt.errorType || !strings.HasSuffix(r.ErrorMessage, tt.message) ||
					r.RequestID == "" || r.InitDuration <= 0 || r.Duration != 0 {
					t.Errorf("got %+v with payload %s", r, r.Payload)
				}
			}
			if name == "crash" && strings.Count(out.String(), "panic: no configuration\n") != 2 {
				t.Errorf("output is %q", out)
			}
		})
	}
}

func TestInitTimeout(t *testing.T) {
	in, out := start(t, Function{Env: []string{"AT_START=hang"}})
	in.initLimit = 1500 * time.Millisecond
	r := invoke(t, in, `{}`)
	if r.ErrorType != "Sandbox.Timedout" || !strings.HasSuffix(r.ErrorMessage, "Task timed out after 1.50 seconds") {
		t.Errorf("got %+v", r)
	}
	if out.String() != "loading\n" {
		t.Errorf("output is %q", out)
	}
}

func TestInvokeEndsWithItsContext(t *testing.T) {
	in, _ := start(t, Function{})
	before, _ := invokeReport(t, in, `{"Do":"report"}`)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if r, err := in.Invoke(ctx, []byte(`{"Do":"hang"}`)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %+v, %v", r, err)
	}
	if alive(before.PID) {
		t.Error("the process still works on the event")
	}
	if r, err := in.Invoke(ctx, []byte(`{"Do":"report"}`)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("with a context that is over: %+v, %v", r, err)
	}
	if after, _ := invokeReport(t, in, `{"Do":"report"}`); after.Calls != 1 {
		t.Errorf("after: %+v, want a fresh process", after)
	}
}

func TestInvokeEndsWithItsContextDuringInit(t *testing.T) {
	in, _ := start(t, Function{Env: []string{"AT_START=hang"}})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if r, err := in.Invoke(ctx, []byte(`{}`)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %+v, %v", r, err)
	}
	if in.sandbox != nil {
		t.Error("the process is left")
	}
}

// TestCloseLeavesNothing tests that the process, the processes that it started and all
// goroutines have ended.
func TestCloseLeavesNothing(t *testing.T) {
	path := program(t, "function")
	before := runtime.NumGoroutine()
	in, err := Start(t.Context(), Function{Binary: path, Timeout: time.Minute}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := invokeReport(t, in, `{"Do":"spawn"}`)
	if !alive(r.PID) || !alive(r.Child) {
		t.Fatalf("%+v: not alive", r)
	}
	begin := time.Now()
	in.Close()
	in.Close()
	if took := time.Since(begin); took > drainLimit { // its output has an end
		t.Errorf("Close took %v", took)
	}
	if alive(r.PID) {
		t.Error("the process is alive")
	}
	eventually(t, "the process that the function started is gone", func() bool { return !alive(r.Child) })
	eventually(t, "no goroutine is left", func() bool { return runtime.NumGoroutine() <= before })
	if r, err := in.Invoke(t.Context(), []byte(`{}`)); !errors.Is(err, ErrClosed) {
		t.Errorf("Invoke after Close: %+v, %v", r, err)
	}
}

// TestProcessThatEscapes tests that Close doesn't wait for a process in another group,
// even if that process has the function's output open.
func TestProcessThatEscapes(t *testing.T) {
	in, _ := start(t, Function{})
	r, _ := invokeReport(t, in, `{"Do":"escape"}`)
	t.Cleanup(func() { _ = syscall.Kill(r.Child, syscall.SIGKILL) })
	begin := time.Now()
	in.Close()
	if took := time.Since(begin); took > 5*drainLimit {
		t.Errorf("Close took %v", took)
	}
	if alive(r.PID) || !alive(r.Child) {
		t.Errorf("function alive: %t, its escaped process: %t", alive(r.PID), alive(r.Child))
	}
}

func TestCloseWithoutInvoke(t *testing.T) {
	in, err := Start(t.Context(), Function{Binary: program(t, "function")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	in.Close()
}

func TestCloseEndsARunningInvoke(t *testing.T) {
	in, out := start(t, Function{Timeout: time.Minute})
	done := make(chan error)
	go func() {
		_, err := in.Invoke(context.Background(), []byte(`{"Do":"hang"}`))
		done <- err
	}()
	eventually(t, "the function hangs", func() bool { return out.String() != "" })
	in.Close()
	if err := <-done; !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestInstanceEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in, err := Start(ctx, Function{Binary: program(t, "function"), Timeout: time.Minute}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := invokeReport(t, in, `{"Do":"report"}`)
	cancel()
	eventually(t, "the process is gone", func() bool { return !alive(r.PID) })
	if r, err := in.Invoke(t.Context(), []byte(`{}`)); !errors.Is(err, ErrClosed) {
		t.Errorf("Invoke after the end: %+v, %v", r, err)
	}
	in.Close()
}

// TestSIGTERM tests that a function that asks for SIGTERM gets it before it is killed.
func TestSIGTERM(t *testing.T) {
	in, out := start(t, Function{Env: []string{"AT_START=sigterm"}})
	invokeReport(t, in, `{"Do":"report"}`)
	in.Close()
	if out.String() != "told to end\n" {
		t.Errorf("output is %q", out)
	}
}

// TestCallerIsInterrupted tests that the functions of a program end when the program
// ends with SIGINT.
func TestCallerIsInterrupted(t *testing.T) {
	caller, lines, pid := startCaller(t)
	if err := caller.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if !lines.Scan() || lines.Text() != "context canceled" && lines.Text() != ErrClosed.Error() {
		t.Errorf("the invoke ended with %q", lines.Text())
	}
	if err := caller.Wait(); err != nil {
		t.Error(err)
	}
	if alive(pid) {
		t.Error("the function's process is alive")
	}
}

// TestCallerIsKilled tests that a running function ends when the program that started
// it is killed.
func TestCallerIsKilled(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux kills a process with its parent; elsewhere it ends when it next turns to the Runtime API")
	}
	caller, _, pid := startCaller(t)
	if err := caller.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := caller.Wait(); !errors.As(err, &exit) || !exit.Sys().(syscall.WaitStatus).Signaled() {
		t.Errorf("the caller ended with %v", err)
	}
	eventually(t, "the function's process is gone", func() bool { return !alive(pid) })
}

// startCaller runs testdata/caller until its function hangs.
func startCaller(t *testing.T) (*exec.Cmd, *bufio.Scanner, int) {
	t.Helper()
	cmd := exec.Command(program(t, "caller"), program(t, "function"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("no output")
	}
	pid, err := strconv.Atoi(lines.Text())
	if err != nil {
		t.Fatal(err)
	}
	return cmd, lines, pid
}

// TestServerGone checks that a function ends when its Runtime API is gone, as after a SIGKILL of
// jobgen where the kernel doesn't kill the function: an idle one because the connection breaks on
// which it waits for the next event, and a busy one at its next request.
func TestServerGone(t *testing.T) {
	for name, event := range map[string]string{"idle": "", "busy": `{"Do":"slow"}`} {
		t.Run(name, func(t *testing.T) {
			in, _ := start(t, Function{Timeout: time.Minute})
			invoke(t, in, `{"Do":"report"}`)
			sb := in.sandbox
			if event != "" {
				go in.Invoke(t.Context(), []byte(event))
				for !sb.api.isBusy() {
					time.Sleep(time.Millisecond)
				}
			}
			if err := sb.server.Close(); err != nil {
				t.Fatal(err)
			}
			select {
			case <-sb.process.exited:
			case <-time.After(20 * time.Second):
				t.Fatal("the function is still running")
			}
		})
	}
}

// isBusy reports whether the process has an event and has not answered it.
func (a *api) isBusy() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.current != nil
}
