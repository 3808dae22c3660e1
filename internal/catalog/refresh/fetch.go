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
		fetched, err := npmPack(temp, name, version)
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
		if data, err = fromTarball(data, specFile); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return data, checkDigest(data, specVersion, specDigest)
}

// npmPack downloads a package by npm into temp and returns its file.
func npmPack(temp, name, version string) (string, error) {
	return fetch(temp, "*-"+version+".tgz", "npm", "pack", "--silent", "--pack-destination", temp, name+"@"+version)
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

func fromTarball(data []byte, name string) ([]byte, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	archive := tar.NewReader(unzipped)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("the archive has no %s", name)
		}
		if err != nil {
			return nil, err
		}
		if header.Name == name {
			return io.ReadAll(archive)
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
