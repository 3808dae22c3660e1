package jobstest

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Generated expects that the generated files are up to date. It runs "go tool jobgen
// -check" for the packages, which are package patterns of the go command, relative to
// the test's package. Without arguments it checks the test's package. The module's
// go.mod must have jobgen as a tool.
//
// If the check can't be run, the test fails. It is never skipped.
func Generated(t testing.TB, packages ...string) {
	t.Helper()
	GeneratedBy(t, []string{"go", "tool", "jobgen"}, packages...)
}

// GeneratedBy is like Generated, with another command for jobgen: a program and its
// arguments, such as {"go", "run", "github.com/jobgen/jobgen/cmd/jobgen@v1.2.3"}. Flags
// of jobgen may follow.
func GeneratedBy(t testing.TB, jobgen []string, packages ...string) {
	t.Helper()
	if len(jobgen) == 0 {
		t.Fatal("jobstest: no command for jobgen given")
	}
	statFiles(t, packages)
	args := append(append(append([]string{}, jobgen[1:]...), "-check"), packages...)
	command := strings.Join(append([]string{jobgen[0]}, args...), " ")
	out, err := exec.CommandContext(t.Context(), jobgen[0], args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s\n"+
			"If files are stale, run go generate; if there is no such tool, run\n"+
			"\tgo get -tool github.com/jobgen/jobgen/cmd/jobgen", command, err, out)
	}
}

// statFiles calls os.Stat for the files of the packages that are given as directories. The
// go command caches a test's result until a file that the test has opened or examined
// changes. It doesn't know the files that another process reads.
func statFiles(t testing.TB, packages []string) {
	t.Helper()
	if len(packages) == 0 {
		packages = []string{"."}
	}
	for _, p := range packages {
		root, all := strings.CutSuffix(filepath.ToSlash(p), "...")
		if !strings.HasPrefix(root, ".") && !filepath.IsAbs(root) {
			continue // an import path
		}
		if err := statAll(filepath.Clean(root), all); err != nil {
			t.Errorf("jobstest: %v", err)
		}
	}
}

// statAll calls os.Stat for the files of a directory. If deep is set, it also does so for
// the directories below it that can be packages.
func statAll(root string, deep bool) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && (!deep || isIgnored(entry.Name())):
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		// The result doesn't matter, and the file may have been removed.
		_, _ = os.Stat(path)
		return nil
	})
}

// isIgnored reports whether the go command ignores a directory.
func isIgnored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata"
}
