package runtimeapi

import (
	"io"
	"os/exec"
	"runtime"
	"time"
)

// drainLimit limits the time to read the output of a process that has exited. All
// output is already in the pipe, unless a process in another group still has the pipe
// open.
const drainLimit = time.Second

// terminateLimit is the time between SIGTERM and SIGKILL for a function with an internal
// extension (lambda-runtime-environment, shutdown phase).
const terminateLimit = 500 * time.Millisecond

// process is a running binary, together with the processes that it starts.
type process struct {
	cmd    *exec.Cmd
	pumps  []*pump
	exited chan struct{} // closed when the process has ended and its output is written
	err    error         // the error of Wait; valid after exited is closed
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
	// The process has its own copies. Open copies here would keep the pipes open.
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

// closeAll closes ends of pipes. It ignores errors, which lose no data.
func closeAll(ends ...io.Closer) {
	for _, end := range ends {
		_ = end.Close()
	}
}

// run starts the process and waits for it. It does both on one thread, because the
// kernel kills the process when the thread that started it ends (setGroup).
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	p.err = p.cmd.Wait()
	p.kill() // the rest of its group
	limit := time.Now().Add(drainLimit)
	for _, pump := range p.pumps {
		pump.finish(time.Until(limit))
	}
	close(p.exited)
}

// kill kills the process and its group. It has no effect if they have ended.
func (p *process) kill() { killGroup(p.cmd.Process) }

// terminate asks the process to end, and waits for at most terminateLimit.
func (p *process) terminate() {
	if p.cmd.Process.Signal(terminateSignal) != nil {
		return
	}
	select {
	case <-p.exited:
	case <-time.After(terminateLimit):
	}
}

// flush writes the output that the process has printed so far.
func (p *process) flush() {
	for _, pump := range p.pumps {
		pump.flush()
	}
}

// exitText describes how the process ended, in Lambda's words.
func (p *process) exitText() string {
	if p.err == nil {
		return "Runtime exited without providing a reason"
	}
	return "Runtime exited with error: " + p.err.Error()
}
