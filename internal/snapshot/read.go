package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// MaxSize is the size of the largest file that is read. The largest Go files that people
// generate have some tens of megabytes, and Lambda takes programs of at most 250 MB.
const MaxSize = 256 << 20

// ReadFile reads a regular file, or one that a link leads to. It never waits, as
// opening a named pipe or a device would.
func ReadFile(path string) ([]byte, error) {
	// Opening a device can have an effect, so the kind is checked before. It is checked
	// again afterwards, since the path may be another file by then.
	info, err := os.Stat(path)
	if err != nil {
		return nil, statError(path, err)
	}
	if err := checkKind(info); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDONLY|OpenFlags, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return nil, err
	}
	if err := checkKind(info); err != nil {
		return nil, err
	}
	// Files on a disk have no deadlines, and need none.
	_ = f.SetReadDeadline(time.Now().Add(maxWait))
	return ReadAll(f, info.Size())
}

// statError names the target of a link to a file that does not exist.
func statError(path string, err error) error {
	if target, linkErr := os.Readlink(path); linkErr == nil && errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("it is a link to %s, which does not exist", target)
	}
	return err
}

// maxWait is how long a read may take. Some files in Linux's /proc are regular, and a
// read of them waits for an event.
const maxWait = 5 * time.Second

// ReadAll reads an open file of about the given size. The error is ErrTooLarge if there are
// more than MaxSize bytes.
func ReadAll(f io.Reader, size int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(size, MaxSize)) + bytes.MinRead)
	if _, err := b.ReadFrom(io.LimitReader(f, MaxSize+1)); err != nil {
		return nil, err
	}
	if b.Len() > MaxSize {
		return nil, ErrTooLarge
	}
	return b.Bytes(), nil
}

// ErrTooLarge is the error of reading a file of more than MaxSize bytes.
var ErrTooLarge = fmt.Errorf("it is larger than %d MB", MaxSize>>20)

// checkKind refuses what is no regular file, and a file that is too large.
func checkKind(info fs.FileInfo) error {
	switch {
	case !info.Mode().IsRegular():
		return errors.New("it is " + Kind(info.Mode()) + ", not a file")
	case info.Size() > MaxSize:
		return ErrTooLarge
	}
	return nil
}

// Kind says what a file that is not a regular one is.
func Kind(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "a symbolic link"
	case mode.IsDir():
		return "a directory"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "of another kind"
}
