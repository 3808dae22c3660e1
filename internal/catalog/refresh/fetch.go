package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// specFile is the path of the schemas in the npm package.
const specFile = "package/db.json.gz"

// readPackage reads a pinned npm package from a file or, without one, fetches it. It returns
// the file's name too.
func readPackage(file, temp, name, version string) (string, []byte, error) {
	if file == "" {
		fetched, err := fetch(temp, "*-"+version+".tgz", "npm", "pack", "--silent", "--pack-destination", temp, name+"@"+version)
		if err != nil {
			return "", nil, err
		}
		file = fetched
	}
	data, err := os.ReadFile(file)
	return file, data, err
}

// specBytes returns the pinned package's db.json.gz, from file or else by npm.
func specBytes(file, temp string) ([]byte, error) {
	file, data, err := readPackage(file, temp, specPackage, specVersion)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(file, "db.json.gz") {
		files, err := fromTarball(data, func(name string) bool { return name == specFile })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if data = files[specFile]; data == nil {
			return nil, fmt.Errorf("%s: the archive has no %s", file, specFile)
		}
	}
	return data, checkDigest(data, specVersion, specDigest)
}

// fetch runs a package manager's download into temp and returns the one file
// that matches glob there.
func fetch(temp, glob, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = temp
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, out)
	}
	files, err := filepath.Glob(filepath.Join(temp, glob))
	if err != nil {
		return "", err
	}
	if len(files) != 1 {
		return "", fmt.Errorf("%s left %d files %s, not one", strings.Join(cmd.Args, " "), len(files), glob)
	}
	return files[0], nil
}

// fromTarball returns the contents of the files of a .tgz archive that keep selects, by name.
func fromTarball(data []byte, keep func(name string) bool) (map[string][]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	archive := tar.NewReader(unzipped)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err == nil && keep(header.Name) {
			files[header.Name], err = io.ReadAll(archive)
		}
		if err != nil {
			return nil, err
		}
	}
}

func checkDigest(data []byte, version, want string) error {
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != want {
		return fmt.Errorf("the content is not that of the pinned version %s: SHA-256 %s, pinned %s; to move to another version change pins.go", version, got, want)
	}
	return nil
}
