package tempdir

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// writerIn waits until the writer of a folder has written.
func writerIn(t *testing.T, path string) {
	t.Helper()
	t.Cleanup(func() { endOrphans(path) })
	file := filepath.Join(path, "go-build1", "b001", "_pkg_.a")
	for end := time.Now().Add(10 * time.Second); !exists(file); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nothing is written")
		}
	}
}

// TestSweepEndsOrphans kills a process whose child goes on writing into the folder.
func TestSweepEndsOrphans(t *testing.T) {
	for range 5 {
		base := t.TempDir()
		cmd, path := child(t, base, writer)
		writerIn(t, path)
		if sweep(base); len(orphans(path)) == 0 {
			t.Fatal("the child of a living process is gone")
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		sweep(base)
		if left := orphans(path); len(left) > 0 {
			t.Errorf("still running: %v", left)
		}
		if exists(path) {
			t.Error("the folder is still there")
		}
	}
}

// TestSweepRemovesWhatOrphansMake: a go command makes the folder again if it is
// removed while the command runs, and then it has no lock file.
func TestSweepRemovesWhatOrphansMake(t *testing.T) {
	base := t.TempDir()
	cmd, path := child(t, base, writer)
	writerIn(t, path)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	for exists(filepath.Join(path, lockFile)) {
		_ = os.RemoveAll(path)
	}
	writerIn(t, path)
	sweep(base)
	if left := orphans(path); len(left) > 0 {
		t.Errorf("still running: %v", left)
	}
	if exists(path) {
		t.Error("the folder is still there")
	}
}
