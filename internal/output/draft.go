package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/snapshot"
)

// Draft is a set of new files that belong to the user: they have no header, and no later
// run changes them. They are written together with files that other programs change, such
// as go.mod. Undo restores the state before.
type Draft struct {
	dirs []Dir
	plan *Plan      // nil until the files are written
	made []string   // the directories that Write made, in this order
	kept []keptFile // the files of other programs
	open func(path string) (folder, error)
}

// keptFile is a file in its state before Write.
type keptFile struct {
	path string
	found
}

// NewDraft returns a draft of the given files. The keys of the map are their paths. Others are
// the paths of files that other programs change. NewDraft reads these and writes nothing.
func NewDraft(files map[string][]byte, others ...string) (*Draft, error) {
	return newDraft(files, others, openFolder)
}

func newDraft(files map[string][]byte, others []string, open func(path string) (folder, error)) (*Draft, error) {
	d := &Draft{open: open}
	byDir := map[string]*Dir{}
	for path, data := range files {
		dir := filepath.Dir(path)
		if byDir[dir] == nil {
			byDir[dir] = &Dir{Path: dir, New: true}
		}
		byDir[dir].Files = append(byDir[dir].Files, File{filepath.Base(path), data})
	}
	for _, dir := range byDir {
		slices.SortFunc(dir.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
		d.dirs = append(d.dirs, *dir)
	}
	slices.SortFunc(d.dirs, func(a, b Dir) int { return strings.Compare(a.Path, b.Path) })
	for _, path := range others {
		k, err := d.keep(path)
		if err != nil {
			return nil, err
		}
		d.kept = append(d.kept, k)
	}
	return d, nil
}

// keep reads a file of another program.
func (d *Draft) keep(path string) (keptFile, error) {
	k := keptFile{path: path}
	f, err := d.open(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil // the file doesn't exist either
	}
	if err == nil {
		k.found, err = readFile(f, filepath.Base(path))
		_ = f.Close() // nothing was written through it
	}
	if err != nil {
		return k, fmt.Errorf("%s: %w", shortener()(path), snapshot.WithoutPath(err))
	}
	return k, nil
}

// Write writes the files, and makes the directories that they need. It writes all of them
// or none.
func (d *Draft) Write(ctx context.Context) error {
	err := d.write(ctx)
	if err != nil {
		return errors.Join(err, d.removeDirs())
	}
	return nil
}

func (d *Draft) write(ctx context.Context) error {
	for _, dir := range d.dirs {
		if err := d.makeDir(dir.Path); err != nil {
			return err
		}
	}
	plan, err := newPlan(d.dirs, d.open)
	if err != nil {
		return err
	}
	if err := plan.Apply(ctx, nil); err != nil {
		return err
	}
	d.plan = plan
	return nil
}

// makeDir makes a directory and those above it that are missing.
func (d *Draft) makeDir(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) || path == filepath.Dir(path) {
		return nil // the plan reports a path that is not a directory
	}
	if err := d.makeDir(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o777); err != nil {
		return fmt.Errorf("the directory %s cannot be made: %w; nothing was written", shortener()(path), snapshot.WithoutPath(err))
	}
	d.made = append(d.made, path)
	return nil
}

// Written returns the names of the files that were written, as in Change.
func (d *Draft) Written() []string {
	var names []string
	if d.plan != nil {
		for _, c := range d.plan.Changes() {
			names = append(names, c.Name)
		}
	}
	return names
}

// Undo removes the files and the directories that Write made, and restores the files of other
// programs. If a file that Write made has other bytes now, Undo leaves it and reports it.
func (d *Draft) Undo() error {
	var errs []error
	if d.plan != nil {
		for _, c := range d.plan.Changes() {
			errs = append(errs, d.in(c.Path, func(f folder, base string) error { return removeSame(f, base, c.New) }))
		}
	}
	for _, k := range d.kept {
		errs = append(errs, d.in(k.path, k.putBack))
	}
	return errors.Join(append(errs, d.removeDirs())...)
}

// in calls a function for a file's directory and base name.
func (d *Draft) in(path string, undo func(f folder, base string) error) error {
	f, err := d.open(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = errors.Join(undo(f, filepath.Base(path)), f.Close())
	}
	if err != nil {
		return fmt.Errorf("%s could not be put back as it was: %w", shortener()(path), snapshot.WithoutPath(err))
	}
	return nil
}

// removeSame removes a file if it has the same bytes.
func removeSame(f folder, base string, data []byte) error {
	now, err := readFile(f, base)
	switch {
	case err != nil || !now.exists:
		return err
	case !bytes.Equal(now.data, data):
		return errors.New("it was changed at the same time")
	}
	return f.Remove(base)
}

// putBack restores a file of another program.
func (k keptFile) putBack(f folder, base string) error {
	now, err := readFile(f, base)
	switch {
	case err != nil:
		return err
	case now.exists == k.exists && bytes.Equal(now.data, k.data):
		return nil
	case !k.exists:
		return f.Remove(base)
	}
	temporary, err := writeTemporary(f, k.data, k.mode, true)
	if err != nil {
		return err
	}
	if err := f.Rename(temporary, base); err != nil {
		return errors.Join(err, f.Remove(temporary))
	}
	return nil
}

// removeDirs removes the directories that Write made, except those that have files now.
func (d *Draft) removeDirs() error {
	var errs []error
	for _, path := range slices.Backward(d.made) {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("the directory %s could not be removed: %w", shortener()(path), snapshot.WithoutPath(err)))
		}
	}
	d.made = nil
	return errors.Join(errs...)
}
