package output

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

const (
	goHeader   = "// " + model.Header + "\n"
	yamlHeader = "# " + model.Header + "\n"

	oldGo   = goHeader + "\npackage old\n"
	newGo   = goHeader + "\npackage new\n"
	newYAML = yamlHeader + "Resources: {}\n"
	newJSON = `{"generatedBy": "` + model.Header + `"}` + "\n"
	newTF   = yamlHeader + "locals {}\n"
)

func write(t *testing.T, path, data string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// tree lists all that is in a directory, with contents, modes and what
// links point to: what "nothing has changed" means.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		b.WriteString(info.Mode().String() + " " + filepath.ToSlash(rel))
		switch {
		case info.Mode()&fs.ModeSymlink != 0:
			link, _ := os.Readlink(path)
			b.WriteString(" -> " + link)
		case info.Mode().IsRegular():
			b.WriteString(": " + read(t, path))
		}
		b.WriteString("\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return strings.Join(list, " ")
}

func mustPlan(t *testing.T, dirs ...Dir) *Plan {
	t.Helper()
	p, err := NewPlan(dirs)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func mustApply(t *testing.T, dirs ...Dir) {
	t.Helper()
	if err := mustPlan(t, dirs...).Apply(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func symlink(t *testing.T, target, link string) {
	t.Helper()
	if err := os.Symlink(target, link); err != nil {
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
			t.Skip("symbolic links can't be made here")
		}
		t.Fatal(err)
	}
}

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one about %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %q, want %q in it", err, part)
		}
	}
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

// foldingFolder is a folder on a disk that doesn't tell letter case apart: a name
// means the file that has it in any case.
type foldingFolder struct{ folder }

func openFolding(path string) (folder, error) {
	f, err := openFolder(path)
	return foldingFolder{f}, err
}

func (f foldingFolder) onDisk(name string) string {
	names, err := f.Names()
	if err != nil {
		return name
	}
	return cmp.Or(sameName(names, name), name)
}

func (f foldingFolder) Lstat(name string) (fs.FileInfo, error) { return f.folder.Lstat(f.onDisk(name)) }

func (f foldingFolder) OpenFile(name string, flag int, perm fs.FileMode) (file, error) {
	return f.folder.OpenFile(f.onDisk(name), flag, perm)
}

func (f foldingFolder) Rename(from, to string) error { return f.folder.Rename(from, f.onDisk(to)) }

func (f foldingFolder) Remove(name string) error { return f.folder.Remove(f.onDisk(name)) }
