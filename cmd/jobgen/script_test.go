package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/jobgen/jobgen/internal/testmodule"
)

var update = flag.Bool("update", false, "rewrite the golden parts of the cases in testdata")

func TestMain(m *testing.M) {
	if os.Getenv(workerVar) != "" {
		if err := work(); err != nil {
			fmt.Fprintln(os.Stderr, "the worker:", err)
			os.Exit(exitBad)
		}
		os.Exit(exitClean)
	}
	testscript.Main(cleanUp{m}, map[string]func(){"jobgen": main})
}

// cleanUp removes the module proxy after the tests.
type cleanUp struct{ *testing.M }

func (c cleanUp) Run() int {
	defer removeProxy()
	return c.M.Run()
}

// TestCases runs the cases in testdata. A folder is a subject, and a file is a case. Each
// case is a module, example.com/app, with this repository's dependencies. In addition to
// testscript's commands, a case can use those in caseCommands.
func TestCases(t *testing.T) {
	module := testmodule.New(t)
	quicken := func(*testscript.Env) {}
	if testing.Short() {
		quicken = newQuickPrograms(t, module).setup
	}
	subjects, err := filepath.Glob(filepath.Join(module.Root, "testdata", "*", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]string{}
	for _, file := range subjects {
		subject := filepath.Base(filepath.Dir(file))
		files[subject] = append(files[subject], file)
	}
	if len(files) == 0 {
		t.Fatal("there are no cases in testdata")
	}
	for subject, cases := range files {
		t.Run(subject, func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, testscript.Params{
				Files: cases, Cmds: caseCommands, UpdateScripts: *update,
				Condition: func(name string) (bool, error) { return condition(module, name) },
				Setup: func(env *testscript.Env) error {
					if err := setup(module, env); err != nil {
						return err
					}
					quicken(env)
					return nil
				},
			})
		})
	}
}

// condition evaluates the conditions root, whether the user may write everywhere, and
// newest-go: whether the go command can run the newest Go that the project is tested with.
// It may have to download it. The variable NEWEST_GO has the name of this release.
func condition(module *testmodule.Module, name string) (bool, error) {
	switch name {
	case "root":
		return os.Geteuid() == 0, nil
	case "newest-go":
	default:
		return false, fmt.Errorf("unknown condition %q", name)
	}
	newest, err := newestGo(module)
	if err != nil {
		return false, err
	}
	cmd := exec.Command("go", "version")
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+newest)
	out, err := cmd.CombinedOutput()
	if err != nil && os.Getenv("CI") != "" {
		return false, fmt.Errorf("%w\n%s", err, out)
	}
	return err == nil, nil
}

// newestGo reads the release from .ci/tools.
func newestGo(module *testmodule.Module) (string, error) {
	tools, err := os.ReadFile(filepath.Join(module.Root, ".ci", "tools"))
	if err != nil {
		return "", err
	}
	m := regexp.MustCompile(`(?m)^newest_go=(\S+)$`).FindSubmatch(tools)
	if m == nil {
		return "", errors.New(".ci/tools has no newest_go")
	}
	return string(m[1]), nil
}

// setup makes a case's directory a module, unless the case has a go.mod.
func setup(module *testmodule.Module, env *testscript.Env) error {
	env.Vars = append(env.Vars, module.Env()...)
	// With the race detector, every process would sleep for a second before it exits.
	env.Vars = append(env.Vars, strings.TrimSpace("GORACE=atexit_sleep_ms=0 "+env.Getenv("GORACE")))
	if testing.Short() {
		// Collecting garbage and waiting for other threads take nearly half of the time of
		// jobgen and its go commands. The cases run in parallel anyway.
		env.Vars = append(env.Vars, "GOGC=off", "GOMAXPROCS=1")
	}
	newest, err := newestGo(module)
	if err != nil {
		return err
	}
	env.Vars = append(env.Vars, "NEWEST_GO="+newest)
	env.Values[keptTree{}] = tree{}
	return module.Write(env.WorkDir)
}

// caseCommands are commands for cases in addition to testscript's.
var caseCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"code":     commandCode,
	"edit":     commandEdit,
	"unescape": commandUnescape,
	"keep":     commandKeep,
	"kept":     commandKept,
	"spared":   commandSpared,
	"passes":   commandPasses,
	"proxy":    commandProxy,
	"repeat":   commandRepeat,
}

