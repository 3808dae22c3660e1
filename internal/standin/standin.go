// Package standin lets a test answer the commands that the program under test starts. The
// command internal/standin/program, in a directory at the front of PATH and with the name
// of another program, sends its arguments and environment to the test. The test answers
// with the output and the exit code, or with the program to run instead.
//
// The command is small, so that starting it takes a fraction of the time that a test binary
// or the go command takes.
package standin

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// Variable is the environment variable with the path of the test's socket.
const Variable = "JOBGEN_TEST_STANDIN"

// Request is a command that was started.
type Request struct {
	Name      string   // the name of the program, without a directory
	Args, Env []string // the arguments without the name, and the environment
	Dir       string   // the working directory
	Terminal  bool     // whether it writes to a terminal or another device
	Stdin     []byte   // the standard input, unless Terminal is set
}

// Answer is what the command does.
type Answer struct {
	// Program is the path of a program to run with the same arguments, input and
	// environment. If it is set, the other fields are not used.
	Program        string
	Code           int
	Stdout, Stderr []byte
}

// header is the first line of an answer. The two outputs follow it.
type header struct {
	Program              string
	Code, Stdout, Stderr int
}

// Serve answers the commands that connect to a listener, several at a time, until the
// listener is closed.
func Serve(l net.Listener, answer func(*Request) Answer) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			var r Request
			if err := json.NewDecoder(conn).Decode(&r); err != nil {
				return // the command reports that there is no answer
			}
			a := answer(&r)
			h, err := json.Marshal(header{a.Program, a.Code, len(a.Stdout), len(a.Stderr)})
			if err != nil {
				return
			}
			_, _ = conn.Write(slices.Concat(h, []byte("\n"), a.Stdout, a.Stderr))
		}()
	}
}

// Run is the main function of the command. It returns the exit code.
func Run() (int, error) {
	r := Request{Name: filepath.Base(os.Args[0]), Args: os.Args[1:], Env: os.Environ()}
	var err error
	if r.Dir, err = os.Getwd(); err != nil {
		return 0, err
	}
	r.Terminal = isDevice(os.Stdout) || isDevice(os.Stderr)
	if !r.Terminal {
		if r.Stdin, err = io.ReadAll(os.Stdin); err != nil {
			return 0, err
		}
	}
	a, err := r.ask()
	if err != nil {
		return 0, err
	}
	if a.Program != "" {
		return r.run(a.Program)
	}
	_, outErr := os.Stdout.Write(a.Stdout)
	_, errErr := os.Stderr.Write(a.Stderr)
	return a.Code, errors.Join(outErr, errErr)
}

// isDevice reports whether a file is a terminal or another device, such as os.DevNull.
func isDevice(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// run runs a program instead. It returns the program's exit code.
func (r *Request) run(program string) (int, error) {
	cmd := exec.Command(program, r.Args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if !r.Terminal {
		cmd.Stdin = bytes.NewReader(r.Stdin)
	}
	err := cmd.Run()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return failed.ExitCode(), nil
	}
	return 0, err
}

// ask sends a request to the test and reads the answer.
func (r *Request) ask() (Answer, error) {
	conn, err := net.Dial("unix", os.Getenv(Variable))
	if err != nil {
		return Answer{}, err
	}
	defer conn.Close()
	if err := json.NewEncoder(conn).Encode(r); err != nil {
		return Answer{}, err
	}
	in := bufio.NewReader(conn)
	line, err := in.ReadBytes('\n')
	if err != nil {
		return Answer{}, err
	}
	var h header
	if err := json.Unmarshal(line, &h); err != nil {
		return Answer{}, err
	}
	outputs := make([]byte, h.Stdout+h.Stderr)
	_, err = io.ReadFull(in, outputs)
	return Answer{Program: h.Program, Code: h.Code, Stdout: outputs[:h.Stdout], Stderr: outputs[h.Stdout:]}, err
}
