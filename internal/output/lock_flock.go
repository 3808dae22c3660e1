//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package output

import (
	"errors"
	"os"
	"syscall"
)

// tryLock reports whether it got the advisory lock of an open directory.
func tryLock(dir *os.File) (bool, error) {
	switch err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
	case err == nil:
		return true, nil
	case errors.Is(err, syscall.EWOULDBLOCK), errors.Is(err, syscall.EINTR):
		return false, nil
	default:
		// NFS locks nothing that is open for reading only, and some file systems
		// have no locks. The errors differ.
		return false, errors.Join(errors.ErrUnsupported, err)
	}
}
