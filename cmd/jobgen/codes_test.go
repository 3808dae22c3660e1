package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/testmodule"
)

// TestEveryCodeHasACase checks that every code is in the expected output of at least one
// case in testdata.
func TestEveryCodeHasACase(t *testing.T) {
	shown := map[string]bool{}
	printed := regexp.MustCompile(`(?:\\?\[|"code":")(JOB[0-9]{3})(?:\\?\]|")`)
	root := filepath.Join(testmodule.New(t).Root, "testdata")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".txtar") {
			return err
		}
		data, err := os.ReadFile(path)
		for _, m := range printed.FindAllSubmatch(data, -1) {
			shown[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range diag.Codes() {
		if !shown[string(info.Code)] {
			t.Errorf("no case in testdata shows %s (%s)", info.Code, info.Title)
		}
	}
}
