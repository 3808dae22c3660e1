// Package snapshot reads the Go files of a run. It reads each file once, and everything
// that a run decides or prints comes from those bytes, also if a file changes meanwhile.
//
// It opens regular files only, without waiting, since the files may be hostile.
package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/model"
)

// File is a Go file as it was when it was read.
type File struct {
	Path string // the directory's path and the file's name in it
	Data []byte
	// Err says why the file can't be read. It does not repeat the path.
	Err error
}

// Name is the file's base name.
func (f *File) Name() string { return filepath.Base(f.Path) }

// IsHidden reports whether the go command passes over a file or directory
// because of its name. Editors put their own files under such names.
func IsHidden(name string) bool { return strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") }

// Snapshot holds the files that were read. Its methods can be called at once.
type Snapshot struct {
	mu    sync.Mutex
	files map[string]*File
	dirs  map[string][]*File
}

// New returns a snapshot without files.
func New() *Snapshot { return &Snapshot{files: map[string]*File{}, dirs: map[string][]*File{}} }

// Dir returns the Go files of a directory in the order of their names. A
// directory is listed once.
func (s *Snapshot) Dir(path string) ([]*File, error) {
	s.mu.Lock()
	files, ok := s.dirs[path]
	s.mu.Unlock()
	if ok {
		return files, nil
	}
	names, err := goFiles(path)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		files = append(files, s.File(filepath.Join(path, name)))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if first, ok := s.dirs[path]; ok {
		return first, nil // another call was faster
	}
	s.dirs[path] = files
	return files, nil
}

// goFiles lists the names that end in .go, but those of directories.
func goFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if name := entry.Name(); strings.HasSuffix(name, ".go") && !isDir(dir, entry) {
			names = append(names, name)
		}
	}
	return names, nil
}

// isDir reports whether an entry is a directory or a link to one, which the go
// command passes over.
func isDir(dir string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.IsDir()
	}
	info, err := os.Stat(filepath.Join(dir, entry.Name()))
	return err == nil && info.IsDir()
}

// File returns a file, which is read if it was not yet.
func (s *Snapshot) File(path string) *File {
	if f := s.Known(path); f != nil {
		return f
	}
	data, err := ReadFile(path)
	s.mu.Lock()
	defer s.mu.Unlock()
	if first := s.files[path]; first != nil {
		return first // another call was faster
	}
	f := &File{Path: path, Data: data, Err: WithoutPath(err)}
	s.files[path] = f
	return f
}

// Known returns a file if it was read, or else nil.
func (s *Snapshot) Known(path string) *File {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.files[path]
}

// Source returns the bytes of a file that was read and that belongs to the
// module whose root is given: no link leads out of it. It is nil for all others.
func (s *Snapshot) Source(path, module string) []byte {
	f := s.Known(path)
	if f == nil || !isInside(path, module) {
		return nil
	}
	return f.Data
}

// isInside reports whether a file lies below a directory once all links are
// followed.
func isInside(path, dir string) bool {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return false
	}
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// ChangedError says that a file is no longer what a run has read.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string {
	return fmt.Sprintf("%s changed while jobgen was running; run it again", e.Path)
}

// Compare compares directories that were read with what is there now: the names
// of their Go files, and the files' bytes. Hidden files don't count, nor does the
// dispatcher, which no run reads anything from and another run may have written.
func (s *Snapshot) Compare(dirs ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, dir := range dirs {
		if err := compare(dir, s.dirs[dir]); err != nil {
			return err
		}
	}
	return nil
}

func compare(dir string, files []*File) error {
	names, err := goFiles(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if at := slices.Index(names, f.Name()); at >= 0 {
			names = slices.Delete(names, at, at+1)
		}
		if counts(f.Name()) && !f.isSame() {
			return &ChangedError{f.Path}
		}
	}
	for _, name := range names {
		if counts(name) {
			return &ChangedError{filepath.Join(dir, name)}
		}
	}
	return nil
}

func counts(name string) bool { return !IsHidden(name) && name != model.DispatcherFile }

// isSame reports whether a file is as it was. One that can't be read, then and
// now, is.
func (f *File) isSame() bool {
	data, err := ReadFile(f.Path)
	return (err == nil) == (f.Err == nil) && bytes.Equal(data, f.Data)
}

// WithoutPath removes the paths and the system call from an error of package os, for
// messages that name the file as the user knows it.
func WithoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
