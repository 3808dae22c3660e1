package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/jobgen/jobgen/internal/standin"
	"github.com/jobgen/jobgen/internal/testmodule"
)

// In short mode, a case's PATH begins with two small programs named jobgen and go, which start
// faster than the real ones (package standin). They send their arguments to this test. For go,
// quickGo returns the output. For jobgen, a worker does.

// workerVar is the environment variable that makes the test binary a worker.
const workerVar = "JOBGEN_TEST_WORKER"

// worker is a process that calls run for one command after another. It is the test
// binary: a command needs its own directory and environment, which a process has once.
type worker struct {
	cmd     *exec.Cmd
	stderr  bytes.Buffer // the text of a panic
	stdin   io.Closer
	request *json.Encoder
	answer  *json.Decoder
}

func startWorker() (*worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	w := &worker{cmd: exec.Command(self)}
	w.cmd.Env = append(os.Environ(), workerVar+"=1", "GOMAXPROCS=1", "GOGC=400")
	w.cmd.Stderr = &w.stderr
	in, err := w.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.stdin, w.request, w.answer = in, json.NewEncoder(in), json.NewDecoder(out)
	return w, w.cmd.Start()
}

// run runs jobgen. After an error, the worker has ended.
func (w *worker) run(r *standin.Request) (standin.Answer, error) {
	var a standin.Answer
	err := w.request.Encode(r)
	if err == nil {
		err = w.answer.Decode(&a)
	}
	if err != nil {
		err = errors.Join(err, w.stop())
	}
	return a, err
}

func (w *worker) stop() error {
	err := errors.Join(w.stdin.Close(), w.cmd.Wait())
	if err != nil {
		err = fmt.Errorf("the process that runs jobgen: %w\n%s", err, &w.stderr)
	}
	return err
}

// work is the main function of a worker.
func work() error {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var r standin.Request
		if err := in.Decode(&r); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		os.Clearenv()
		for _, v := range r.Env {
			name, value, _ := strings.Cut(v, "=")
			if err := os.Setenv(name, value); err != nil {
				return err
			}
		}
		if err := os.Chdir(r.Dir); err != nil {
			return err
		}
		var stdout, stderr bytes.Buffer
		code := run(r.Args, bytes.NewReader(r.Stdin), &stdout, &stderr)
		if err := out.Encode(standin.Answer{Code: code, Stdout: stdout.Bytes(), Stderr: stderr.Bytes()}); err != nil {
			return err
		}
	}
}

// quickPrograms are the small programs named jobgen and go.
type quickPrograms struct {
	dir       string // the directory of the two programs
	socket    string
	jobgen    string // the path of the real jobgen
	goCommand *quickGo
	workers   chan *worker // those that wait, nil for one that has not been started
}

// newQuickPrograms builds the programs and answers their requests until the test ends.
func newQuickPrograms(t *testing.T, module *testmodule.Module) *quickPrograms {
	t.Helper()
	q := &quickPrograms{dir: t.TempDir(), goCommand: newQuickGo(t, module), workers: make(chan *worker, runtime.GOMAXPROCS(0))}
	for range cap(q.workers) {
		q.workers <- nil
	}
	var err error
	if q.jobgen, err = exec.LookPath("jobgen"); err != nil {
		t.Fatal(err)
	}
	q.buildPrograms(t)
	// The path of a socket must be short.
	socketDir, err := os.MkdirTemp("", "jobgen")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(socketDir) })
	q.socket = filepath.Join(socketDir, "test")
	l, err := net.Listen("unix", q.socket)
	if err != nil {
		t.Fatal(err)
	}
	go standin.Serve(l, q.answer)
	t.Cleanup(func() {
		l.Close()
		for range cap(q.workers) {
			if w := <-q.workers; w != nil {
				if err := w.stop(); err != nil {
					t.Error(err)
				}
			}
		}
	})
	return q
}

// buildPrograms builds the program once, and copies it for the second name.
func (q *quickPrograms) buildPrograms(t *testing.T) {
	t.Helper()
	suffix := ""
	if runtime.GOOS == "windows" {
		suffix = ".exe"
	}
	program := filepath.Join(q.dir, "go"+suffix)
	build := exec.Command("go", "build", "-o", program, "-ldflags=-s -w", "github.com/jobgen/jobgen/internal/standin/program")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // without cgo, a program starts sooner
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(q.dir, "jobgen"+suffix), data, 0o777); err != nil {
		t.Fatal(err)
	}
}

// setup puts the programs at the front of a case's PATH.
func (q *quickPrograms) setup(env *testscript.Env) {
	env.Setenv("PATH", q.dir+string(filepath.ListSeparator)+env.Getenv("PATH"))
	env.Setenv(standin.Variable, q.socket)
	q.goCommand.mu.Lock()
	defer q.goCommand.mu.Unlock()
	if q.goCommand.settings == nil {
		q.goCommand.settings = goSettings(env.Vars)
	}
}

// answer returns what a program writes, and its exit code.
func (q *quickPrograms) answer(r *standin.Request) standin.Answer {
	switch {
	case strings.TrimSuffix(r.Name, ".exe") == "go":
		return q.goCommand.run(r)
	case r.Terminal:
		return standin.Answer{Program: q.jobgen}
	}
	w := <-q.workers
	var a standin.Answer
	var err error
	if w == nil {
		w, err = startWorker()
	}
	if err == nil {
		a, err = w.run(r)
	}
	if err != nil {
		q.workers <- nil
		return standin.Answer{Code: exitBad, Stderr: []byte(err.Error())}
	}
	q.workers <- w
	return a
}
