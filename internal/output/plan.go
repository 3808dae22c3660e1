package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/jobgen/jobgen/internal/parallel"
	"github.com/jobgen/jobgen/internal/snapshot"
)

// File is a generated file.
type File struct {
	Name string // base name
	Data []byte
}

// Dir is a package's directory and what belongs in it.
type Dir struct {
	Path  string
	Files []File
	// NoJobs says that the package no longer has jobs, so that the files which jobgen
	// wrote there are of no use. Files is empty then.
	NoJobs bool
	// Known are the base names of all files that jobgen may have written here. With
	// NoJobs, those with jobgen's header are removed. Otherwise the file of a format
	// that is not wanted now stays.
	Known []string
	// New says that the files belong to the user once they are written. They have no header,
	// and none of them may exist.
	New bool
	// Recognise reports whether jobgen wrote a file. If it is nil, IsOurs does, by the header
	// of text files.
	Recognise func(name string, data []byte) bool
	// Executable is the base name of the file that is executable, or "".
	Executable string
}

// recognise reports whether jobgen wrote a file of the directory.
func (d Dir) recognise(name string, data []byte) bool {
	if d.Recognise != nil {
		return d.Recognise(name, data)
	}
	return IsOurs(name, data)
}

// newMode is the mode of a new file, less the umask.
func (d Dir) newMode(name string) fs.FileMode {
	if name == d.Executable {
		return 0o755
	}
	return 0o644
}

// Op is what happens to a file.
type Op int

// The things that happen to files.
const (
	Unchanged Op = iota // it is there, with this text
	Create              // it is missing
	Update              // it is there with another text
	Remove              // its package has no jobs any more
)

// Change is what happens to one file.
type Change struct {
	Op   Op
	Path string // directory and base name
	// Name is Path for messages: relative to the working directory where that
	// is shorter.
	Name     string
	Old, New []byte // nil where there is none

	mode fs.FileMode // of the file that is there, or of the new one less the umask
}

// base is the file's name in its directory.
func (c Change) base() string { return filepath.Base(c.Path) }

// Plan is what happens to all files of a run.
type Plan struct {
	dirs  []plannedDir
	open  func(path string) (folder, error)
	short func(path string) string
}

// plannedDir is a directory and what happens in it.
type plannedDir struct {
	Dir
	real    string // its path, all links followed
	changes []Change
	// leftovers says that a run that was killed left temporary files here.
	leftovers bool
}

// NewPlan reads what is in the directories and decides what happens to each file. It
// writes nothing. The error joins several (its Unwrap returns them): a
// *ForeignFileError for each file that jobgen did not write, an *ExistsError for each new
// file that exists, a *PlaceError for each thing that is no regular file, and any other
// error that makes writing impossible.
func NewPlan(dirs []Dir) (*Plan, error) { return newPlan(dirs, openFolder) }

func newPlan(dirs []Dir, open func(path string) (folder, error)) (*Plan, error) {
	p := &Plan{open: open, short: shortener()}
	planned := make([]plannedDir, len(dirs))
	errs := make([]error, len(dirs))
	parallel.Do(len(dirs), func(i int) { planned[i], errs[i] = p.lookAt(dirs[i]) })
	names := map[string]string{} // by real path, the path that names it
	for i, d := range dirs {
		if errs[i] != nil {
			continue
		}
		other, again := names[planned[i].real]
		if !again {
			names[planned[i].real] = d.Path
			p.dirs = append(p.dirs, planned[i])
		} else if len(d.Files) > 0 {
			errs[i] = fmt.Errorf("%s and %s are one and the same directory: name it once", p.short(other), p.short(d.Path))
		}
	}
	decided := make([]error, len(p.dirs))
	parallel.Do(len(p.dirs), func(i int) { decided[i] = p.decideIn(&p.dirs[i]) })
	if err := joinFlat(slices.DeleteFunc(append(errs, decided...), func(err error) bool { return err == nil })); err != nil {
		return nil, err
	}
	return p, nil
}

// lookAt checks a directory and follows the links to it.
func (p *Plan) lookAt(d Dir) (plannedDir, error) {
	if err := checkDir(d, p.short(d.Path)); err != nil {
		return plannedDir{}, err
	}
	real, err := filepath.EvalSymlinks(d.Path)
	return plannedDir{Dir: d, real: real}, err
}

// decideIn opens a directory, decides what happens in it, and closes it.
func (p *Plan) decideIn(d *plannedDir) error {
	f, err := p.open(d.Path)
	if err != nil {
		return fmt.Errorf("the directory %s cannot be read: %w", p.short(d.Path), snapshot.WithoutPath(err))
	}
	defer f.Close()
	return p.decide(f, d)
}

// Changes returns what happens to each file, in the order of the directories
// and of the files in them.
func (p *Plan) Changes() []Change {
	var all []Change
	for _, d := range p.dirs {
		all = append(all, d.changes...)
	}
	return all
}

// Stale returns the changes that Apply would make, or has made.
func (p *Plan) Stale() []Change { return stale(p.Changes()) }

func stale(changes []Change) []Change {
	return slices.DeleteFunc(changes, func(c Change) bool { return c.Op == Unchanged })
}

// checkDir checks a directory before anything in it is looked at.
func checkDir(d Dir, name string) error {
	if d.NoJobs && len(d.Files) > 0 {
		return fmt.Errorf("%s: a package without jobs has no files, not %d", name, len(d.Files))
	}
	for _, base := range append(fileNames(d.Files), d.Known...) {
		if base == "" || base == "." || base == ".." || base != filepath.Base(base) {
			return fmt.Errorf("%s: %q is not the name of a file in this directory", name, base)
		}
	}
	info, err := os.Stat(d.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the directory %s does not exist: create it first, because jobgen makes no directories", name)
	case err != nil:
		return fmt.Errorf("the directory %s cannot be read: %w", name, snapshot.WithoutPath(err))
	case !info.IsDir():
		return fmt.Errorf("%s is not a directory", name)
	}
	return nil
}

func fileNames(files []File) []string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	return names
}

// joinFlat joins errors, and those that they join themselves, as one list.
func joinFlat(errs []error) error {
	var all []error
	for _, err := range errs {
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			all = append(all, joined.Unwrap()...)
		} else {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}
