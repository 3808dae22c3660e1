//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package output

import (
	"errors"
	"os"
)

// nonBlocking is no flag: opening a regular file does not wait.
const nonBlocking = 0

// tryLock says that a directory can't be locked here.
func tryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }
