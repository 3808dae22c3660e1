package output

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// folder is the directory that outputs are read from and written to. Names are
// base names, and a symbolic link among them is never followed. Tests implement it
// with faults.
type folder interface {
	// Names lists what is in the directory.
	Names() ([]string, error)
	Lstat(name string) (fs.FileInfo, error)
	OpenFile(name string, flag int, perm fs.FileMode) (file, error)
	Rename(from, to string) error
	Remove(name string) error
	// TryLock reports whether it got the directory's advisory lock, which Close
	// releases. The error is errors.ErrUnsupported where there are no such locks.
	TryLock() (bool, error)
	Close() error
}

// file is an open file of a folder.
type file interface {
	io.ReadWriteCloser
	Stat() (fs.FileInfo, error)
	Chmod(mode fs.FileMode) error
	Sync() error
}

// diskFolder is an open directory on the disk. It stays the same directory if its path
// is given to another one.
type diskFolder struct {
	*os.Root
	self *os.File // the directory itself, once TryLock has opened it
}

func openFolder(path string) (folder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return &diskFolder{Root: root}, nil
}

func (d *diskFolder) Names() ([]string, error) {
	self, err := d.Open(".")
	if err != nil {
		return nil, err
	}
	names, err := self.Readdirnames(-1)
	return names, errors.Join(err, self.Close())
}

func (d *diskFolder) OpenFile(name string, flag int, perm fs.FileMode) (file, error) {
	f, err := d.Root.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (d *diskFolder) TryLock() (bool, error) {
	if d.self == nil {
		self, err := d.Open(".")
		if err != nil {
			return false, err
		}
		d.self = self
	}
	return tryLock(d.self)
}

func (d *diskFolder) Close() error {
	if d.self == nil {
		return d.Root.Close()
	}
	return errors.Join(d.self.Close(), d.Root.Close())
}
