package output

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/jobgen/jobgen/internal/snapshot"
)

// ReplaceSource replaces a source file of the user's, atomically and with its mode. The file is
// left alone if it no longer has the old bytes.
func ReplaceSource(path string, old, new []byte) error {
	return replaceSource(path, old, new, openFolder)
}

func replaceSource(path string, old, new []byte, open func(path string) (folder, error)) error {
	f, err := open(filepath.Dir(path))
	if err != nil {
		return err
	}
	err = errors.Join(replaceIn(f, filepath.Base(path), old, new), f.Close())
	if err != nil {
		return fmt.Errorf("%s can't be changed: %w", shortener()(path), snapshot.WithoutPath(err))
	}
	return nil
}

func replaceIn(f folder, base string, old, new []byte) error {
	now, err := readFile(f, base)
	switch {
	case err != nil:
		return err
	case !now.exists || !bytes.Equal(now.data, old):
		return errors.New("another program has changed it since it was read; run the command again")
	}
	temporary, err := writeTemporary(f, new, now.mode, true)
	if err != nil {
		return err
	}
	if err := f.Rename(temporary, base); err != nil {
		return errors.Join(err, f.Remove(temporary))
	}
	return nil
}
