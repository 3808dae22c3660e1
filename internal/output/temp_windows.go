package output

import (
	"os"
	"path/filepath"
)

// createTemp creates a temporary file beside target. (renameio, which does this
// elsewhere, leaves Windows out, because a rename there may be seen half done;
// it is still the best there is.)
func createTemp(target string) (*os.File, error) {
	return os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*")
}
