package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const changelog = `# Changelog

## [Unreleased]

## [0.2.0] - 2027-01-31

### Added

- A thing.

## [0.1.0] - 2026-11-30

- The first one.

[Unreleased]: https://example.com/compare/v0.2.0...HEAD
[0.2.0]: https://example.com/v0.2.0
`

func TestReleaseNotes(t *testing.T) {
	for _, test := range []struct {
		name, text, number string
		want, wantErr      string
	}{
		{name: "the newest", text: changelog, number: "v0.2.0", want: "### Added\n\n- A thing.\n"},
		{name: "the last", text: strings.Replace(changelog, "## [0.2.0] - 2027-01-31", "", 1), number: "v0.1.0", want: "- The first one.\n"},
		{name: "not the newest", text: changelog, number: "v0.1.0", wantErr: "the newest version in CHANGELOG.md is 0.2.0, and internal/version has v0.1.0"},
		{name: "not there", text: changelog, number: "v0.3.0", wantErr: "add a section ## [0.3.0] - YYYY-MM-DD"},
		{name: "no date", text: strings.Replace(changelog, " - 2027-01-31", "", 1), number: "v0.2.0", wantErr: "has no date"},
		{name: "no text", text: strings.Replace(changelog, "### Added\n\n- A thing.\n", "", 1), number: "v0.2.0", wantErr: "is empty"},
		{name: "no version", text: "# Changelog\n", number: "v0.2.0", wantErr: "CHANGELOG.md has no version"},
	} {
		got, err := releaseNotes(test.text, test.number)
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
		if message := fmt.Sprint(err); test.wantErr == "" && err != nil || !strings.Contains(message, test.wantErr) {
			t.Errorf("%s: got the error %v, want %q", test.name, err, test.wantErr)
		}
	}
}

func TestUnreleased(t *testing.T) {
	if err := checkUnreleased(changelog)(io.Discard); err != nil {
		t.Error(err)
	}
	changed := strings.Replace(changelog, "## [Unreleased]\n", "## [Unreleased]\n\n- A new thing.\n", 1)
	if err := checkUnreleased(changed)(io.Discard); err == nil {
		t.Error("no error for a change that is not assigned to a version")
	}
}

// TestArchives reads both kinds of archives again. Their bytes don't depend on the order of
// the entries.
func TestArchives(t *testing.T) {
	at := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	entries := []entry{{"jobgen", []byte("program"), true}, {"licenses/go/LICENSE", []byte("text"), false}}
	turned := []entry{entries[1], entries[0]}
	want := "j/jobgen -rwxr-xr-x 2026-11-30T12:00:00Z program\nj/licenses/go/LICENSE -rw-r--r-- 2026-11-30T12:00:00Z text\n"
	for name, kind := range map[string]struct {
		write func(io.Writer, string, []entry, time.Time) error
		read  func(*testing.T, []byte) string
	}{"tar": {writeTar, readTar}, "zip": {writeZip, readZip}} {
		var first, second bytes.Buffer
		if err := kind.write(&first, "j", entries, at); err != nil {
			t.Fatal(err)
		}
		if err := kind.write(&second, "j", turned, at.In(time.FixedZone("other", 3600))); err != nil {
			t.Fatal(err)
		}
		if got := kind.read(t, first.Bytes()); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: the same files give other bytes", name)
		}
	}
}

func readTar(t *testing.T, content []byte) string {
	t.Helper()
	plain, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for archive := tar.NewReader(plain); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		file, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		info := header.FileInfo()
		fmt.Fprintf(&text, "%s %s %s %s\n", header.Name, info.Mode(), info.ModTime().UTC().Format(time.RFC3339), file)
	}
}

func readZip(t *testing.T, content []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		file, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "%s %s %s %s\n", f.Name, f.Mode(), f.Modified.UTC().Format(time.RFC3339), file)
	}
	return text.String()
}

// TestUsage tests that nothing is built, and no file is written, after an error in the
// command line.
func TestUsage(t *testing.T) {
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "old.zip"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{nil, "usage: release"},
		{[]string{"-targets", "plan9/386", t.TempDir()}, `no archives for "plan9/386"; there are linux/amd64`},
		{[]string{full}, "has files, such as old.zip; give a new folder"},
	} {
		if err := run(test.args, io.Discard); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("release %q: got the error %v, want %q", test.args, err, test.want)
		}
	}
}
