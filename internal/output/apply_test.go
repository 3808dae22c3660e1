package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestApply(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	write(t, filepath.Join(a, "jobs_gen.go"), oldGo)
	write(t, filepath.Join(a, "jobs.cfn.yaml"), newYAML)
	write(t, filepath.Join(b, "jobs_gen.go"), oldGo)
	write(t, filepath.Join(b, "jobs.cfn.yaml"), "mine: true\n")
	dirs := []Dir{
		{Path: a, Files: []File{{"jobs_gen.go", []byte(newGo)}, {"jobs.cfn.yaml", []byte(newYAML)}, {"jobs.tf", []byte(newTF)}}},
		{Path: b, NoJobs: true, Known: []string{"jobs_gen.go", "jobs.cfn.yaml"}},
	}
	mustApply(t, dirs...)
	for name, want := range map[string]string{"jobs_gen.go": newGo, "jobs.cfn.yaml": newYAML, "jobs.tf": newTF} {
		if got := read(t, filepath.Join(a, name)); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got, want := names(t, a), "jobs.cfn.yaml jobs.tf jobs_gen.go"; got != want {
		t.Errorf("there are %s, want %s", got, want)
	}
	if got, want := names(t, b), "jobs.cfn.yaml"; got != want {
		t.Errorf("there are %s, want %s", got, want)
	}
	if stale := mustPlan(t, dirs...).Stale(); len(stale) != 0 {
		t.Errorf("after Apply there is still %s", list(stale))
	}
}

func TestApplyKeepsModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	dir := t.TempDir()
	for name, mode := range map[string]fs.FileMode{"open.go": 0o666, "tight.go": 0o600, "readonly.go": 0o444} {
		path := filepath.Join(dir, name)
		write(t, path, oldGo)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	mustApply(t, Dir{Path: dir, Files: []File{
		{"open.go", []byte(newGo)}, {"tight.go", []byte(newGo)}, {"readonly.go", []byte(newGo)}, {"new.go", []byte(newGo)},
	}})
	plain := filepath.Join(dir, "plain")
	write(t, plain, "") // with mode 0644 less the umask, whatever that is
	want := map[string]fs.FileMode{"open.go": 0o666, "tight.go": 0o600, "readonly.go": 0o444, "new.go": mode(t, plain)}
	for name, want := range want {
		path := filepath.Join(dir, name)
		if got := mode(t, path); got != want || read(t, path) != newGo {
			t.Errorf("%s has mode %v, want %v", name, got, want)
		}
	}
}

func mode(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func TestApplyLeavesUnchangedFilesAlone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "jobs_gen.go")
	write(t, path, newGo)
	old := time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	mustApply(t, Dir{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}, {"jobs.tf", []byte(newTF)}}})
	after, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if !after.ModTime().Equal(old) || !os.SameFile(before, after) {
		t.Errorf("the unchanged file was touched: %v", after.ModTime())
	}
}

func TestApplyFollowsLinks(t *testing.T) {
	base := t.TempDir()
	dir, real := filepath.Join(base, "pkg"), filepath.Join(base, "real")
	for _, d := range []string{dir, real} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(real, "a.go"), oldGo)
	write(t, filepath.Join(real, "b.go"), oldGo)
	symlink(t, filepath.Join("..", "real", "a.go"), filepath.Join(dir, "relative.go"))
	symlink(t, filepath.Join(real, "b.go"), filepath.Join(dir, "hop"))
	symlink(t, "hop", filepath.Join(dir, "chain.go"))
	symlink(t, filepath.Join("..", "real", "new.go"), filepath.Join(dir, "dangling.go"))
	mustApply(t, Dir{Path: dir, Files: []File{
		{"relative.go", []byte(newGo)}, {"chain.go", []byte(newGo)}, {"dangling.go", []byte(newGo)},
	}})
	for _, name := range []string{"a.go", "b.go", "new.go"} {
		if got := read(t, filepath.Join(real, name)); got != newGo {
			t.Errorf("real/%s is %q", name, got)
		}
	}
	for _, name := range []string{"relative.go", "hop", "chain.go", "dangling.go"} {
		info, err := os.Lstat(filepath.Join(dir, name))
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is no link any more: %v", name, err)
		}
	}
	if got, want := names(t, real), "a.go b.go new.go"; got != want {
		t.Errorf("there are %s, want %s", got, want)
	}
}

func TestPlanRefusesBadLinks(t *testing.T) {
	dir := t.TempDir()
	symlink(t, "b.go", filepath.Join(dir, "a.go"))
	symlink(t, "a.go", filepath.Join(dir, "b.go"))
	symlink(t, filepath.Join("nowhere", "c.go"), filepath.Join(dir, "c.go"))
	_, err := NewPlan([]Dir{{Path: dir, Files: []File{{"a.go", []byte(newGo)}, {"c.go", []byte(newGo)}}}})
	wantError(t, err, "a.go cannot be written: it is a link that leads round in a circle", "c.go cannot be written: the directory of the link's target")
}

