package output

import (
	"os"
	"path/filepath"
	"testing"
)

func TestReplaceSource(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "jobs.go")
	write(t, path, "old\n")
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := ReplaceSource(path, []byte("other\n"), []byte("new\n")); err == nil {
		t.Error("a file with other bytes is replaced")
	}
	if got := read(t, path); got != "old\n" {
		t.Fatalf("the file has %q", got)
	}
	if err := ReplaceSource(path, []byte("old\n"), []byte("new\n")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "new\n" || info.Mode().Perm() != 0o640 {
		t.Errorf("the file has %q and the mode %v", got, info.Mode())
	}
}

// A call that fails leaves the old file or the new one, and nothing else.
func TestReplaceSourceFaults(t *testing.T) {
	for n := 1; ; n++ {
		dir := t.TempDir()
		path := filepath.Join(dir, "jobs.go")
		write(t, path, "old\n")
		f := &faults{fails: func(call int) bool { return call == n }}
		err := replaceSource(path, []byte("old\n"), []byte("new\n"), f.open)
		if f.calls < n {
			if err != nil {
				t.Fatal(err)
			}
			return
		}
		names, readErr := os.ReadDir(dir)
		if readErr != nil {
			t.Fatal(readErr)
		}
		if got := read(t, path); len(names) != 1 || got != "old\n" && got != "new\n" || err == nil && got != "new\n" {
			t.Errorf("call %d fails: %v; the file has %q, the directory %d files", n, err, got, len(names))
		}
	}
}
