//go:build unix

// Command kills tests a package's files after jobgen is killed, and after two runs of
// jobgen at the same time:
//
//	go run ./.ci/kills COUNT
//
// It kills COUNT runs at random moments, but not the go commands that they have started.
// It also starts COUNT pairs of runs at the same time. The package's source alternates
// between two versions. After each run or pair, kills checks that every output is complete
// and belongs to one of the two versions, that no other file has changed, and that the
// exit codes are the documented ones. Then it checks that after one more run there are no
// temporary files of jobgen, neither in the package's directory nor in the directory for
// temporary files. The last check passes only on Linux, where jobgen finds the go commands
// of a killed run.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"
)

func main() {
	flag.Parse()
	count, err := strconv.Atoi(flag.Arg(0))
	if err != nil || flag.NArg() != 1 || count < 1 {
		fmt.Fprintln(os.Stderr, "usage: go run ./.ci/kills COUNT")
		os.Exit(2)
	}
	if err := test(count, runtime.NumCPU()); err != nil {
		fmt.Fprintln(os.Stderr, "kills:", err)
		os.Exit(1)
	}
}

func test(count, workers int) error {
	dir, err := os.MkdirTemp("", "jobgen-kills-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "jobgen")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/jobgen").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	start := time.Now()
	total := &counts{codes: map[string]int{}}
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for i := range workers {
		share := count / workers
		if i < count%workers {
			share++
		}
		wg.Go(func() {
			errs[i] = work(filepath.Join(dir, strconv.Itoa(i)), program, share, total)
		})
	}
	wg.Wait()
	total.print(time.Since(start))
	return errors.Join(errs...)
}

// work makes count kills and count pairs with one package.
func work(dir, program string, count int, total *counts) error {
	p, err := newSubject(dir, program)
	if err != nil {
		return err
	}
	for i := range count {
		if err := p.kill(i, total); err != nil {
			return fmt.Errorf("kill %d: %w", i, err)
		}
		if err := p.finish(total); err != nil {
			return fmt.Errorf("after kill %d: %w", i, err)
		}
	}
	for i := range count {
		if err := p.pair(i, total); err != nil {
			return fmt.Errorf("pair %d: %w", i, err)
		}
	}
	return p.finish(total)
}

// counts are the totals for all packages.
type counts struct {
	mu                            sync.Mutex
	kills, leftFiles, leftFolders int
	pairs, changed, more          int
	codes                         map[string]int
}

func (c *counts) add(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f()
}

func (c *counts) print(took time.Duration) {
	fmt.Printf("%d kills: %d of runs that had finished, %d left files in the package's directory, %d left temporary folders\n",
		c.kills, c.codes["kill: exit 0"]+c.codes["kill: exit 2"], c.leftFiles, c.leftFolders)
	fmt.Printf("%d pairs: %d of them with a source that changed during the runs; %d runs exited with 0, %d with 2\n",
		c.pairs, c.changed, c.codes["pair: exit 0"], c.codes["pair: exit 2"])
	fmt.Printf("%d additional runs: no temporary file of jobgen was left\n", c.more)
	fmt.Printf("every output was complete, and no other file had changed (%v)\n", took.Round(time.Second))
}
