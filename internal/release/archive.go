package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// entry is a file in an archive.
type entry struct {
	name       string // with slashes
	content    []byte
	executable bool
}

func (e entry) mode() int64 {
	if e.executable {
		return 0o755
	}
	return 0o644
}

// sorted returns the entries with a folder before their names, sorted by name.
func sorted(folder string, entries []entry) []entry {
	entries = slices.Clone(entries)
	for i := range entries {
		entries[i].name = folder + "/" + entries[i].name
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return entries
}

// writeTar writes a compressed tar archive. All files in it have the same time.
func writeTar(w io.Writer, folder string, entries []entry, at time.Time) error {
	compressed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(compressed)
	for _, e := range sorted(folder, entries) {
		header := &tar.Header{Format: tar.FormatPAX, Name: e.name, Mode: e.mode(), Size: int64(len(e.content)), ModTime: at}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		if _, err := archive.Write(e.content); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return compressed.Close()
}

// writeZip writes a zip archive. All files in it have the same time.
func writeZip(w io.Writer, folder string, entries []entry, at time.Time) error {
	archive := zip.NewWriter(w)
	for _, e := range sorted(folder, entries) {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: at.UTC()}
		header.SetMode(fs.FileMode(e.mode()))
		file, err := archive.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := file.Write(e.content); err != nil {
			return err
		}
	}
	return archive.Close()
}
