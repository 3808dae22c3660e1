package load

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jobgen/jobgen/internal/snapshot"
	"github.com/jobgen/jobgen/internal/tempdir"
)

// overlay holds the texts that replace files while packages are loaded, by path; nil
// hides a file.
//
// The go command reads it through its -overlay flag. If the Overlay field of
// go/packages were set instead, go/packages would use no export data and type-check
// the standard library from source.
type overlay map[string][]byte

// unline replaces the files of a directory that have //line comments.
func (o overlay) unline(sources *snapshot.Snapshot, dir string) error {
	files, err := sources.Dir(dir)
	for _, f := range files {
		if src := withoutLineComments(f.Data); src != nil {
			o[f.Path] = src
		}
	}
	return err
}

// write writes the overlay for the go command into a temporary folder, and returns
// the file that its -overlay flag takes.
func (o overlay) write() (file string, dir *tempdir.Dir, err error) {
	dir, err = tempdir.New(tempdir.Load)
	if err != nil {
		return "", nil, err
	}
	if file, err = o.writeTo(dir.Path); err != nil {
		dir.Remove()
		return "", nil, err
	}
	return file, dir, nil
}

func (o overlay) writeTo(dir string) (string, error) {
	replace := map[string]string{}
	for path, src := range o {
		if src == nil {
			replace[path] = ""
			continue
		}
		file := filepath.Join(dir, strconv.Itoa(len(replace))+".go")
		if err := os.WriteFile(file, src, 0o600); err != nil {
			return "", err
		}
		replace[path] = file
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "overlay.json")
	return file, os.WriteFile(file, data, 0o600)
}
