//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package output

import (
	"errors"
	"os"
)

// tryLock returns errors.ErrUnsupported: a directory can't be locked here.
func tryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }
