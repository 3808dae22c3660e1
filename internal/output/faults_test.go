package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var errFault = errors.New("injected fault")

// faults counts the calls on the disk and decides which of them fail.
type faults struct {
	calls int
	fails func(call int) bool
	mu    sync.Mutex // directories are read several at a time
}

func (f *faults) next() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	if f.fails(f.calls) {
		return errFault
	}
	return nil
}

// open opens a folder whose calls may fail.
func (f *faults) open(path string) (folder, error) {
	if err := f.next(); err != nil {
		return nil, err
	}
	disk, err := openFolder(path)
	if err != nil {
		return nil, err
	}
	return &faultyFolder{disk, f}, nil
}

type faultyFolder struct {
	folder
	faults *faults
}

func (f *faultyFolder) Names() ([]string, error) {
	if err := f.faults.next(); err != nil {
		return nil, err
	}
	return f.folder.Names()
}

func (f *faultyFolder) Lstat(name string) (fs.FileInfo, error) {
	if err := f.faults.next(); err != nil {
		return nil, err
	}
	return f.folder.Lstat(name)
}

func (f *faultyFolder) OpenFile(name string, flag int, perm fs.FileMode) (file, error) {
	if err := f.faults.next(); err != nil {
		return nil, err
	}
	opened, err := f.folder.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &faultyFile{opened, f.faults}, nil
}

func (f *faultyFolder) Rename(from, to string) error {
	if err := f.faults.next(); err != nil {
		return err
	}
	return f.folder.Rename(from, to)
}

func (f *faultyFolder) Remove(name string) error {
	if err := f.faults.next(); err != nil {
		return err
	}
	return f.folder.Remove(name)
}

func (f *faultyFolder) TryLock() (bool, error) {
	if err := f.faults.next(); err != nil {
		return false, err
	}
	return f.folder.TryLock()
}

// Close closes the folder even if the call fails, as the kernel closes the files of a
// dead process.
func (f *faultyFolder) Close() error { return errors.Join(f.folder.Close(), f.faults.next()) }

type faultyFile struct {
	file
	faults *faults
}

func (f *faultyFile) Read(p []byte) (int, error) {
	if err := f.faults.next(); err != nil {
		return 0, err
	}
	return f.file.Read(p)
}

// Write writes half of p before it fails.
func (f *faultyFile) Write(p []byte) (int, error) {
	if err := f.faults.next(); err != nil {
		n, _ := f.file.Write(p[:len(p)/2])
		return n, err
	}
	return f.file.Write(p)
}

func (f *faultyFile) Stat() (fs.FileInfo, error) {
	if err := f.faults.next(); err != nil {
		return nil, err
	}
	return f.file.Stat()
}

func (f *faultyFile) Chmod(mode fs.FileMode) error {
	if err := f.faults.next(); err != nil {
		return err
	}
	return f.file.Chmod(mode)
}

// Sync does nothing, so that a thousand faults take seconds.
func (f *faultyFile) Sync() error { return f.faults.next() }

func (f *faultyFile) Close() error { return errors.Join(f.file.Close(), f.faults.next()) }

// arrangement is two package directories, one with jobs and one without. Two bits of
// kinds say what is at the path of each output.
type arrangement struct {
	base  string
	kinds uint16
	dirs  []Dir
}

const leftover = ".jobgen-0123456789abcdef.tmp"

// arrange makes an arrangement on the disk.
func arrange(t *testing.T, kinds uint16) arrangement {
	t.Helper()
	a := arrangement{base: t.TempDir(), kinds: kinds}
	with, without := filepath.Join(a.base, "with"), filepath.Join(a.base, "without")
	mkdir(t, with)
	mkdir(t, without)
	outputs := []File{{"jobs_gen.go", []byte(newGo)}, {"jobs.cfn.yaml", []byte(newYAML)}, {"jobs.rules.json", []byte(newJSON)}}
	for _, out := range outputs {
		a.fill(t, filepath.Join(with, out.Name), string(out.Data))
	}
	for _, out := range outputs {
		a.fill(t, filepath.Join(without, out.Name), string(out.Data))
	}
	for _, dir := range []string{with, without} {
		write(t, filepath.Join(dir, "notes.txt"), "mine")
		write(t, filepath.Join(dir, ".jobgen-mine.tmp"), "mine")
	}
	if a.next(2) > 0 {
		write(t, filepath.Join(with, leftover), "half of a fi")
	}
	a.dirs = []Dir{{Path: with, Files: outputs}, {Path: without, NoJobs: true, Known: fileNames(outputs)}}
	return a
}

