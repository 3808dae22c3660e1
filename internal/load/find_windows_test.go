package load

import (
	"path/filepath"
	"testing"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// TestBackslashes checks that a pattern can have the separators of Windows, and a drive.
func TestBackslashes(t *testing.T) {
	dir := testmodule.New(t).Dir(t, map[string]string{"sub/deep/a.go": "package deep\n"})
	want := filepath.Join(dir, "sub", "deep")
	for _, pattern := range []string{`.\...`, `./...`, `.\sub\...`, `.\sub\deep`, `.\sub/deep`, dir + `\...`, filepath.ToSlash(dir) + "/..."} {
		dirs, err := New(t.Context(), "").Find(dir, []string{pattern})
		if err != nil || len(dirs) == 0 || dirs[len(dirs)-1].Path != want {
			t.Errorf("%s: %v, %v, want %s", pattern, dirs, err, want)
		}
	}
}
