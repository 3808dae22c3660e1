package output

import (
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A disk that takes no more: here by a limit on the size of files.
func TestApplyOnFullDisk(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "jobs_gen.go"), oldGo)
	before := tree(t, dir)
	p := mustPlan(t, Dir{Path: dir, Files: []File{
		{"jobs_gen.go", []byte(newGo)},
		{"jobs.cfn.yaml", []byte(strings.Repeat("# much\n", 300_000))},
	}})
	err := withFileLimit(t, 1<<20, func() error { return p.Apply(t.Context(), nil) })
	wantError(t, err, "jobs.cfn.yaml cannot be written", "file too large", "nothing was written")
	if after := tree(t, dir); after != before {
		t.Errorf("something changed:\n%s", cmp.Diff(before, after))
	}
}

func withFileLimit(t *testing.T, size uint64, f func() error) error {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: old.Max}); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			t.Fatal(err)
		}
	}()
	return f()
}

// Without a working directory, paths are written in full.
func TestPlanWithoutWorkingDir(t *testing.T) {
	dir, gone := t.TempDir(), filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(gone, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(gone)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	p := mustPlan(t, Dir{Path: dir, Files: []File{{"a.go", nil}}})
	if got, want := p.Changes()[0].Name, filepath.Join(dir, "a.go"); got != want {
		t.Errorf("the name is %s, want %s", got, want)
	}
}
