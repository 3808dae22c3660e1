//go:build unix

// Command kills tries what becomes of a package's files when jobgen is killed,
// and when two of it run at once:
//
//	go run ./.ci/kills COUNT
//
// It kills COUNT runs at random moments, but not the go commands that they have
// started, and starts COUNT pairs at once, all while the package's source
// alternates between two versions. After each it checks that
// every output is one of the two versions and all of it, that everything else is
// as it was, and that the exit codes are those of the contract; and that after one
// more run nothing of jobgen's own is left, neither beside the package's files nor
// among the temporary files. The last holds on Linux alone, where jobgen can find
// the go commands of a run that was killed.
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
	workers := flag.Int("workers", runtime.NumCPU(), "how many packages are tried at once")
	every := flag.Int("every", 1, "after how many kills one more run is made")
	flag.Parse()
	count, err := strconv.Atoi(flag.Arg(0))
	if err != nil || flag.NArg() != 1 || count < 1 {
		fmt.Fprintln(os.Stderr, "usage: go run ./.ci/kills [-workers N] [-every N] COUNT")
		os.Exit(2)
	}
	if err := try(count, *workers, *every); err != nil {
		fmt.Fprintln(os.Stderr, "kills:", err)
		os.Exit(1)
	}
}

func try(count, workers, every int) error {
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
			errs[i] = work(filepath.Join(dir, strconv.Itoa(i)), program, share, every, total)
		})
	}
	wg.Wait()
	total.print(time.Since(start))
	return errors.Join(errs...)
}

// work makes one package's share of the kills and of the pairs.
func work(dir, program string, count, every int, total *counts) error {
	p, err := newSubject(dir, program)
	if err != nil {
		return err
	}
	for i := range count {
		if err := p.kill(i, total); err != nil {
			return fmt.Errorf("kill %d: %w", i, err)
		}
		if i%every == every-1 || i == count-1 {
			if err := p.finish(total); err != nil {
				return fmt.Errorf("after kill %d: %w", i, err)
			}
		}
	}
	for i := range count {
		if err := p.pair(i, total); err != nil {
			return fmt.Errorf("pair %d: %w", i, err)
		}
	}
	return p.finish(total)
}

// counts are what happened, over all packages.
type counts struct {
	mu                               sync.Mutex
	kills, leftBeside, leftTemporary int
	pairs, changed, more             int
	codes                            map[string]int
}

func (c *counts) add(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f()
}

func (c *counts) print(took time.Duration) {
	fmt.Printf("%d kills: %d of runs that had finished, %d left files beside the package's, %d left temporary folders\n",
		c.kills, c.codes["kill: exit 0"]+c.codes["kill: exit 2"], c.leftBeside, c.leftTemporary)
	fmt.Printf("%d pairs: %d of them with a source that changed meanwhile; %d runs exited with 0, %d with 2\n",
		c.pairs, c.changed, c.codes["pair: exit 0"], c.codes["pair: exit 2"])
	fmt.Printf("%d runs more: after each, nothing of jobgen's own was left\n", c.more)
	fmt.Printf("every output was whole, every other file as it was (%v)\n", took.Round(time.Second))
}
