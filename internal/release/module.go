package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	modules "golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	"golang.org/x/mod/zip"

	"github.com/jobgen/jobgen/internal/version"
)

// packed is jobgen's module as a proxy serves it.
type packed struct {
	time time.Time // the time of the commit
	sums string    // the module's lines in a go.sum
}

// writeModule packs the commit that is checked out, in the layout of GOPROXY=file://dir.
func writeModule(dir string) (packed, error) {
	at, err := commitTime()
	if err != nil {
		return packed{}, err
	}
	folder := filepath.Join(dir, filepath.FromSlash(module), "@v")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return packed{}, err
	}
	base := filepath.Join(folder, version.Number)
	if err := writeZipOfModule(base + ".zip"); err != nil {
		return packed{}, err
	}
	goMod, err := output("git", "show", "HEAD:go.mod")
	if err != nil {
		return packed{}, err
	}
	info, err := json.Marshal(struct {
		Version string
		Time    time.Time
	}{version.Number, at})
	if err != nil {
		return packed{}, err
	}
	for name, content := range map[string]string{
		base + ".mod":                 goMod + "\n",
		base + ".info":                string(info) + "\n",
		filepath.Join(folder, "list"): version.Number + "\n",
	} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			return packed{}, err
		}
	}
	sums, err := goSum(base)
	return packed{at, sums}, err
}

// writeZipOfModule writes the zip file of the module. It packs a clone, because package zip
// doesn't accept a folder that `git worktree` made.
func writeZipOfModule(name string) error {
	clone, err := os.MkdirTemp("", "jobgen-clone-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(clone)
	if _, err := output("git", "clone", "--quiet", "--shared", "--no-checkout", ".", clone); err != nil {
		return err
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := zip.CreateFromVCS(file, modules.Version{Path: module, Version: version.Number}, clone, "HEAD", ""); err != nil {
		return err
	}
	return file.Close()
}

// goSum returns the module's two lines in a go.sum.
func goSum(base string) (string, error) {
	tree, err := dirhash.HashZip(base+".zip", dirhash.Hash1)
	if err != nil {
		return "", err
	}
	goMod, err := dirhash.Hash1([]string{"go.mod"}, func(string) (io.ReadCloser, error) { return os.Open(base + ".mod") })
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%[1]s %[2]s %[3]s\n%[1]s %[2]s/go.mod %[4]s\n", module, version.Number, tree, goMod), nil
}

// commitTime returns the time of the commit that is checked out.
func commitTime() (time.Time, error) {
	text, err := output("git", "log", "-1", "--format=%cI")
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(text))
	return at.UTC(), err
}
