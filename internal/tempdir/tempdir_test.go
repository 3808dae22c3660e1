//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package tempdir

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// asChild has the test binary make a folder and wait to be killed.
const asChild = "TEMPDIR_TEST_AS_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(asChild) != "" {
		d, err := New(Load)
		if err != nil {
			panic(err)
		}
		if err := os.WriteFile(filepath.Join(d.Path, "overlay.json"), nil, 0o600); err != nil {
			panic(err)
		}
		os.Stdout.WriteString(d.Path + "\n")
		time.Sleep(time.Hour)
	}
	os.Exit(m.Run())
}

// child starts a process with a folder in base.
func child(t *testing.T, base string) (cmd *exec.Cmd, path string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(self)
	cmd.Env = append(os.Environ(), asChild+"=1", "GOTMPDIR="+base)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line := make([]byte, 4096)
	n, err := stdout.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	return cmd, string(line[:n-1])
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func TestSweepRemovesFoldersOfProcessesThatAreGone(t *testing.T) {
	base := t.TempDir()
	cmd, path := child(t, base)
	if sweep(base); !exists(path) {
		t.Fatal("the folder of a living process is gone")
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if sweep(base); exists(path) {
		t.Error("the folder of a dead process is still there")
	}
}

// TestSweepLeavesWhatIsNotJobgens: files, links, folders of other names, and folders
// with something in them and no lock file.
func TestSweepLeavesWhatIsNotJobgens(t *testing.T) {
	base, elsewhere := t.TempDir(), t.TempDir()
	write := func(path string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	kept := []string{
		filepath.Join(base, "jobgen-load-1"), filepath.Join(base, "jobgen-run-2026", "notes"),
		filepath.Join(base, "jobgen-run-mine", lockFile), filepath.Join(base, "other-1", lockFile),
		filepath.Join(elsewhere, lockFile), filepath.Join(elsewhere, "file"),
	}
	for _, path := range kept {
		write(path)
	}
	if err := os.Symlink(elsewhere, filepath.Join(base, "jobgen-run-7")); err != nil {
		t.Fatal(err)
	}
	// A link for a lock file.
	if err := os.Mkdir(filepath.Join(base, "jobgen-run-8"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(kept[1], filepath.Join(base, "jobgen-run-8", lockFile)); err != nil {
		t.Fatal(err)
	}
	sweep(base)
	for _, path := range append(kept, filepath.Join(base, "jobgen-run-7"), filepath.Join(base, "jobgen-run-8")) {
		if !exists(path) {
			t.Errorf("%s is gone", path)
		}
	}
}

// TestSweepRemovesHalfMadeFolders: a process can be killed before it has a lock.
func TestSweepRemovesHalfMadeFolders(t *testing.T) {
	base := t.TempDir()
	empty, unlocked := filepath.Join(base, "jobgen-load-1"), filepath.Join(base, "jobgen-load-2")
	for _, path := range []string{empty, unlocked} {
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(unlocked, lockFile), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	sweep(base)
	if exists(empty) || exists(unlocked) {
		t.Errorf("still there: %v %v", exists(empty), exists(unlocked))
	}
}

// TestNewWhileOthersSweep makes folders while others sweep all the time: whoever has
// a folder keeps it.
func TestNewWhileOthersSweep(t *testing.T) {
	base := t.TempDir()
	t.Setenv("GOTMPDIR", base)
	stop := make(chan struct{})
	var sweepers sync.WaitGroup
	for range 4 {
		sweepers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					sweep(base)
				}
			}
		})
	}
	for range 100 {
		d, err := New(Run)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(d.Path, "bootstrap"), nil, 0o700); err != nil {
			t.Fatal(err)
		}
		if d.Remove(); exists(d.Path) {
			t.Fatal("the folder is still there")
		}
	}
	close(stop)
	sweepers.Wait()
	if entries, err := os.ReadDir(base); err != nil || len(entries) > 0 {
		t.Errorf("still there: %v, %v", entries, err)
	}
}

func TestRemoveAll(t *testing.T) {
	t.Setenv("GOTMPDIR", t.TempDir())
	a, err := New(Load)
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(Run)
	if err != nil {
		t.Fatal(err)
	}
	RemoveAll()
	if exists(a.Path) || exists(b.Path) {
		t.Error("a folder is still there")
	}
	a.Remove() // a second time does nothing
}
