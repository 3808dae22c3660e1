package output

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// newDraftIn arranges a module, and returns a draft of two files in it, one of them in new
// directories.
func newDraftIn(t *testing.T, dir string, open func(string) (folder, error)) (*Draft, error) {
	t.Helper()
	return newDraft(map[string][]byte{
		filepath.Join(dir, "jobs.go"):                  []byte("package x\n"),
		filepath.Join(dir, "cmd", "lambda", "main.go"): []byte("package main\n"),
	}, []string{filepath.Join(dir, "go.mod"), filepath.Join(dir, "go.sum")}, open)
}

// changeGoFiles changes the files of the go command, as go get does.
func changeGoFiles(t *testing.T, dir string) {
	t.Helper()
	write(t, filepath.Join(dir, "go.mod"), "module x\n\nrequire y v1.0.0\n")
	write(t, filepath.Join(dir, "go.sum"), "y v1.0.0 h1:\n")
}

func TestDraft(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module x\n")
	before := tree(t, dir)
	d, err := newDraftIn(t, dir, openFolder)
	if err != nil {
		t.Fatal(err)
	}
	if now := tree(t, dir); now != before {
		t.Fatalf("NewDraft writes:\n%s", now)
	}
	if err := d.Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(dir, "cmd", "lambda", "main.go")); got != "package main\n" {
		t.Errorf("main.go is %q", got)
	}
	if got := len(d.Written()); got != 2 {
		t.Errorf("%d files were written, want 2", got)
	}
	changeGoFiles(t, dir)
	if err := d.Undo(); err != nil {
		t.Fatal(err)
	}
	if now := tree(t, dir); now != before {
		t.Errorf("Undo leaves\n%s\nwant\n%s", now, before)
	}
}

// A draft changes no file that exists, not even an empty one or one with jobgen's header.
func TestDraftSparesFiles(t *testing.T) {
	for _, there := range []string{"", "package x\n", newGo} {
		for _, name := range []string{"jobs.go", "JOBS.go"} {
			dir := t.TempDir()
			write(t, filepath.Join(dir, name), there)
			before := tree(t, dir)
			d, err := newDraftIn(t, dir, openFolder)
			if err != nil {
				t.Fatal(err)
			}
			err = d.Write(t.Context())
			if _, ok := errors.AsType[*ExistsError](err); !ok {
				t.Errorf("%s with %q: %v, want an *ExistsError", name, there, err)
			}
			if err := d.Undo(); err != nil {
				t.Error(err)
			}
			if now := tree(t, dir); now != before {
				t.Errorf("%s with %q: there is\n%s\nwant\n%s", name, there, now, before)
			}
		}
	}
}

// Undo leaves a file that was changed, and says so.
func TestUndoSparesChangedFiles(t *testing.T) {
	dir := t.TempDir()
	d, err := newDraftIn(t, dir, openFolder)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	main := filepath.Join(dir, "cmd", "lambda", "main.go")
	write(t, main, "mine")
	if err := d.Undo(); err == nil {
		t.Error("Undo reports nothing")
	}
	if got := read(t, main); got != "mine" {
		t.Errorf("main.go is %q", got)
	}
	if _, err := os.Lstat(filepath.Join(dir, "jobs.go")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("jobs.go is still there: %v", err)
	}
}

// If any call on the disk fails, the folder is unchanged, or an error says that it is not.
func TestDraftWithFaults(t *testing.T) {
	failed := 0
	for call := 1; ; call++ {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "go.mod"), "module x\n")
		before := tree(t, dir)
		f := &faults{fails: func(n int) bool { return n == call }}
		d, err := newDraftIn(t, dir, f.open)
		if err == nil {
			err = d.Write(t.Context())
			if err == nil {
				changeGoFiles(t, dir)
			}
			undone := d.Undo()
			if now := tree(t, dir); now != before && undone == nil {
				t.Fatalf("the fault at call %d leaves\n%s\nwant\n%s", call, now, before)
			}
			err = errors.Join(err, undone)
		}
		if f.calls < call {
			break // no call failed
		}
		if err != nil {
			failed++
		}
	}
	if failed < 20 {
		t.Errorf("%d faults were reported; there are too few calls", failed)
	}
}
