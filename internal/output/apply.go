package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Apply makes the changes: all of them, or, where one of them is impossible,
// none. The error says which file is in the way.
func (p *Plan) Apply() error {
	var steps []*step
	for _, c := range p.Stale() {
		s, err := prepare(c)
		if err != nil {
			return errors.Join(fmt.Errorf("%s cannot be written: %w; nothing was written", c.Name, err), discard(steps))
		}
		steps = append(steps, s)
	}
	for i, s := range steps {
		if err := s.do(); err != nil {
			return errors.Join(takenBack(s.change, err, undo(steps[:i])), discard(steps[i:]))
		}
	}
	return finish(steps)
}

// takenBack reports a change that failed after others were made, and whether
// these could be undone.
func takenBack(c Change, err, undone error) error {
	err = cause(err)
	if undone == nil {
		return fmt.Errorf("%s cannot be put in its place: %w; no file was changed", c.Name, err)
	}
	return errors.Join(fmt.Errorf("%s cannot be put in its place: %w", c.Name, err), undone)
}

// step is one change on its way: prepared, done, and if another fails undone.
type step struct {
	change Change
	// temp is a file beside the target: what is to be there, or what was there
	// and is to be removed.
	temp string
}

// prepare does all of a change that can fail for want of space, rights or a
// good name, and that leaves no trace if discard follows.
func prepare(c Change) (*step, error) {
	if c.Op == Remove {
		return &step{change: c}, nil
	}
	temp, err := writeTemp(c.target, c.New)
	if err != nil {
		return nil, err
	}
	return &step{c, temp}, nil
}

// writeTemp writes a temporary file beside target, with its mode if it is
// there, and returns its path once all of it is on the disk.
func writeTemp(target string, data []byte) (path string, err error) {
	f, err := createTemp(target)
	if err != nil {
		return "", explainDir(target, err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return "", errors.Join(cause(err), os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// explainDir says where a file could not be created.
func explainDir(target string, err error) error {
	dir := shortener()(filepath.Dir(target))
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("no file can be created in the directory %s: %w", dir, cause(err))
	}
	return fmt.Errorf("in the directory %s: %w", dir, cause(err))
}

// do makes the change by one rename. A file to be removed is set aside under
// another name first, so that this can be undone.
func (s *step) do() error {
	if s.change.Op != Remove {
		return os.Rename(s.temp, s.change.target)
	}
	aside, err := asideName(s.change.target)
	if err != nil {
		return err
	}
	if err := os.Rename(s.change.target, aside); err != nil {
		return errors.Join(cause(err), os.Remove(aside))
	}
	s.temp = aside
	return nil
}

// asideName reserves a name beside path, by an empty file.
func asideName(path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// undo takes back what was done, the last first.
func undo(steps []*step) error {
	var errs []error
	for i := len(steps) - 1; i >= 0; i-- {
		if err := steps[i].undo(); err != nil {
			errs = append(errs, fmt.Errorf("%s could not be put back as it was: %w", steps[i].change.Name, cause(err)))
		}
	}
	return errors.Join(errs...)
}

func (s *step) undo() error {
	switch s.change.Op {
	case Create:
		return os.Remove(s.change.target)
	case Remove:
		return os.Rename(s.temp, s.change.target)
	}
	temp, err := writeTemp(s.change.target, s.change.Old)
	if err != nil {
		return err
	}
	return os.Rename(temp, s.change.target)
}

// discard removes the temporary files of steps that were not done.
func discard(steps []*step) error {
	var errs []error
	for _, s := range steps {
		if s.temp != "" {
			errs = append(errs, os.Remove(s.temp))
		}
	}
	return errors.Join(errs...)
}

// finish deletes what was set aside.
func finish(steps []*step) error {
	var errs []error
	for _, s := range steps {
		if s.change.Op == Remove {
			errs = append(errs, os.Remove(s.temp))
		}
	}
	return errors.Join(errs...)
}
