package load

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
)

// ignoreLines is what the ignore lines of a module's go.mod name. The go command doesn't match
// these directories, or directories below them, with patterns that end in /... .
// See https://go.dev/ref/mod#go-mod-file-ignore.
type ignoreLines struct {
	root  string   // the module's directory
	at    []string // paths of directories in the module: /static/
	named []string // pieces of paths: /node_modules/
}

// ignoredBy reads the ignore lines of a directory's module. It ignores a go.mod with mistakes,
// which the go command reports.
func ignoredBy(dir string) ignoreLines {
	root, ok := moduleOf(dir)
	if !ok {
		return ignoreLines{}
	}
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil || !bytes.Contains(data, []byte("ignore")) {
		return ignoreLines{}
	}
	mod, err := modfile.ParseLax("go.mod", data, nil)
	if err != nil {
		return ignoreLines{}
	}
	lines := ignoreLines{root: root}
	for _, line := range mod.Ignore {
		if path, ok := strings.CutPrefix(line.Path, "./"); ok {
			lines.at = append(lines.at, betweenSlashes(path))
		} else {
			lines.named = append(lines.named, betweenSlashes(path))
		}
	}
	return lines
}

func betweenSlashes(path string) string {
	return "/" + strings.Trim(filepath.ToSlash(path), "/") + "/"
}

// has reports whether a directory of the module is ignored.
func (lines ignoreLines) has(dir string) bool {
	rel, err := filepath.Rel(lines.root, dir)
	if lines.root == "" || err != nil || rel == "." {
		return false
	}
	path := betweenSlashes(rel)
	for _, at := range lines.at {
		if strings.HasPrefix(path, at) {
			return true
		}
	}
	for _, name := range lines.named {
		if strings.Contains(path, name) {
			return true
		}
	}
	return false
}
