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

// endLimit is how long a command may take to end once it is interrupted.
const endLimit = 700 * time.Millisecond

// runInterruptible runs a command. SIGINT or SIGTERM ends it with all processes below
// it, and removes its temporary folders.
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
	// The context ends before any process does, so that the end of a go command is not
	// reported as a fault in the user's code.
	children.Freeze()
	cancel()
	return a.interrupted(ended)
}

// interrupted waits for the end of a command whose context is over. If the command
// succeeds nevertheless, its exit code counts. A command that does not end in time,
// because it waits for a disk or computes, is abandoned.
func (a *app) interrupted(ended <-chan int) int {
	limit := time.After(endLimit)
	for {
		children.Kill() // also those that were started in the meantime
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
	stderr := unwrapped(a.stderr) // a command that is left behind may hold the writer's lock
	go func() {
		fmt.Fprintln(stderr, "jobgen: interrupted")
		close(printed)
	}()
	select {
	case <-printed:
	case <-time.After(endLimit / 7):
	}
}
