package output

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/snapshot"
)

// ForeignFileError reports a file, in the place of a generated one, that jobgen did not
// write.
type ForeignFileError struct {
	Path string // directory and base name
	Name string // as in Change
	// Output is the base name of the generated file where it differs from this
	// file's in letter case, and empty otherwise.
	Output string
}

func (e *ForeignFileError) Error() string {
	why := ""
	if e.Output != "" {
		why = fmt.Sprintf(", whose name differs from that of the output %s in letter case only,", e.Output)
	}
	return fmt.Sprintf("%s%s was not written by jobgen (it has no line %s), so it is not overwritten; move it away or rename it, then run jobgen again", e.Name, why, HeaderLine(e.Path))
}

// ExistsError reports a file in the place of a new one.
type ExistsError struct {
	Name string // as in Change
}

func (e *ExistsError) Error() string {
	return fmt.Sprintf("%s exists, and jobgen changes no file of yours; name another folder, or move the file away", e.Name)
}

// decider decides what happens to the files of a directory.
type decider struct {
	folder  folder
	dir     Dir
	short   func(path string) string
	names   []string // of everything in the directory
	changes []Change
	errs    []error
}

// decide decides what happens in a directory by what is in it now.
func (p *Plan) decide(f folder, d *plannedDir) error {
	names, err := f.Names()
	if err != nil {
		return fmt.Errorf("the directory %s cannot be read: %w", p.short(d.Path), snapshot.WithoutPath(err))
	}
	slices.Sort(names)
	x := decider{folder: f, dir: d.Dir, short: p.short, names: names}
	decide, variant := x.output, x.variant
	if d.New {
		decide, variant = x.create, x.exists
	}
	for i, out := range d.Files {
		if before := sameName(fileNames(d.Files[:i]), out.Name); before != "" {
			x.fail("%s and %s are one file where letter case makes no difference: write them under different names", x.name(before), x.name(out.Name))
			continue
		}
		decide(out)
		x.variants(out.Name, variant)
	}
	if d.NoJobs {
		x.orphans(d.Known)
	}
	d.changes, d.leftovers = x.changes, len(leftovers(names)) > 0
	return errors.Join(x.errs...)
}

func (x *decider) path(base string) string { return filepath.Join(x.dir.Path, base) }
func (x *decider) name(base string) string { return x.short(x.path(base)) }

func (x *decider) fail(format string, args ...any) {
	x.errs = append(x.errs, fmt.Errorf(format, args...))
}

// read reads a file, and keeps the error if that is impossible.
func (x *decider) read(base string) (found, bool) {
	got, err := readFile(x.folder, base)
	if no, ok := errors.AsType[notRegular](err); ok {
		x.errs = append(x.errs, &PlaceError{Path: x.path(base), Name: x.name(base), Kind: no.kind})
	} else if err != nil {
		x.fail("%s cannot be written: %w", x.name(base), err)
	}
	return got, err == nil
}

// output decides about a generated file.
func (x *decider) output(out File) {
	old, ok := x.read(out.Name)
	if !ok {
		return
	}
	c := Change{Op: Update, Path: x.path(out.Name), Name: x.name(out.Name), Old: old.data, New: out.Data, mode: old.mode}
	switch {
	case !old.exists:
		c.Op, c.mode = Create, x.dir.newMode(out.Name)
	case bytes.Equal(unixLines(old.data), unixLines(out.Data)):
		c.Op = Unchanged
	case !x.dir.recognise(out.Name, old.data) && !isBlank(old.data):
		x.errs = append(x.errs, &ForeignFileError{Path: c.Path, Name: c.Name})
		return
	}
	x.changes = append(x.changes, c)
}

// create decides about a new file.
func (x *decider) create(out File) {
	old, ok := x.read(out.Name)
	switch {
	case !ok:
	case old.exists:
		x.exists(out.Name, out.Name)
	default:
		x.changes = append(x.changes, Change{Op: Create, Path: x.path(out.Name), Name: x.name(out.Name), New: out.Data, mode: x.dir.newMode(out.Name)})
	}
}

func (x *decider) exists(base, _ string) { x.errs = append(x.errs, &ExistsError{x.name(base)}) }

// variants decides about files whose names differ from an output's in letter case only. It
// does so even if they are different files here. On a disk that ignores letter case they are
// one file, so one of them would be lost there.
func (x *decider) variants(output string, decide func(base, output string)) {
	for _, base := range x.names {
		if base == output || !strings.EqualFold(base, output) {
			continue
		}
		same, err := x.isSame(base, output)
		if err != nil {
			x.fail("%s cannot be compared with %s: %w", x.name(base), output, snapshot.WithoutPath(err))
			continue
		}
		if !same {
			decide(base, output)
		}
	}
}

// variant decides about a file that an output would replace on some disks. If jobgen wrote
// it, it is an earlier output. Any other file is an error.
func (x *decider) variant(base, output string) {
	switch old, ok := x.read(base); {
	case !ok || !old.exists:
	case x.dir.recognise(base, old.data):
		x.remove(base, old)
	default:
		x.errs = append(x.errs, &ForeignFileError{Path: x.path(base), Name: x.name(base), Output: output})
	}
}

// isSame reports whether an output's name opens an existing file whose name differs in
// letter case, as it does on a disk that ignores letter case.
func (x *decider) isSame(there, output string) (bool, error) {
	first, err := x.folder.Lstat(there)
	second, err2 := x.folder.Lstat(output)
	switch err := cmp.Or(err, err2); {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, err
	}
	return os.SameFile(first, second), nil
}

// orphans decides about files that jobgen may have written to a package that no longer
// has jobs. Files without the header and files that can't be read are left alone.
func (x *decider) orphans(known []string) {
	for _, base := range x.names {
		if !slices.Contains(known, base) {
			continue
		}
		old, err := readFile(x.folder, base)
		_, other := errors.AsType[notRegular](err)
		switch {
		case other, errors.Is(err, snapshot.ErrTooLarge), errors.Is(err, fs.ErrPermission):
		case err != nil:
			x.fail("%s: %w", x.name(base), err)
		case old.exists && IsOurs(base, old.data):
			x.remove(base, old)
		}
	}
}

func (x *decider) remove(base string, old found) {
	x.changes = append(x.changes, Change{Op: Remove, Path: x.path(base), Name: x.name(base), Old: old.data, mode: old.mode})
}

// sameName returns the name that differs from this one in letter case at most.
func sameName(names []string, name string) string {
	for _, other := range names {
		if strings.EqualFold(other, name) {
			return other
		}
	}
	return ""
}
