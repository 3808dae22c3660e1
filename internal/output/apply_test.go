package output

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"testing"
	"time"
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
	wantError(t, p.Apply(t.Context(), nil), "jobs_gen.go cannot be written", "no file can be created in the directory", "permission denied")
}

// The message for a directory without the right to write, which root can't see.
func TestExplain(t *testing.T) {
	denied := &fs.PathError{Op: "openat", Path: ".jobgen-0123456789abcdef.tmp", Err: fs.ErrPermission}
	if got, want := explain("x", denied).Error(), "no file can be created in the directory x: permission denied"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
