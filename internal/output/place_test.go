package output

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A link in an output's place is refused, wherever it leads, and never followed.
func TestPlanRefusesLinks(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "pkg")
	mkdir(t, dir)
	mkdir(t, filepath.Join(dir, "sub"))
	write(t, filepath.Join(base, "outside"), "precious")
	write(t, filepath.Join(base, "outside.go"), oldGo)
	write(t, filepath.Join(dir, "inside.go"), oldGo)
	for name, target := range map[string]string{
		"out.go":      "../outside",
		"ours.go":     "../outside.go",
		"in.go":       "inside.go",
		"dangling.go": "../new",
		"here.go":     "new.go",
		"round.go":    "round.go",
		"absolute.go": filepath.Join(base, "outside"),
		"dir.go":      "sub",
		"null.go":     os.DevNull,
		"chain.go":    "in.go",
	} {
		symlink(t, target, filepath.Join(dir, name))
		before := tree(t, base)
		_, err := NewPlan([]Dir{{Path: dir, Files: []File{{name, []byte(newGo)}}}})
		if e, ok := errors.AsType[*PlaceError](err); !ok || e.Path != filepath.Join(dir, name) || e.Kind != "a symbolic link" {
			t.Errorf("%s: %v, want a PlaceError", name, err)
		}
		// As an orphan it is nothing that jobgen wrote.
		mustApply(t, Dir{Path: dir, NoJobs: true, Known: []string{name}})
		if after := tree(t, base); after != before {
			t.Errorf("%s: something changed:\n%s", name, cmp.Diff(before, after))
		}
	}
}

// The directories on the way may be links.
func TestApplyInLinkedDir(t *testing.T) {
	base := t.TempDir()
	mkdir(t, filepath.Join(base, "real"))
	symlink(t, "real", filepath.Join(base, "link"))
	write(t, filepath.Join(base, "real", "old.go"), oldGo)
	mustApply(t, Dir{Path: filepath.Join(base, "link"), Files: []File{{"old.go", []byte(newGo)}, {"new.go", []byte(newGo)}}})
	for _, name := range []string{"old.go", "new.go"} {
		if got := read(t, filepath.Join(base, "real", name)); got != newGo {
			t.Errorf("%s is %q", name, got)
		}
	}
}

// A second name of an output's file keeps the old bytes: the output is replaced,
// not written to.
func TestApplyLeavesHardLinks(t *testing.T) {
	base := t.TempDir()
	dir, outside := filepath.Join(base, "pkg"), filepath.Join(base, "outside")
	mkdir(t, dir)
	write(t, outside, oldGo)
	if err := os.Link(outside, filepath.Join(dir, "jobs_gen.go")); err != nil {
		t.Skip(err)
	}
	mustApply(t, Dir{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}}})
	if got := read(t, outside); got != oldGo {
		t.Errorf("the other name's file is %q", got)
	}
}

func TestPlanRefusesDirInPlace(t *testing.T) {
	dir := t.TempDir()
	mkdir(t, filepath.Join(dir, "jobs_gen.go"))
	_, err := NewPlan([]Dir{{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}}}})
	wantError(t, err, "jobs_gen.go is a directory, and jobgen writes regular files only; remove it or move it away")
	mustApply(t, Dir{Path: dir, NoJobs: true, Known: []string{"jobs_gen.go"}})
}

func TestPlanRefusesHugeFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "jobs_gen.go")
	write(t, path, oldGo)
	if err := os.Truncate(path, 1<<40); err != nil {
		t.Skip(err)
	}
	_, err := NewPlan([]Dir{{Path: dir, Files: []File{{"jobs_gen.go", []byte(newGo)}}}})
	wantError(t, err, "jobs_gen.go cannot be written: it is larger than 256 MB")
}

// A file whose name differs from an output's in letter case only would be the
// output's file on another disk.
func TestPlanComparesNamesWithoutCase(t *testing.T) {
	files := []File{{"Pulumi.yaml", []byte(newYAML)}}
	t.Run("an earlier output", func(t *testing.T) {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "pulumi.yaml"), yamlHeader+"old: true\n")
		requireCase(t, dir)
		mustApply(t, Dir{Path: dir, Files: files})
		if got, want := names(t, dir), "Pulumi.yaml"; got != want {
			t.Errorf("there are %s, want %s", got, want)
		}
	})
	t.Run("someone's own", func(t *testing.T) {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "pulumi.yaml"), "name: mine\n")
		requireCase(t, dir)
		before := tree(t, dir)
		_, err := NewPlan([]Dir{{Path: dir, Files: files}})
		wantError(t, err, "pulumi.yaml, whose name differs from that of the output Pulumi.yaml in letter case only, was not written by jobgen")
		if after := tree(t, dir); after != before {
			t.Errorf("something changed:\n%s", cmp.Diff(before, after))
		}
	})
	t.Run("a link", func(t *testing.T) {
		dir := t.TempDir()
		symlink(t, "x", filepath.Join(dir, "PULUMI.yaml"))
		requireCase(t, dir)
		_, err := NewPlan([]Dir{{Path: dir, Files: files}})
		wantError(t, err, "PULUMI.yaml is a symbolic link")
	})
	t.Run("one file under both names", func(t *testing.T) {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "pulumi.yaml"), yamlHeader+"old: true\n")
		p, err := newPlan([]Dir{{Path: dir, Files: files}}, openFolding)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := list(p.Changes()), "update:Pulumi.yaml"; got != want {
			t.Errorf("planned %s, want %s", got, want)
		}
		if err := p.Apply(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if got := read(t, filepath.Join(dir, "pulumi.yaml")); got != newYAML {
			t.Errorf("pulumi.yaml is %q", got)
		}
	})
	t.Run("someone's own under both names", func(t *testing.T) {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "pulumi.yaml"), "name: mine\n")
		_, err := newPlan([]Dir{{Path: dir, Files: files}}, openFolding)
		wantError(t, err, "was not written by jobgen")
	})
}

// requireCase skips a test on a disk that ignores letter case.
func requireCase(t *testing.T, dir string) {
	t.Helper()
	for _, name := range strings.Fields(names(t, dir)) {
		if _, err := os.Lstat(filepath.Join(dir, strings.ToUpper(name))); err == nil && name != strings.ToUpper(name) {
			t.Skip("the disk doesn't tell letter case apart")
		}
	}
}

func TestReadInside(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "pkg")
	mkdir(t, dir)
	mkdir(t, filepath.Join(dir, "sub"))
	write(t, filepath.Join(base, "secret"), "secret")
	write(t, filepath.Join(dir, "sub", "a.tmpl"), "a")
	symlink(t, filepath.Join("sub", "a.tmpl"), filepath.Join(dir, "in.tmpl"))
	symlink(t, filepath.Join("..", "secret"), filepath.Join(dir, "out.tmpl"))
	symlink(t, filepath.Join(base, "secret"), filepath.Join(dir, "absolute.tmpl"))
	symlink(t, "..", filepath.Join(dir, "up"))
	for _, name := range []string{"sub/a.tmpl", "in.tmpl"} {
		if got, err := ReadInside(dir, name); err != nil || string(got) != "a" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for name, want := range map[string]string{
		"out.tmpl": "path escapes", "absolute.tmpl": "path escapes", "up/secret": "path escapes", "../secret": "path escapes",
		"sub": "a directory", "none.tmpl": "no such file",
	} {
		if got, err := ReadInside(dir, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
}
