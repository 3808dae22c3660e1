package runtimeapi

import (
	"io"
	"os/exec"
	"runtime"
	"time"
)

// drainLimit is how long output is waited for after a process has exited. All
// of it is there already, unless something that escaped the process's group
// still holds the pipe.
const drainLimit = time.Second

// terminateLimit is how long Lambda waits between SIGTERM and SIGKILL for a
// function with an internal extension (lambda-runtime-environment, shutdown
// phase).
const terminateLimit = 500 * time.Millisecond

// process is a running binary with everything that it starts.
type process struct {
	cmd    *exec.Cmd
	pumps  []*pump
	exited chan struct{} // closed when it is gone and its output is written
	err    error         // what Wait returned; valid once exited is closed
}

// startProcess runs the function's binary in a new process group.
func startProcess(fn Function, apiAddress string, out output) (*process, error) {
	cmd := exec.Command(fn.Binary)
	cmd.Dir = fn.Dir
	cmd.Env = fn.environ(apiAddress, time.Now())
	setGroup(cmd)
	p := &process{cmd: cmd, exited: make(chan struct{})}
	if err := p.start(out); err != nil {
		return nil, err
	}
	return p, nil
}

// start connects the output and starts the process.
func (p *process) start(out output) error {
	stdout, toStdout, err := newPump(out.stdout)
	if err != nil {
		return err
	}
	stderr, toStderr, err := newPump(out.stderr)
	if err != nil {
		closeAll(stdout, toStdout)
		return err
	}
	p.cmd.Stdout, p.cmd.Stderr = toStdout, toStderr
	p.pumps = []*pump{stdout, stderr}
	started := make(chan error)
	go p.run(started)
	err = <-started
	// The process has its own copies; ours would keep the pipes open.
	closeAll(toStdout, toStderr)
	if err != nil {
		closeAll(stdout, stderr)
		return err
	}
	for _, pump := range p.pumps {
		go pump.run()
	}
	return nil
}

// closeAll closes ends of pipes. Nothing is lost if that fails.
func closeAll(ends ...io.Closer) {
	for _, end := range ends {
		_ = end.Close()
	}
}

// run starts the process and waits for it, on one thread: the process is killed
// when the thread that started it ends, which must not be before we do
// (setGroup).
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	p.err = p.cmd.Wait()
	p.kill() // what it started
	limit := time.Now().Add(drainLimit)
	for _, pump := range p.pumps {
		pump.finish(time.Until(limit))
	}
	close(p.exited)
}

// kill ends the process and all of its group. There is no harm if it is gone.
func (p *process) kill() { killGroup(p.cmd.Process) }

// terminate asks the process to end and gives it time for that.
func (p *process) terminate() {
	if p.cmd.Process.Signal(terminateSignal) != nil {
		return
	}
	select {
	case <-p.exited:
	case <-time.After(terminateLimit):
	}
}

// flush writes out what the process has printed so far.
func (p *process) flush() {
	for _, pump := range p.pumps {
		pump.flush()
	}
}

// exitText says how the process ended, as Lambda does.
func (p *process) exitText() string {
	if p.err == nil {
		return "Runtime exited without providing a reason"
	}
	return "Runtime exited with error: " + p.err.Error()
}
