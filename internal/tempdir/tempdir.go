// Package tempdir makes temporary folders that don't outlive jobgen.
//
// A process that is killed can't remove its folders. So a folder is locked while
// its process lives, and a process that removes its own folder also removes those of
// processes that are gone.
//
// The lock is a flock(2) on a file in the folder, which the system releases when
// the process ends, however it ends. Where there is no flock, folders are not
// locked, and those of killed processes stay.
//
// A go command outlives the process that started it, works in the folder, and makes
// the folder again if it is gone. So the sweep first ends the go commands that work
// in a folder, on systems where it can find them. A folder that has files but no
// lock file is one that a go command made again, and the next sweep removes it. The
// names are random, so that no other folder is taken for one of these.
package tempdir

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"
)

// lockFile is the name of the file in each folder that its process has locked.
const lockFile = ".jobgen-lock"

// name matches the names of folders, which end in a rand.Text.
var name = regexp.MustCompile(`^jobgen-(load|run)-[A-Z2-7]{26,}$`)

// The kinds of folders.
const (
	Load = "load" // what the go command reads while packages are loaded
	Run  = "run"  // the program that jobgen run or jobgen build builds
)

// Dir is a temporary folder.
type Dir struct {
	Path string
	lock *os.File
}

var (
	mu   sync.Mutex
	live = map[*Dir]bool{} // the folders of this process
)

// New makes a folder of a kind.
func New(kind string) (*Dir, error) {
	parent := base()
	for {
		path := filepath.Join(parent, "jobgen-"+kind+"-"+rand.Text())
		if err := os.Mkdir(path, 0o700); err != nil {
			return nil, err
		}
		lock, err := lockNew(filepath.Join(path, lockFile))
		if errors.Is(err, errSwept) {
			continue
		}
		if err != nil {
			_ = os.RemoveAll(path)
			return nil, err
		}
		d := &Dir{Path: path, lock: lock}
		mu.Lock()
		defer mu.Unlock()
		live[d] = true
		return d, nil
	}
}

// base is where folders are made: where the go command makes its own, since users
// who move those need room for builds, or a place that programs can run from.
func base() string {
	if dir := os.Getenv("GOTMPDIR"); dir != "" {
		return dir
	}
	return os.TempDir()
}

// errSwept says that another process took a new folder for one that was left
// behind, in the moment before it was locked, and has removed it.
var errSwept = errors.New("the folder was removed")

// lockNew makes the lock file of a new folder and locks it.
func lockNew(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errSwept
	}
	if err != nil {
		return nil, err
	}
	waitLock(f)
	if !isAt(f, path) {
		_ = f.Close()
		return nil, errSwept
	}
	return f, nil
}

// isAt reports whether an open file is the one at a path.
func isAt(f *os.File, path string) bool {
	opened, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(path)
	return err == nil && os.SameFile(opened, there)
}

// Environ adds variables to an environment, so that the go command and the programs that it
// runs make their temporary files in the folder. A go command that is killed leaves them.
func (d *Dir) Environ(env []string) []string {
	return append(env, "GOTMPDIR="+d.Path, "TMPDIR="+d.Path)
}

// Remove removes the folder with what is in it, and those of processes that are gone.
//
// The sweep comes this late because a killed process may leave a child between fork
// and exec, which still has the lock for as long as the machine takes to run it.
func (d *Dir) Remove() {
	mu.Lock()
	d.remove()
	mu.Unlock()
	sweep(filepath.Dir(d.Path))
}

// RemoveAll removes all folders of this process, for one that ends at once.
func RemoveAll() {
	mu.Lock()
	defer mu.Unlock()
	for d := range live {
		d.remove()
	}
}

func (d *Dir) remove() {
	if live[d] {
		delete(live, d)
		empty(d.Path)
		_ = d.lock.Close()
	}
}

// empty removes a folder, its lock file last: if it is interrupted, the next sweep still
// finds the folder. Errors are ignored, since the next sweep tries again.
func empty(path string) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.Name() != lockFile {
			_ = os.RemoveAll(filepath.Join(path, e.Name()))
		}
	}
	// A folder that isn't empty yet keeps its lock file.
	if left, err := os.ReadDir(path); err == nil && len(left) <= 1 {
		_ = os.Remove(filepath.Join(path, lockFile))
		_ = os.Remove(path)
	}
}

// sweep removes the folders of processes that are gone.
func sweep(parent string) {
	f, err := os.Open(parent)
	if err != nil {
		return
	}
	defer f.Close()
	names, _ := f.Readdirnames(-1) // as many as can be read
	for _, n := range names {
		if name.MatchString(n) {
			sweepOne(filepath.Join(parent, n))
		}
	}
}

// sweepOne removes a folder if its process is gone.
func sweepOne(path string) {
	if info, err := os.Lstat(path); err != nil || !info.IsDir() || !isMine(info) {
		return
	}
	lockPath := filepath.Join(path, lockFile)
	f, err := openLock(lockPath)
	if errors.Is(err, fs.ErrNotExist) {
		sweepUnlocked(path)
		return
	}
	if err != nil {
		return
	}
	defer f.Close()
	if tryLock(f) && isAt(f, lockPath) && endOrphans(path) {
		empty(path)
	}
}

// sweepUnlocked removes a folder in which no lock file was found. If the folder is
// empty, its process was killed before it made the file, or is about to make it and
// then makes another folder instead. If there are files and still no lock file, a go
// command made the folder again, since a process makes the lock file first.
func sweepUnlocked(path string) {
	if os.Remove(path) == nil {
		return
	}
	_, err := os.Lstat(filepath.Join(path, lockFile))
	if errors.Is(err, fs.ErrNotExist) && endOrphans(path) {
		_ = os.RemoveAll(path)
	}
}
