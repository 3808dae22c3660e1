//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package tempdir

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// waitLock locks a file, and waits while another process has it. A file system
// without locks leaves it unlocked.
func waitLock(f *os.File) { _ = flock(f, syscall.LOCK_EX) }

// tryLock locks a file unless another process has it.
func tryLock(f *os.File) bool { return flock(f, syscall.LOCK_EX|syscall.LOCK_NB) == nil }

func flock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// openLock opens a folder's lock file, and neither follows a link nor waits.
func openLock(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
}

// isMine reports whether a file belongs to the user whose process this is.
func isMine(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
