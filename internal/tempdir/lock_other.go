//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package tempdir

import (
	"errors"
	"io/fs"
	"os"
)

func waitLock(*os.File) {}

func tryLock(*os.File) bool { return false }

func openLock(string) (*os.File, error) { return nil, errors.ErrUnsupported }

// isMine is never true, so nothing is swept.
func isMine(fs.FileInfo) bool { return false }
