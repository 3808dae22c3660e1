package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/jobgen/jobgen/internal/children"
	"github.com/jobgen/jobgen/internal/tempdir"
)

// endLimit is the time that an interrupted command has to end.
const endLimit = 700 * time.Millisecond

// runInterruptible runs a command. SIGINT or SIGTERM ends it and all its child processes,
// and removes its temporary folders. A command that has set a.end ends by itself after the
// first signal, and is ended by the second one.
func (a *app) runInterruptible(command func() int) int {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	ctx, cancel := context.WithCancel(a.ctx)
	defer cancel()
	a.ctx = ctx
	ended := make(chan int, 1)
	go func() { ended <- command() }()
	select {
	case code := <-ended:
		return code
	case <-signals:
	}
	if end := a.end.Load(); end != nil {
		(*end)()
		select {
		case code := <-ended:
			return code
		case <-signals:
		}
	}
	// The context ends before the child processes do. Otherwise the end of a go command
	// could be reported as an error in the user's code.
	children.Freeze()
	cancel()
	return a.interrupted(ended)
}

// interrupted waits for a command to end after its context has ended. If the command
// still succeeds, interrupted returns its exit code. It abandons a command that does not
// end in time, for example because it waits for a disk.
func (a *app) interrupted(ended <-chan int) int {
	limit := time.After(endLimit)
	for {
		children.Kill() // including those that were started since the last call
		select {
		case code := <-ended:
			if code != exitClean {
				a.sayInterrupted()
				return exitBad
			}
			return code
		case <-limit:
			tempdir.RemoveAll()
			a.sayInterrupted()
			return exitBad
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// sayInterrupted prints the message. It gives up if standard error blocks.
func (a *app) sayInterrupted() {
	printed := make(chan struct{})
	go func() {
		// An abandoned command may have locked a.stderr.
		fmt.Fprintln(a.logs, "jobgen: interrupted")
		close(printed)
	}()
	select {
	case <-printed:
	case <-time.After(endLimit / 7):
	}
}
