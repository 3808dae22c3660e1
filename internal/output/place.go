package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jobgen/jobgen/internal/snapshot"
)

// found is the regular file in an output's place, if there is one.
type found struct {
	exists bool
	data   []byte
	mode   fs.FileMode // permissions
}

// PlaceError reports something in an output's place that is no regular file.
type PlaceError struct {
	Path string // directory and base name
	Name string // as in Change
	Kind string // "a symbolic link", "a directory"…
}

func (e *PlaceError) Error() string {
	return fmt.Sprintf("%s is %s, and jobgen writes regular files only; remove it or move it away, then run jobgen again", e.Name, e.Kind)
}

// notRegular is the error of reading something that is no regular file.
type notRegular struct{ kind string }

func (e notRegular) Error() string { return "it is " + e.kind + ", not a regular file" }

// errRaced is the error of reading a file that was replaced at the same time.
var errRaced = errors.New("it changes all the time; run jobgen again when nothing else writes it")

// readFile reads a file of a folder. A missing file is no error. It opens regular files
// only, and follows no link.
func readFile(f folder, name string) (found, error) {
	// Another run may rename a new file into its place between two calls.
	const tries = 100
	for range tries {
		got, err := readOnce(f, name)
		if !errors.Is(err, errRaced) {
			return got, err
		}
	}
	return found{}, errRaced
}

func readOnce(f folder, name string) (found, error) {
	info, err := f.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return found{}, nil
	case err != nil:
		return found{}, snapshot.WithoutPath(err)
	case !info.Mode().IsRegular():
		return found{}, notRegular{snapshot.Kind(info.Mode())}
	}
	opened, err := f.OpenFile(name, os.O_RDONLY|snapshot.OpenFlags, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return found{}, errRaced
	}
	if err != nil {
		return found{}, fmt.Errorf("it cannot be read: %w", snapshot.WithoutPath(err))
	}
	data, err := readOpened(opened, info)
	if err != nil {
		return found{}, err
	}
	return found{exists: true, data: data, mode: info.Mode().Perm()}, nil
}

// readOpened reads an open file and closes it. The file must be the one that
// info describes.
func readOpened(opened file, info fs.FileInfo) ([]byte, error) {
	defer opened.Close()
	now, err := opened.Stat()
	if err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", snapshot.WithoutPath(err))
	}
	if !os.SameFile(info, now) {
		return nil, errRaced
	}
	if now.Size() > snapshot.MaxSize {
		return nil, snapshot.ErrTooLarge
	}
	data, err := snapshot.ReadAll(opened, now.Size())
	if err != nil && !errors.Is(err, snapshot.ErrTooLarge) {
		return nil, fmt.Errorf("it cannot be read: %w", snapshot.WithoutPath(err))
	}
	return data, err
}

// ReadInside reads a regular file at or below a directory. Links on the way are
// followed as long as they stay below it.
func ReadInside(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, snapshot.WithoutPath(err)
	}
	defer root.Close()
	info, err := root.Stat(name)
	if err != nil {
		return nil, snapshot.WithoutPath(err)
	}
	if !info.Mode().IsRegular() {
		return nil, notRegular{snapshot.Kind(info.Mode())}
	}
	opened, err := root.OpenFile(name, os.O_RDONLY|snapshot.OpenFlags, 0)
	if err != nil {
		return nil, snapshot.WithoutPath(err)
	}
	return readOpened(opened, info)
}

// shortener returns how a path is written in messages: relative to the working
// directory, where that is shorter.
func shortener() func(path string) string {
	wd, err := os.Getwd()
	if err != nil {
		return func(path string) string { return path }
	}
	return func(path string) string {
		rel, err := filepath.Rel(wd, path)
		if err != nil || len(rel) >= len(path) {
			return path
		}
		return rel
	}
}
