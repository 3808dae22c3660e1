//go:build unix

package runtimeapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// binaries is the directory of the programs of testdata, which are built once.
var binaries string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "runtimeapi")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		binaries = dir
		return m.Run()
	}())
}

var builds sync.Map // of name to func() error

// program builds a program of testdata and returns its path.
func program(t *testing.T, name string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds a program")
	}
	path := filepath.Join(binaries, name)
	build, _ := builds.LoadOrStore(name, sync.OnceValue(func() error {
		out, err := exec.Command("go", "build", "-o", path, "./testdata/"+name).CombinedOutput()
		if err != nil {
			return fmt.Errorf("go build ./testdata/%s: %w\n%s", name, err, out)
		}
		return nil
	}))
	if err := build.(func() error)(); err != nil {
		t.Fatal(err)
	}
	return path
}

// buffer collects the output of a test's functions. It records writes that are not
// whole lines.
type buffer struct {
	mu    sync.Mutex
	text  bytes.Buffer
	parts int
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bytes.IndexByte(p, '\n') != len(p)-1 {
		b.parts++
	}
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// start returns an instance of testdata/function that prints to the buffer.
func start(t *testing.T, fn Function) (*Instance, *buffer) {
	t.Helper()
	if fn.Binary == "" {
		fn.Binary = program(t, "function")
	}
	if fn.Timeout == 0 {
		fn.Timeout = 20 * time.Second
	}
	out := &buffer{}
	in, err := Start(t.Context(), fn, Options{Stdout: out, Stderr: out})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(in.Close)
	return in, out
}

func invoke(t *testing.T, in *Instance, payload string) Result {
	t.Helper()
	result, err := in.Invoke(context.Background(), []byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// report is testdata/function's description of its environment.
type report struct {
	PID, Child, Calls, Memory                  int
	Remaining                                  time.Duration
	RequestID, ARN, Trace, Name, LogGroup, Dir string
	Env                                        map[string]string
}

func invokeReport(t *testing.T, in *Instance, payload string) (report, Result) {
	t.Helper()
	result := invoke(t, in, payload)
	var r report
	if err := json.Unmarshal(result.Payload, &r); err != nil || result.FunctionError != "" {
		t.Fatalf("result %+v with payload %s: %v", result, result.Payload, err)
	}
	return r, result
}

// alive reports whether a process runs. A process that has ended doesn't run, even if its
// parent has not waited for it.
func alive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return runtime.GOOS != "linux"
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(state, "Z") && !strings.HasPrefix(state, "X")
}

// eventually waits for a condition that another process makes true.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 10 s: %s", what)
		}
	}
}
