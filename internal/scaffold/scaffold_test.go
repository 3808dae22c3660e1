package scaffold

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPackageName(t *testing.T) {
	for path, want := range map[string]string{
		"example.com/deploys":           "deploys",
		"example.com/app/Internal/Jobs": "other", // package jobs is imported
		"example.com/my-app":            "myapp",
		"example.com/2nd-deploys":       "deploys",
		"example.com/2nd":               "other",
		"example.com/shop/v2":           "shop",
		"gopkg.in/shop.v3":              "shop",
		"v2":                            "v2",
		"example.com/func":              "other",
		"example.com/string":            "other",
		"example.com/main":              "other",
		"example.com/___":               "other",
	} {
		if got := packageName(path, "other"); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestHostAndPath(t *testing.T) {
	for address, want := range map[string]string{
		"https://github.com/example/shop.git":               "github.com/example/shop",
		"https://user:secret@GitHub.com/example/Shop":       "github.com/example/Shop",
		"git@github.com:example/shop.git":                   "github.com/example/shop",
		"ssh://git@git.example.com:2222/group/sub/shop.git": "git.example.com/group/sub/shop",
		"github.com:example/shop/":                          "github.com/example/shop",
		"git://git.example.com/shop.git":                    "git.example.com/shop",

		"../shop.git":               "",
		"/srv/git/shop.git":         "",
		"file:///srv/git/shop.git":  "",
		`C:\git\shop.git`:           "",
		"https://github.com/":       "",
		"git@buildhost:shop.git":    "", // the first element has no dot
		"https://localhost/shop":    "",
		"git@git.example.com:/srv/": "",
	} {
		got, ok := hostAndPath(address)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
	}
}

func TestGuessedModulePath(t *testing.T) {
	for folder, want := range map[string]string{
		"deploys": "example.com/deploys", "my jobs": "example.com/my-jobs",
		".hidden": "example.com/hidden", "…": "example.com/jobs",
	} {
		dir := t.TempDir()
		got, isGuessed := modulePath(t.Context(), filepath.Join(dir, folder), dir)
		if got != want || !isGuessed {
			t.Errorf("%s: got %s, guessed: %v; want %s", folder, got, isGuessed, want)
		}
	}
}

// The module must not get another version of jobgen without the user's command.
func TestCheckVersion(t *testing.T) {
	const dirty = "v1.2.0+dirty"
	for _, tt := range []struct {
		about, goMod, version string
		want                  string // in the error, or ""
	}{
		{"nothing is required", "", "v1.2.0", ""},
		{"the same version", "require github.com/jobgen/jobgen v1.2.0", "v1.2.0", ""},
		{"an older one", "require github.com/jobgen/jobgen v1.1.0", "v1.2.0", "go get -tool github.com/jobgen/jobgen/cmd/jobgen@v1.2.0"},
		{"a newer one", "require github.com/jobgen/jobgen v1.3.0", "v1.2.0", "go.mod requires jobgen v1.3.0, and this is v1.2.0"},
		{"built in a clone", "require github.com/jobgen/jobgen v1.1.0", "(devel)", ""},
		{"built in a changed clone", "require github.com/jobgen/jobgen v1.1.0", dirty, ""},
		{"replaced", "require github.com/jobgen/jobgen v1.1.0\nreplace github.com/jobgen/jobgen => ../jobgen", "v1.2.0", ""},
	} {
		t.Run(tt.about, func(t *testing.T) {
			root := t.TempDir()
			file := filepath.Join(root, "go.mod")
			if err := os.WriteFile(file, []byte("module example.com/x\n\ngo 1.26.0\n\n"+tt.goMod+"\n"), 0o666); err != nil {
				t.Fatal(err)
			}
			mod, err := readGoMod(t.Context(), file)
			if err != nil {
				t.Fatal(err)
			}
			err = (&Place{Root: root, mod: mod}).Check(tt.version)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
