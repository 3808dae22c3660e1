package output

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"time"

	"github.com/jobgen/jobgen/internal/snapshot"
)

// temporaryName matches the names of temporary files. The go command passes over
// names that begin with a dot.
var temporaryName = regexp.MustCompile(`^\.jobgen-[0-9a-f]{16}\.tmp$`)

func newTemporaryName() string {
	var random [8]byte
	rand.Read(random[:]) // it never fails
	return ".jobgen-" + hex.EncodeToString(random[:]) + ".tmp"
}

// writeTemporary writes a temporary file, and returns its name once all of it is
// on the disk.
func writeTemporary(f folder, data []byte, mode fs.FileMode, keep bool) (name string, err error) {
	name = newTemporaryName()
	out, err := f.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return "", err
	}
	_, err = out.Write(data)
	if err == nil && keep {
		err = out.Chmod(mode) // the umask applies to new files only
	}
	if err == nil {
		err = out.Sync()
	}
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return "", errors.Join(snapshot.WithoutPath(err), f.Remove(name))
	}
	return name, nil
}

// leftovers returns the temporary files among names.
func leftovers(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !temporaryName.MatchString(name) })
}

// unlockedAge is how old a temporary file must be before it is removed from a
// directory that can't be locked: a running jobgen may be writing a younger one.
const unlockedAge = 24 * time.Hour

// clean removes the temporary files that killed runs left in a folder. A file that can't
// be removed stays for the next run.
func clean(f folder, locked bool) {
	names, err := f.Names()
	if err != nil {
		return
	}
	for _, name := range leftovers(names) {
		info, err := f.Lstat(name)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if locked || time.Since(info.ModTime()) > unlockedAge {
			_ = f.Remove(name)
		}
	}
}
