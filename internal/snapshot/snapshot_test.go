package snapshot

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Skipf("this system makes no links: %v", err)
	}
}

// TestDirKeepsWhatItRead checks that a file which changes stays what it was, and
// that Compare finds the change.
func TestDirKeepsWhatItRead(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.go"), filepath.Join(dir, "b.go")
	changes := map[string]func(){
		"other bytes": func() { write(t, a, "package b") },
		"more bytes":  func() { write(t, a, "package a\n") },
		"no bytes":    func() { write(t, a, "") },
		"gone":        func() { os.Remove(a) },
		"another":     func() { write(t, b, "package a") },
		"a directory": func() { os.Remove(a); os.Mkdir(a, 0o777) },
	}
	for name, change := range changes {
		os.RemoveAll(a)
		os.Remove(b)
		write(t, a, "package a")
		s := New()
		if _, err := s.Dir(dir); err != nil {
			t.Fatal(err)
		}
		if err := s.Compare(dir); err != nil {
			t.Errorf("%s: before it, %v", name, err)
		}
		change()
		files, err := s.Dir(dir)
		if err != nil || len(files) != 1 || string(files[0].Data) != "package a" || s.File(a) != files[0] {
			t.Errorf("%s: the snapshot is %v, %v", name, files, err)
		}
		var changed *ChangedError
		if err := s.Compare(dir); !errors.As(err, &changed) {
			t.Errorf("%s is not found: %v", name, err)
		}
	}
}

func TestCompareIgnoresHiddenFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "_b.go"), "package a")
	s := New()
	if _, err := s.Dir(dir); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "_b.go"), "package b")
	write(t, filepath.Join(dir, ".a.go"), "package a")
	write(t, filepath.Join(dir, "c.txt"), "a text")
	if err := s.Compare(dir); err != nil {
		t.Error(err)
	}
}

// TestSourceStaysInTheModule checks that the bytes of files outside are not given
// away, whichever link leads there.
func TestSourceStaysInTheModule(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	module := filepath.Join(root, "module")
	if err := os.Mkdir(module, 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(outside, "secret.go"), "secret")
	write(t, filepath.Join(root, "module-secret.go"), "secret")
	write(t, filepath.Join(module, "own.go"), "own")
	link(t, filepath.Join(outside, "secret.go"), filepath.Join(module, "a.go"))
	link(t, "../module-secret.go", filepath.Join(module, "b.go"))
	link(t, "own.go", filepath.Join(module, "c.go"))
	link(t, outside, filepath.Join(module, "dir"))
	link(t, module, filepath.Join(root, "way"))
	for path, want := range map[string]string{
		"own.go": "own", "c.go": "own", "a.go": "", "b.go": "", "dir/secret.go": "", "missing.go": "",
	} {
		for _, module := range []string{module, filepath.Join(root, "way")} {
			s := New()
			path := filepath.Join(module, filepath.FromSlash(path))
			if s.Source(path, module) != nil {
				t.Errorf("%s is given before it was read", path)
			}
			f := s.File(path)
			if got := string(s.Source(path, module)); got != want {
				t.Errorf("%s gives %q, want %q", path, got, want)
			}
			if want == "" && f.Err == nil && string(f.Data) != "secret" {
				t.Errorf("%s is read as %q", path, f.Data)
			}
		}
	}
}

func TestReadFileRefusesWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	link(t, "nowhere", filepath.Join(dir, "dangling.go"))
	link(t, "loop.go", filepath.Join(dir, "loop.go"))
	if err := os.Mkdir(filepath.Join(dir, "dir.go"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"dangling.go": "it is a link to nowhere, which does not exist",
		"loop.go":     "",
		"dir.go":      "it is a directory",
		"missing.go":  "no such file",
	} {
		_, err := ReadFile(filepath.Join(dir, name))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	// The go command passes over directories, so they are no files of the package.
	files, err := New().Dir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name())
	}
	if want := []string{"dangling.go", "loop.go"}; !slices.Equal(names, want) {
		t.Errorf("the files are %q, want %q", names, want)
	}
}
