package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	// NoJobs says that the package has no jobs any more, so that what jobgen
	// wrote there is of no use. Files is empty then.
	NoJobs bool
	// Known are the base names of all files that jobgen may ever have written.
	// Of these, with NoJobs, those with our header are removed. (A format that
	// isn't asked for this time leaves its file alone.)
	Known []string
}

// Op is what happens to a file.
type Op int

// The things that happen to files.
const (
	Unchanged Op = iota // it is there, with these bytes
	Create              // it is missing
	Update              // it is there with other bytes
	Remove              // its package has no jobs any more
)

// String names the operation in one word.
func (o Op) String() string {
	switch o {
	case Unchanged:
		return "unchanged"
	case Create:
		return "create"
	case Update:
		return "update"
	case Remove:
		return "remove"
	}
	return fmt.Sprintf("Op(%d)", int(o))
}

// Change is what happens to one file.
type Change struct {
	Op   Op
	Path string // directory and base name
	// Name is Path for messages: relative to the working directory where that
	// is shorter.
	Name     string
	Old, New []byte // nil where there is none

	target string // what Path is, all links followed
}

// Plan is what happens to all files of a run.
type Plan struct{ changes []Change }

// ForeignFileError tells of a file in the place of a generated one that is
// someone's own.
type ForeignFileError struct {
	Path string // directory and base name
	Name string // as in Change
}

func (e *ForeignFileError) Error() string {
	return fmt.Sprintf("%s was not written by jobgen (it has no %s), so it is not overwritten; move it away or rename it, then run jobgen again", e.Name, headerLine(e.Path))
}

// NewPlan reads what is in the directories and decides what happens to each
// file. It writes nothing. The error joins all that is in the way (its Unwrap
// returns them): a *ForeignFileError for each file that is someone's own, and
// what else makes writing impossible.
func NewPlan(dirs []Dir) (*Plan, error) {
	b := planner{short: shortener(), targets: map[string]string{}}
	for _, d := range dirs {
		b.dir(d)
	}
	if len(b.errs) > 0 {
		return nil, errors.Join(b.errs...)
	}
	return &Plan{b.changes}, nil
}

// Changes returns what happens to each file, in the order of the directories
// and of the files in them.
func (p *Plan) Changes() []Change { return slices.Clone(p.changes) }

// Stale returns the changes that Apply would make.
func (p *Plan) Stale() []Change {
	return slices.DeleteFunc(p.Changes(), func(c Change) bool { return c.Op == Unchanged })
}

// planner collects the changes of a plan and what is in their way.
type planner struct {
	short   func(path string) string
	targets map[string]string // real path to the name under which it is written
	changes []Change
	errs    []error
}

func (b *planner) fail(format string, args ...any) {
	b.errs = append(b.errs, fmt.Errorf(format, args...))
}

func (b *planner) dir(d Dir) {
	if err := checkDir(d, b.short(d.Path)); err != nil {
		b.errs = append(b.errs, err)
		return
	}
	for _, f := range d.Files {
		b.file(filepath.Join(d.Path, f.Name), f.Data)
	}
	if !d.NoJobs {
		return
	}
	known := slices.Clone(d.Known)
	slices.Sort(known)
	for _, name := range slices.Compact(known) {
		b.orphan(filepath.Join(d.Path, name))
	}
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
		return fmt.Errorf("the directory %s does not exist: jobgen writes next to a package's sources and makes no directories", name)
	case err != nil:
		return fmt.Errorf("the directory %s cannot be read: %w", name, cause(err))
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

// file decides about a generated file.
func (b *planner) file(path string, data []byte) {
	name := b.short(path)
	f, err := look(path)
	if err != nil {
		b.fail("%s cannot be written: %w", name, err)
		return
	}
	if other, taken := b.targets[f.target]; taken {
		b.fail("%s and %s are one and the same file: write them to different ones", other, name)
		return
	}
	b.targets[f.target] = name
	c := Change{Op: Update, Path: path, Name: name, Old: f.data, New: data, target: f.target}
	switch {
	case !f.exists:
		c.Op = Create
	case bytes.Equal(f.data, data):
		c.Op = Unchanged
	case !IsOurs(path, f.data) && !isGarbage(path, f.data):
		b.errs = append(b.errs, &ForeignFileError{Path: path, Name: name})
		return
	}
	b.changes = append(b.changes, c)
}

// orphan decides about a file that jobgen may have written to a package that has
// no jobs any more. What can't be read has no header that could be seen.
func (b *planner) orphan(path string) {
	f, err := look(path)
	if err != nil || !f.exists || !IsOurs(path, f.data) {
		return
	}
	// A link is removed itself, not what it points at.
	b.changes = append(b.changes, Change{Op: Remove, Path: path, Name: b.short(path), Old: f.data, target: path})
}