// A link with our name is removed itself: what it points at is elsewhere.
func TestApplyRemovesLinkOnly(t *testing.T) {
	dir, other := t.TempDir(), filepath.Join(t.TempDir(), "theirs.go")
	write(t, other, oldGo)
	symlink(t, other, filepath.Join(dir, "jobs_gen.go"))
	mustApply(t, Dir{Path: dir, NoJobs: true, Known: []string{"jobs_gen.go"}})
	if names(t, dir) != "" || read(t, other) != oldGo {
		t.Errorf("there is still %q", names(t, dir))
	}
}

// A failure before the renames leaves no trace: here a base name to which no
// temporary file's suffix can be added.
func TestApplyFailsBeforeWriting(t *testing.T) {
	dir, gone := t.TempDir(), t.TempDir()
	write(t, filepath.Join(dir, "jobs_gen.go"), oldGo)
	write(t, filepath.Join(dir, "orphan.go"), oldGo)
	before := snapshot(t, dir)
	long := strings.Repeat("x", 250)
	dirs := []Dir{
		{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}, {"jobs.tf", []byte(newTF)}, {long, []byte("x")}}},
	}
	err := mustPlan(t, dirs...).Apply()
	wantError(t, err, long+" cannot be written", "file name too long", "nothing was written")
	if after := snapshot(t, dir); after != before {
		t.Errorf("something changed:\n%s", cmp.Diff(before, after))
	}

	dirs[0].Files = dirs[0].Files[:2]
	dirs = append(dirs, Dir{Path: gone, Files: []File{{"jobs_gen.go", []byte(newGo)}}})
	p := mustPlan(t, dirs...)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	wantError(t, p.Apply(), "jobs_gen.go cannot be written: in the directory", "nothing was written")
	if after := snapshot(t, dir); after != before {
		t.Errorf("something changed:\n%s", cmp.Diff(before, after))
	}
}

// A failure amid the renames takes back what was done: here a directory that
// came into the place of the last file after planning.
func TestApplyTakesBack(t *testing.T) {
	dir, empty := t.TempDir(), t.TempDir()
	tight := filepath.Join(dir, "updated.go")
	write(t, tight, oldGo)
	if err := os.Chmod(tight, 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(empty, "orphan.go"), oldGo)
	p := mustPlan(t,
		Dir{Path: empty, NoJobs: true, Known: []string{"orphan.go"}},
		Dir{Path: dir, Files: []File{{"created.go", []byte(newGo)}, {"updated.go", []byte(newGo)}, {"blocked.go", []byte(newGo)}, {"later.go", []byte(newGo)}}},
	)
	if err := os.MkdirAll(filepath.Join(dir, "blocked.go", "full"), 0o755); err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, dir) + snapshot(t, empty)
	wantError(t, p.Apply(), "blocked.go cannot be put in its place", "no file was changed")
	if after := snapshot(t, dir) + snapshot(t, empty); after != before {
		t.Errorf("something changed:\n%s", cmp.Diff(before, after))
	}
}

// An orphan that is gone by now stops the rest as well.
func TestApplyTakesBackForOrphan(t *testing.T) {
	dir, empty := t.TempDir(), t.TempDir()
	write(t, filepath.Join(empty, "orphan.go"), oldGo)
	p := mustPlan(t,
		Dir{Path: dir, Files: []File{{"created.go", []byte(newGo)}}},
		Dir{Path: empty, NoJobs: true, Known: []string{"orphan.go"}},
	)
	if err := os.Remove(filepath.Join(empty, "orphan.go")); err != nil {
		t.Fatal(err)
	}
	wantError(t, p.Apply(), "orphan.go cannot be put in its place", "no file was changed")
	if names(t, dir)+names(t, empty) != "" {
		t.Errorf("there are %q and %q", names(t, dir), names(t, empty))
	}
}

func TestApplyToDirThatIsGone(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "orphan.go"), oldGo)
	p := mustPlan(t, Dir{Path: dir, NoJobs: true, Known: []string{"orphan.go"}})
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	wantError(t, p.Apply(), "orphan.go cannot be put in its place", "no file was changed")
}

// What cannot be taken back is said.
func TestUndoTellsWhatIsLeft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	steps := []*step{
		{change: Change{Op: Update, Name: "updated.go", Old: []byte("x"), target: filepath.Join(dir, "updated.go")}},
		{change: Change{Op: Create, Name: "created.go", target: filepath.Join(dir, "created.go")}},
	}
	err := takenBack(Change{Name: "blocked.go"}, errors.New("blocked"), undo(steps))
	wantError(t, err, "blocked.go cannot be put in its place: blocked", "updated.go could not be put back as it was", "created.go could not be put back")
	if strings.Contains(err.Error(), "no file was changed") {
		t.Errorf("%q claims too much", err)
	}
}

func TestApplyInReadOnlyDir(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	p := mustPlan(t, Dir{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}}})
	if f, err := os.Create(filepath.Join(dir, "probe")); err == nil {
		_ = f.Close()
		t.Skip("a read-only directory doesn't keep this user (root, or Windows) from writing")
	}
	wantError(t, p.Apply(), "jobs_gen.go cannot be written", "no file can be created in the directory", "permission denied")
}

// The message for a directory without the right to write, which root can't see.
func TestExplainDir(t *testing.T) {
	denied := &fs.PathError{Op: "open", Path: "/x/.jobs_gen.go123", Err: fs.ErrPermission}
	if got, want := explainDir("/x/jobs_gen.go", denied).Error(), "no file can be created in the directory /x: permission denied"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
