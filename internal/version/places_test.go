package version

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// mentions are the forms in which a text names jobgen's version.
var mentions = []*regexp.Regexp{
	regexp.MustCompile(`\brev: (v\S+)`),
	regexp.MustCompile(`github\.com/jobgen/jobgen(?:/[\w/]+)?@(v\d\S*?)(?:[\s"` + "`" + `),;]|$)`),
	regexp.MustCompile(`github\.com/jobgen/jobgen (v\d\S*)`),
	regexp.MustCompile(`\bjobgen_(v[\d.]+\d)_`),
	regexp.MustCompile(`\bgit (?:tag|push)\b.* (v\d\S*)`),
	regexp.MustCompile(`(?:^|\s)jobgen (v\d+\.\d+\.\d+)\b`),
}

// inFolder is the version that a command gives to a module that is replaced by a folder.
const inFolder = "v0.0.0"

// texts returns the files for users and contributors that can name the version.
func texts(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	for _, folder := range []string{".", "docs", ".github"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && folder == "." && path != root:
				return filepath.SkipDir
			}
			switch filepath.Ext(path) {
			case ".md", ".yml", ".yaml":
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestPlaces compares every mention of jobgen's version with Number. The changelog is
// compared by TestChangelog, because it names old versions too.
func TestPlaces(t *testing.T) {
	root := filepath.Join("..", "..")
	found := map[string]int{}
	for _, path := range texts(t, root) {
		if filepath.Base(path) == "CHANGELOG.md" {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(text), "\n") {
			for _, number := range named(line) {
				found[filepath.ToSlash(path)]++
				if number != Number {
					t.Errorf("%s:%d: names version %s; version.Number is %s", path, n+1, number, Number)
				}
			}
		}
	}
	for _, path := range []string{"../../docs/ci.md", "../../CONTRIBUTING.md"} {
		if found[path] == 0 {
			t.Errorf("%s names no version of jobgen: is a form missing in mentions?", path)
		}
	}
}

// named returns the versions of jobgen that a line names.
func named(line string) []string {
	var numbers []string
	for _, form := range mentions {
		for _, match := range form.FindAllStringSubmatch(line, -1) {
			if match[1] != inFolder {
				numbers = append(numbers, match[1])
			}
		}
	}
	return numbers
}

func TestNamed(t *testing.T) {
	for line, want := range map[string]string{
		"    rev: v9.9.9 # the release that you use":                    "[v9.9.9]",
		"go get -tool github.com/jobgen/jobgen/cmd/jobgen@v9.9.9":       "[v9.9.9]",
		"run `go install github.com/jobgen/jobgen/cmd/jobgen@v9.9.9`.":  "[v9.9.9]",
		"require github.com/jobgen/jobgen v9.9.9 // indirect":           "[v9.9.9]",
		"curl -LO https://example.com/jobgen_v9.9.9_linux_arm64.tar.gz": "[v9.9.9]",
		"git push origin v9.9.9":                                        "[v9.9.9]",
		"jobgen v9.9.9 go1.26.8 linux/amd64":                            "[v9.9.9]",
		"go get -tool github.com/jobgen/jobgen/cmd/jobgen@latest":       "[]",
		"go mod edit -require=github.com/jobgen/jobgen@v0.0.0":          "[]",
		"uses: actions/checkout@v5":                                     "[]",
	} {
		if got := fmt.Sprint(named(line)); got != want {
			t.Errorf("named(%q) = %s, want %s", line, got, want)
		}
	}
}

// TestChangelog compares the changelog's newest release and its link with Number.
func TestChangelog(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	heading := regexp.MustCompile(`(?m)^## \[(\d\S*)\]`).FindStringSubmatch(string(text))
	if heading == nil || "v"+heading[1] != Number {
		t.Errorf("CHANGELOG.md's newest release is %q; version.Number is %s", heading, Number)
	}
	unreleased := "[Unreleased]: https://github.com/jobgen/jobgen/compare/" + Number + "...HEAD\n"
	if !strings.Contains(string(text), unreleased) {
		t.Errorf("CHANGELOG.md has no line %q", unreleased)
	}
}

// TestSupported compares the release series in SECURITY.md with Number.
func TestSupported(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	series := strings.TrimPrefix(Number[:strings.LastIndex(Number, ".")], "v") + ".x"
	if !strings.Contains(string(text), "| "+series+" | yes |") {
		t.Errorf("SECURITY.md doesn't have the row of %s as a supported series", series)
	}
}
