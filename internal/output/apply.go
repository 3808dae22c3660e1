package output

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/jobgen/jobgen/internal/snapshot"
)

// Apply makes the changes: all of them, or, where one of them is impossible,
// none. The error says which file is in the way.
//
// It waits until no other run writes to the same directories, or ctx is done.
// Then it calls check, unless it is nil, which reports an error if the sources in
// these directories have changed since the plan was made. Apply stops at such an
// error. It decides again about each file, as NewPlan did, by what is in the
// directories now.
func (p *Plan) Apply(ctx context.Context, check func(dirs ...string) error) error {
	w := writer{plan: p}
	defer w.close()
	if err := w.enter(ctx); err != nil {
		return fmt.Errorf("%w; nothing was written", err)
	}
	if len(w.dirs) == 0 {
		return nil
	}
	if check != nil {
		var paths []string
		for _, d := range w.dirs {
			paths = append(paths, d.Path)
		}
		if err := check(paths...); err != nil {
			return err
		}
	}
	if err := w.decide(); err != nil {
		return err
	}
	return w.write()
}

// writer carries out a plan.
type writer struct {
	plan    *Plan
	dirs    []*plannedDir // those to lock
	folders []folder      // of dirs
	locked  []bool        // whether a folder could be locked
}

// enter opens and locks the directories of a plan that has something to do. Those whose
// files are right are locked too: another run may change them before this one writes the
// rest. All runs lock directories in the same order, so that no two wait for each other.
func (w *writer) enter(ctx context.Context) error {
	busy := func(d plannedDir) bool { return d.leftovers || len(stale(slices.Clone(d.changes))) > 0 }
	if !slices.ContainsFunc(w.plan.dirs, busy) {
		return nil
	}
	for i := range w.plan.dirs {
		if d := &w.plan.dirs[i]; len(d.Files) > 0 || busy(*d) {
			w.dirs = append(w.dirs, d)
		}
	}
	slices.SortFunc(w.dirs, func(a, b *plannedDir) int { return cmp.Compare(a.real, b.real) })
	for _, d := range w.dirs {
		name := w.plan.short(d.Path)
		f, err := w.plan.open(d.Path)
		if err != nil {
			return fmt.Errorf("the directory %s cannot be opened: %w", name, snapshot.WithoutPath(err))
		}
		w.folders = append(w.folders, f)
		locked, err := lock(ctx, f, name)
		if err != nil {
			return err
		}
		w.locked = append(w.locked, locked)
	}
	return nil
}

// close releases the locks.
func (w *writer) close() {
	for _, f := range w.folders {
		_ = f.Close() // nothing was written through it
	}
}

// decide removes what killed runs left, and decides again about each file.
func (w *writer) decide() error {
	var errs []error
	for i, d := range w.dirs {
		clean(w.folders[i], w.locked[i])
		if err := w.plan.decide(w.folders[i], d); err != nil {
			errs = append(errs, err)
		}
	}
	return joinFlat(errs)
}

// write makes the changes in two steps: first everything that needs space on the disk,
// then renames and removals.
func (w *writer) write() error {
	steps, err := w.prepare()
	if err != nil {
		return errors.Join(err, discard(steps))
	}
	for i, s := range steps {
		if err := s.do(); err != nil {
			return errors.Join(takenBack(s.change, err, undo(steps[:i])), discard(steps[i:]))
		}
	}
	return nil
}

// prepare writes the temporary files. Removals are the last steps, since no other
// change can lose a file.
func (w *writer) prepare() (steps []*step, err error) {
	var removals []*step
	for i, d := range w.dirs {
		for _, c := range stale(slices.Clone(d.changes)) {
			s := &step{folder: w.folders[i], change: c}
			if c.Op == Remove {
				removals = append(removals, s)
				continue
			}
			if s.temporary, err = s.store(c.New); err != nil {
				return steps, fmt.Errorf("%s cannot be written: %w; nothing was written", c.Name, explain(w.plan.short(d.Path), err))
			}
			steps = append(steps, s)
		}
	}
	return append(steps, removals...), nil
}

// explain adds to an error that the directory takes no new files, if that is the cause.
func explain(dir string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("no file can be created in the directory %s: %w", dir, snapshot.WithoutPath(err))
	}
	return snapshot.WithoutPath(err)
}

// takenBack returns the error of a change that failed after others were made. It says
// whether these could be undone.
func takenBack(c Change, err, undone error) error {
	err = snapshot.WithoutPath(err)
	if undone == nil {
		return fmt.Errorf("%s cannot be put in its place: %w; no file was changed", c.Name, err)
	}
	return errors.Join(fmt.Errorf("%s cannot be put in its place: %w", c.Name, err), undone)
}

// step is one change: it is prepared, then done, and undone if another change fails.
type step struct {
	folder    folder
	change    Change
	temporary string // the file with the new bytes, until it is renamed
}

// store writes bytes to a temporary file with the mode that the target has, or
// would have if it were created.
func (s *step) store(data []byte) (string, error) {
	return writeTemporary(s.folder, data, s.change.mode, s.change.Op != Create)
}

// do makes the change with one system call.
func (s *step) do() error {
	if s.change.Op == Remove {
		return s.folder.Remove(s.change.base())
	}
	if err := s.folder.Rename(s.temporary, s.change.base()); err != nil {
		return err
	}
	s.temporary = ""
	return nil
}

// undo reverts the steps that were done, in reverse order.
func undo(steps []*step) error {
	var errs []error
	for _, s := range slices.Backward(steps) {
		if err := s.undo(); err != nil {
			errs = append(errs, fmt.Errorf("%s could not be put back as it was: %w", s.change.Name, snapshot.WithoutPath(err)))
		}
	}
	return errors.Join(errs...)
}

func (s *step) undo() error {
	if s.change.Op == Create {
		return s.folder.Remove(s.change.base())
	}
	temporary, err := s.store(s.change.Old)
	if err != nil {
		return err
	}
	if err := s.folder.Rename(temporary, s.change.base()); err != nil {
		return errors.Join(err, s.folder.Remove(temporary))
	}
	return nil
}

// discard removes the temporary files of steps that were not done.
func discard(steps []*step) error {
	var errs []error
	for _, s := range steps {
		if s.temporary != "" {
			errs = append(errs, s.folder.Remove(s.temporary))
		}
	}
	return errors.Join(errs...)
}
