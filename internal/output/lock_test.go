package output

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// lockDir locks a directory as another process would, or skips the test.
func lockDir(t *testing.T, dir string) folder {
	t.Helper()
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := f.TryLock(); errors.Is(err, errors.ErrUnsupported) {
		t.Skip("directories can't be locked here")
	} else if !ok {
		t.Fatal("the directory is locked already")
	}
	return f
}

// Apply waits for another run, and until ctx is done.
func TestApplyWaits(t *testing.T) {
	dir := t.TempDir()
	other := lockDir(t, dir)
	write(t, filepath.Join(dir, leftover), "what the other run is writing")
	p := mustPlan(t, Dir{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}}})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := p.Apply(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("%v, want it to wait", err)
	}
	if got, want := names(t, dir), leftover; got != want {
		t.Errorf("there are %s, want %s", got, want)
	}
	done := make(chan error)
	go func() { done <- p.Apply(t.Context(), nil) }()
	time.Sleep(20 * time.Millisecond)
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, dir), "jobs_gen.go"; got != want {
		t.Errorf("there are %s, want %s", got, want)
	}
}

// What a killed run left is removed even if nothing else is to be done.
func TestApplyCleans(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "jobs_gen.go"), newGo)
	write(t, filepath.Join(dir, leftover), "half of a fi")
	keep := []string{".jobgen-0123456789ABCDEF.tmp", ".jobgen-0123456789abcdef.tmp.go", "jobgen-0123456789abcdef.tmp", ".jobgen-0123.tmp"}
	for _, name := range keep {
		write(t, filepath.Join(dir, name), "mine")
	}
	mkdir(t, filepath.Join(dir, ".jobgen-aaaaaaaaaaaaaaaa.tmp"))
	symlink(t, "jobs_gen.go", filepath.Join(dir, ".jobgen-bbbbbbbbbbbbbbbb.tmp"))
	mustApply(t, Dir{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}}})
	for _, name := range append(keep, ".jobgen-aaaaaaaaaaaaaaaa.tmp", ".jobgen-bbbbbbbbbbbbbbbb.tmp") {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, leftover)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there: %v", leftover, err)
	}
}

// unlockable is a folder on a disk without locks.
type unlockable struct{ folder }

func (unlockable) TryLock() (bool, error) { return false, errors.ErrUnsupported }

// Without a lock, a young temporary file may be another run's.
func TestApplyWithoutLocks(t *testing.T) {
	dir := t.TempDir()
	old, young := filepath.Join(dir, leftover), filepath.Join(dir, ".jobgen-ffffffffffffffff.tmp")
	write(t, old, "old")
	write(t, young, "young")
	past := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	p, err := newPlan([]Dir{{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}}}}, func(path string) (folder, error) {
		f, err := openFolder(path)
		return unlockable{f}, err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Apply(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, dir), filepath.Base(young)+" jobs_gen.go"; got != want {
		t.Errorf("there are %s, want %s", got, want)
	}
}

// Runs on the same directories come one after the other, whatever order they name
// them in, and none fails.
func TestApplyTogether(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	lockDir(t, a).Close()
	var wg sync.WaitGroup
	for i := range 40 {
		data := []byte(newGo)
		if i%2 == 0 {
			data = []byte(oldGo)
		}
		dirs := []Dir{{Path: a, Files: []File{{"jobs_gen.go", data}}}, {Path: b, Files: []File{{"jobs_gen.go", data}}}}
		if i%3 == 0 {
			dirs[0], dirs[1] = dirs[1], dirs[0]
		}
		wg.Go(func() {
			p, err := NewPlan(dirs)
			if err == nil {
				err = p.Apply(t.Context(), nil)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if one, other := read(t, filepath.Join(a, "jobs_gen.go")), read(t, filepath.Join(b, "jobs_gen.go")); one != other || one != oldGo && one != newGo {
		t.Errorf("the files are %q and %q", one, other)
	}
	if names(t, a) != "jobs_gen.go" || names(t, b) != "jobs_gen.go" {
		t.Errorf("there are %s and %s", names(t, a), names(t, b))
	}
}

// Sources that have changed since planning stop a run while it holds the lock.
func TestApplyChecksSources(t *testing.T) {
	dir := t.TempDir()
	changed := errors.New("jobs.go has changed")
	p := mustPlan(t, Dir{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}}})
	err := p.Apply(t.Context(), func(dirs ...string) error {
		if len(dirs) != 1 || dirs[0] != dir {
			t.Errorf("check is called for %v", dirs)
		}
		if f, err := openFolder(dir); err == nil {
			if got, _ := f.TryLock(); got {
				t.Error("check is called without the lock")
			}
			f.Close()
		}
		return changed
	})
	if !errors.Is(err, changed) || names(t, dir) != "" {
		t.Errorf("%v, and there are %q", err, names(t, dir))
	}
}