// commandCode runs a program and checks its exit code:
//
//	code 2 jobgen -check ./...
//
// It also checks that a jobgen with another exit code than 0 has changed no file.
func commandCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	before := treeOf(ts)
	if got := exitCode(ts, ts.Exec(args[1], args[2:]...)); got != want {
		ts.Fatalf("%s exits with %d, want %d", args[1], got, want)
	}
	// A panic exits with 2 as well.
	if stderr := ts.ReadFile("stderr"); strings.Contains(stderr, "\ngoroutine ") {
		ts.Fatalf("%s panics", args[1])
	}
	// These generate before they build and run the program, which can fail.
	generates := len(args) > 2 && (args[2] == "run" || args[2] == "build")
	if want != exitClean && args[1] == "jobgen" && !generates {
		before.compare(ts)
	}
}

func exitCode(ts *testscript.TestScript, err error) int {
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return failed.ExitCode()
	}
	ts.Check(err)
	return 0
}

// commandEdit replaces a text that occurs exactly once in a file:
//
//	edit jobs.go 'InstanceStopping' 'InstanceStopped'
func commandEdit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if n := strings.Count(text, args[1]); n != 1 {
		ts.Fatalf("%q occurs %d times in %s, want once", args[1], n, args[0])
	}
	text = strings.Replace(text, args[1], args[2], 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

var escape = regexp.MustCompile(`\\x([0-9a-f]{2})`)

// commandUnescape replaces each \xNN in files by the byte with this value, because a
// case can't contain every byte.
func commandUnescape(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: unescape FILE...")
	}
	for _, file := range args {
		text := escape.ReplaceAllStringFunc(ts.ReadFile(file), func(s string) string {
			b, err := strconv.ParseUint(s[len(`\x`):], 16, 8)
			ts.Check(err)
			return string([]byte{byte(b)})
		})
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o666))
	}
}

// commandRepeat replaces a text in a file by N copies of another text:
//
//	repeat jobs.go MANY '[' 10000
func commandRepeat(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: repeat FILE PLACE TEXT N")
	}
	n, err := strconv.Atoi(args[3])
	ts.Check(err)
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%q does not occur in %s", args[1], args[0])
	}
	text = strings.ReplaceAll(text, args[1], strings.Repeat(args[2], n))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

type keptTree struct{}

// commandKeep records every file with its bytes and times.
func commandKeep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: keep")
	}
	tree := ts.Value(keptTree{}).(tree)
	clear(tree)
	for path, file := range treeOf(ts) {
		tree[path] = file
	}
}

// commandKept checks that no file, and no file's time, has changed since keep.
func commandKept(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: kept")
	}
	ts.Value(keptTree{}).(tree).compare(ts)
}

// commandSpared checks that no file that keep recorded has changed, except the named ones.
// There may be new files:
//
//	spared go.mod go.sum
func commandSpared(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: spared [FILE...]")
	}
	now := treeOf(ts)
	for _, name := range args {
		delete(now, ts.MkAbs(name))
	}
	for path, was := range ts.Value(keptTree{}).(tree) {
		if is, ok := now[path]; ok && is != was {
			ts.Fatalf("%s has changed:\n%q\n%q", path, was, is)
		} else if _, err := os.Lstat(path); err != nil {
			ts.Fatalf("%s is gone", path)
		}
	}
}

// commandPasses checks that the generated files of the module here are up to date, and that
// its packages pass go vet and their tests. With -short, it only checks the files.
func commandPasses(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: passes")
	}
	ts.Check(ts.Exec("jobgen", "-check", "./..."))
	if !testing.Short() {
		ts.Check(ts.Exec("go", "vet", "./..."))
		ts.Check(ts.Exec("go", "test", "./..."))
	}
}

// tree describes the files of a case, by path.
type tree map[string]string

func treeOf(ts *testscript.TestScript) tree {
	files := tree{}
	root := ts.Getenv("WORK")
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".tmp":
			return filepath.SkipDir
		case entry.IsDir():
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		var data []byte
		switch {
		case info.Mode().IsRegular():
			data, err = os.ReadFile(path)
		case info.Mode()&os.ModeSymlink != 0:
			var target string
			target, err = os.Readlink(path)
			data = []byte(target)
		}
		files[path] = fmt.Sprintf("%v %v %s", info.Mode(), info.ModTime(), data)
		return err
	})
	ts.Check(err)
	return files
}

// compare checks that the case's files are the same as in t.
func (t tree) compare(ts *testscript.TestScript) {
	now := treeOf(ts)
	for path, was := range t {
		if is, ok := now[path]; !ok {
			ts.Fatalf("%s is gone", path)
		} else if is != was {
			ts.Fatalf("%s has changed:\n%q\n%q", path, was, is)
		}
	}
	for path := range now {
		if _, ok := t[path]; !ok {
			ts.Fatalf("%s was written", path)
		}
	}
}
