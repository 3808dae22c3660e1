package bundle

import (
	"archive/zip"
	"bytes"
	"debug/elf"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestTags(t *testing.T) {
	for user, want := range map[string]string{"": "lambda.norpc", "prod": "lambda.norpc,prod", "a,b": "lambda.norpc,a,b", "a b": "lambda.norpc,a,b"} {
		if got := Tags(user); got != want {
			t.Errorf("-tags %q: %s, want %s", user, got, want)
		}
	}
}

// TestGoFlags checks which flags of GOFLAGS are kept, in the go command's quoting, and
// which are reported.
func TestGoFlags(t *testing.T) {
	for text, want := range map[string]struct{ kept, ignored []string }{
		"":                                     {},
		"-mod=vendor":                          {kept: []string{"-mod=vendor"}},
		"--mod=mod  -modfile=go.other.mod":     {kept: []string{"--mod=mod", "-modfile=go.other.mod"}},
		"'-modfile=a b.mod'":                   {kept: []string{"'-modfile=a b.mod'"}},
		`"-modfile=a'b.mod"`:                   {kept: []string{`"-modfile=a'b.mod"`}},
		"-race -tags=a,b":                      {ignored: []string{"-race", "-tags=a,b"}},
		`"-ldflags=-s -w" -mod=mod`:            {kept: []string{"-mod=mod"}, ignored: []string{"-ldflags=-s -w"}},
		"-buildvcs=false -trimpath -p=4 -v -x": {},
		"-modcacherw\t-gcflags=-N":             {ignored: []string{"-gcflags=-N"}},
	} {
		kept, ignored := divide(fields(text))
		if !slices.Equal(kept, want.kept) || !slices.Equal(ignored, want.ignored) {
			t.Errorf("GOFLAGS=%s: kept %q, ignored %q; want %q", text, kept, ignored, want)
		}
		if again, _ := divide(fields(strings.Join(kept, " "))); !slices.Equal(again, kept) {
			t.Errorf("GOFLAGS=%s: %q is read as %q", text, kept, again)
		}
	}
}

// TestSetEnviron checks that a setting of `go env -w` has no effect either.
func TestSetEnviron(t *testing.T) {
	file := t.TempDir() + "/env"
	if err := os.WriteFile(file, []byte("GOFLAGS=-race\nGOAMD64=v3\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOENV", file)
	for _, name := range []string{"GOFLAGS", "GOAMD64", "GOARM64", "GOOS", "CGO_ENABLED"} {
		t.Setenv(name, "")
	}
	ignored, err := SetEnviron(t.Context(), t.TempDir())
	if err != nil || !slices.Equal(ignored, []string{"-race"}) {
		t.Errorf("%q, %v", ignored, err)
	}
	if flags, level := os.Getenv("GOFLAGS"), os.Getenv("GOAMD64"); flags != "-buildvcs=false" || level != "v1" {
		t.Errorf("GOFLAGS is %s and GOAMD64 is %s", flags, level)
	}
}

func TestDigest(t *testing.T) {
	d := DigestOf([]byte("abc"))
	// FIPS 180-2, appendix B.1.
	if want := "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; d.String() != want {
		t.Errorf("the digest is %s", d)
	}
	if want := "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; d.CodeSHA256() != want {
		t.Errorf("CodeSha256 is %s", d.CodeSHA256())
	}
	if want := "example.com/a/lambda/ba7816bf8f01cfea.zip"; d.Key("example.com/a/lambda") != want {
		t.Errorf("the key is %s", d.Key("example.com/a/lambda"))
	}
}

// TestIsOurs checks files that jobgen did not build. TestBuild in cmd/jobgen checks that a
// build replaces what an earlier build has written.
func TestIsOurs(t *testing.T) {
	// The test's own program is built with Go and contains jobgen, but without the tag
	// lambda.norpc.
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := Zip([]byte("#!/bin/sh\n"))
	if err != nil {
		t.Fatal(err)
	}
	for about, file := range map[string]struct {
		name string
		data []byte
	}{
		"a script":                {ProgramFile, []byte("#!/bin/sh\nexec ./server\n")},
		"a program of other tags": {ProgramFile, program},
		"a part of a program":     {ProgramFile, []byte(elf.ELFMAG + "\x02\x01\x01")},
		"no zip file":             {ZipFile, []byte("text")},
		"a script in a zip file":  {ZipFile, packed},
		"a zip file of two":       {ZipFile, zipOf(t, ProgramFile, "handler.js")},
		"a zip file of another":   {ZipFile, zipOf(t, "handler.js")},
		"a zip file of none":      {ZipFile, zipOf(t)},
	} {
		if IsOurs(file.name, file.data) {
			t.Errorf("%s counts as jobgen's", about)
		}
	}
}

func zipOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