// next takes a number below n from the arrangement's bits.
func (a *arrangement) next(n uint16) uint16 {
	kind := a.kinds % n
	a.kinds /= n
	return kind
}

// fill writes an output with its new bytes, with old ones, blank, or not at all.
func (a *arrangement) fill(t *testing.T, path, data string) {
	t.Helper()
	switch a.next(4) {
	case 0: // nothing
	case 1:
		write(t, path, data)
	case 2:
		old := strings.NewReplacer("new", "old", "{}", "{} # old").Replace(data)
		if strings.HasSuffix(path, ".json") {
			old = strings.Replace(data, "}", `, "old": true}`, 1)
		}
		write(t, path, old)
	case 3:
		write(t, path, "\n")
	}
}

// files lists the files below a directory with their contents.
func files(t *testing.T, base string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(base, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(base, path)
			all[filepath.ToSlash(rel)] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// withoutTemporaries returns the files that are not temporary.
func withoutTemporaries(all map[string]string) map[string]string {
	kept := map[string]string{}
	for path, data := range all {
		if !temporaryName.MatchString(filepath.Base(path)) {
			kept[path] = data
		}
	}
	return kept
}

// result returns what the files of an arrangement become without a fault.
func (a arrangement) result(old map[string]string) map[string]string {
	after := withoutTemporaries(old)
	for _, out := range a.dirs[0].Files {
		after["with/"+out.Name] = string(out.Data)
		if data, ok := old["without/"+out.Name]; ok && IsOurs(out.Name, []byte(data)) {
			delete(after, "without/"+out.Name)
		}
	}
	return after
}

// tryFaults plans and applies with faults, and checks the files on the disk. Each file
// has its old bytes or its new ones, complete. All files are new if Apply returns no
// error, and all are old if it returns an error after a single fault. The next run
// completes the work and leaves no temporary file. tryFaults returns the number of calls.
func tryFaults(t *testing.T, a arrangement, single bool, fails func(call int) bool) int {
	t.Helper()
	old := files(t, a.base)
	want := a.result(old)
	f := &faults{fails: fails}
	p, err := newPlan(a.dirs, f.open)
	if err == nil {
		err = p.Apply(t.Context(), nil)
	}
	got := withoutTemporaries(files(t, a.base))
	switch diff := cmp.Diff(withoutTemporaries(old), got); {
	case err == nil:
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("no error, and not all files are new:\n%s", diff)
		}
	case single && diff != "":
		t.Errorf("the error is %v, and not all files are old:\n%s", err, diff)
	case !strings.Contains(err.Error(), errFault.Error()):
		t.Errorf("the error is %v, want the fault in it", err)
	}
	for path := range union(old, want, got) {
		now, is := got[path]
		before, was := old[path]
		after, will := want[path]
		if !temporaryName.MatchString(filepath.Base(path)) && (is != was || now != before) && (is != will || now != after) {
			t.Errorf("%s is neither old nor new: %q", path, now)
		}
	}
	again := &faults{fails: func(int) bool { return false }}
	if p, err = newPlan(a.dirs, again.open); err == nil {
		err = p.Apply(t.Context(), nil)
	}
	if diff := cmp.Diff(want, files(t, a.base)); err != nil || diff != "" {
		t.Errorf("one more run: %v\n%s", err, diff)
	}
	return f.calls
}

func union(all ...map[string]string) map[string]bool {
	keys := map[string]bool{}
	for _, m := range all {
		for key := range m {
			keys[key] = true
		}
	}
	return keys
}

// TestApplyWithFaults lets each call on the disk fail, and kills the process at each.
func TestApplyWithFaults(t *testing.T) {
	// One output is missing, one is old and one is blank. Two orphans exist, and one is
	// missing. A killed run has left a temporary file.
	const kinds = 0 + 2*4 + 3*16 + 0*64 + 1*256 + 2*1024 + 1*4096
	total := tryFaults(t, arrange(t, kinds), true, func(int) bool { return false })
	if total < 50 {
		t.Fatalf("there are only %d calls: the faults miss some", total)
	}
	for at := 1; at <= total; at++ {
		t.Run(fmt.Sprintf("call %d fails", at), func(t *testing.T) {
			tryFaults(t, arrange(t, kinds), true, func(call int) bool { return call == at })
		})
		t.Run(fmt.Sprintf("the process dies at call %d", at), func(t *testing.T) {
			tryFaults(t, arrange(t, kinds), false, func(call int) bool { return call >= at })
		})
	}
}

// TestRemovalsAreLast kills a run at each call on the disk. Of all changes only a
// removal loses a file, so no file is removed before all others have their new bytes.
// The directory without jobs is the first in the order of the locks.
func TestRemovalsAreLast(t *testing.T) {
	removed := false
	for at, done := 1, false; !done; at++ {
		base := t.TempDir()
		orphans, jobs := filepath.Join(base, "a"), filepath.Join(base, "b")
		mkdir(t, orphans)
		mkdir(t, jobs)
		write(t, filepath.Join(orphans, "jobs_gen.go"), oldGo)
		write(t, filepath.Join(orphans, "jobs.cfn.yaml"), newYAML)
		write(t, filepath.Join(jobs, "jobs_gen.go"), oldGo)
		f := &faults{fails: func(call int) bool { return call >= at }}
		p, err := newPlan([]Dir{
			{Path: orphans, NoJobs: true, Known: []string{"jobs_gen.go", "jobs.cfn.yaml"}},
			{Path: jobs, Files: []File{{"jobs_gen.go", []byte(newGo)}, {"jobs.cfn.yaml", []byte(newYAML)}}},
		}, f.open)
		if err == nil {
			_ = p.Apply(t.Context(), nil) // it fails where the process is killed
		}
		done = f.calls < at
		left := withoutTemporaries(files(t, base))
		if left["a/jobs_gen.go"] != "" && left["a/jobs.cfn.yaml"] != "" {
			continue
		}
		removed = true
		if left["b/jobs_gen.go"] != newGo || left["b/jobs.cfn.yaml"] != newYAML {
			t.Errorf("a file was removed before call %d, and not all others are written:\n%v", at, left)
		}
	}
	if !removed {
		t.Error("no run removed a file")
	}
}

// FuzzApply applies any arrangement with two faults, or with a fault and then the end
// of the process.
func FuzzApply(f *testing.F) {
	f.Add(uint16(0), uint8(20), uint8(30), false)
	f.Add(uint16(0x1a3c), uint8(40), uint8(41), false)
	f.Add(uint16(0x2aaa), uint8(60), uint8(62), true)
	f.Add(uint16(0xffff), uint8(0), uint8(0), true)
	f.Fuzz(func(t *testing.T, kinds uint16, first, second uint8, dies bool) {
		tryFaults(t, arrange(t, kinds), false, func(call int) bool {
			return call == int(first) || call == int(second) || dies && call > int(second)
		})
	})
}

// TestUndoReportsWhatIsLeft checks that the error names each change that can't be undone.
func TestUndoReportsWhatIsLeft(t *testing.T) {
	dir := t.TempDir()
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	broken := &faultyFolder{f, &faults{fails: func(int) bool { return true }}}
	steps := []*step{
		{folder: broken, change: Change{Op: Update, Name: "updated.go", Path: filepath.Join(dir, "updated.go"), Old: []byte("x"), mode: 0o600}},
		{folder: broken, change: Change{Op: Create, Name: "created.go", Path: filepath.Join(dir, "created.go")}},
	}
	err = takenBack(Change{Name: "blocked.go"}, &os.LinkError{Err: errors.New("blocked")}, undo(steps))
	wantError(t, err, "blocked.go cannot be put in its place: blocked", "updated.go could not be put back as it was", "created.go could not be put back")
	if strings.Contains(err.Error(), "no file was changed") {
		t.Errorf("%q claims too much", err)
	}
}
