//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package tempdir

import (
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// asChild has the test binary make a folder and wait to be killed.
const asChild = "TEMPDIR_TEST_AS_CHILD"

// The values of asChild.
const (
	idle   = "idle"
	writer = "writer" // starts a process that writes into the folder
)

func TestMain(m *testing.M) {
	if kind := os.Getenv(asChild); kind != "" {
		d, err := New(Load)
		if err != nil {
			panic(err)
		}
		if err := os.WriteFile(filepath.Join(d.Path, "overlay.json"), nil, 0o600); err != nil {
			panic(err)
		}
		if kind == writer {
			startWriter(d)
		}
		os.Stdout.WriteString(d.Path + "\n")
		time.Sleep(time.Hour)
	}
	os.Exit(m.Run())
}

// startWriter starts what a go command looks like that builds: a process group that
// makes folders and files below GOTMPDIR all the time.
func startWriter(d *Dir) {
	sh := exec.Command("sh", "-c", `while :; do mkdir -p "$GOTMPDIR/go-build1/b001"; echo >"$GOTMPDIR/go-build1/b001/_pkg_.a"; done 2>/dev/null`)
	sh.Env = d.Environ(os.Environ())
	sh.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := sh.Start(); err != nil {
		panic(err)
	}
}

// child starts a process with a folder in base.
func child(t *testing.T, base, kind string) (cmd *exec.Cmd, path string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(self)
	cmd.Env = append(os.Environ(), asChild+"="+kind, "GOTMPDIR="+base)
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
	cmd, path := child(t, base, idle)
	if sweep(base); !exists(path) {
		t.Fatal("the folder of a living process is gone")
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if sweep(base); exists(path) {
		t.Error("the folder of a dead process is still there")
	}
}

// someName is the name of a folder of jobgen.
func someName(kind string) string { return "jobgen-" + kind + "-" + rand.Text() }

// TestSweepLeavesWhatIsNotJobgens: files, links, and folders of other names.
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
		filepath.Join(base, someName(Load)), filepath.Join(base, "jobgen-run-2026", "notes"),
		filepath.Join(base, "jobgen-run-mine", lockFile), filepath.Join(base, "other-1", lockFile),
		filepath.Join(base, "my-"+someName(Run), lockFile), filepath.Join(base, someName("mine"), "notes"),
		filepath.Join(elsewhere, lockFile), filepath.Join(elsewhere, "file"),
	}
	for _, path := range kept {
		write(path)
	}
	link, linkedLock := filepath.Join(base, someName(Run)), filepath.Join(base, someName(Run))
	if err := os.Symlink(elsewhere, link); err != nil {
		t.Fatal(err)
	}
	// A link for a lock file.
	if err := os.Mkdir(linkedLock, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(kept[1], filepath.Join(linkedLock, lockFile)); err != nil {
		t.Fatal(err)
	}
	sweep(base)
	for _, path := range append(kept, link, linkedLock) {
		if !exists(path) {
			t.Errorf("%s is gone", path)
		}
	}
}

// TestSweepRemovesHalfMadeFolders: a process can be killed before it has a lock.
func TestSweepRemovesHalfMadeFolders(t *testing.T) {
	base := t.TempDir()
	empty, unlocked := filepath.Join(base, someName(Load)), filepath.Join(base, someName(Load))
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

// TestSweepLeavesFoldersThatGetTheirLock: a process makes its lock file, and others,
// after the sweep has looked for a lock file.
func TestSweepLeavesFoldersThatGetTheirLock(t *testing.T) {
	t.Setenv("GOTMPDIR", t.TempDir())
	d, err := New(Load)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Remove()
	file := filepath.Join(d.Path, "overlay.json")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if sweepUnlocked(d.Path); !exists(file) {
		t.Error("the folder of a living process is gone")
	}
}

// TestRemoveSweeps: the lock of a process that is gone is free only after the next
// process has begun.
func TestRemoveSweeps(t *testing.T) {
	base := t.TempDir()
	t.Setenv("GOTMPDIR", base)
	left := filepath.Join(base, someName(Load))
	if err := os.Mkdir(left, 0o700); err != nil {
		t.Fatal(err)
	}
	lock, err := lockNew(filepath.Join(left, lockFile))
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(Load)
	if err != nil {
		t.Fatal(err)
	}
	_ = lock.Close()
	if d.Remove(); exists(left) {
		t.Error("the folder of a dead process is still there")
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
