//go:build !windows

package output

import (
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// createTemp creates a temporary file beside target, on the same file system
// therefore, with target's mode or, if it isn't there yet, 0644 less the umask.
func createTemp(target string) (*os.File, error) {
	pending, err := renameio.NewPendingFile(target,
		renameio.WithTempDir(filepath.Dir(target)),
		renameio.WithPermissions(0o644),
		renameio.WithExistingPermissions(),
	)
	if err != nil {
		return nil, err
	}
	return pending.File, nil
}
