package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/testmodule"
)

// In short mode, the go command of the cases is quickGo. It answers `go list` for simple
// packages without listing their imports again, because that takes nearly all the time of a
// run of jobgen. It passes everything else to the real go command, such as a package with
// other build constraints, with cgo, or with an import of the case's own module. Without
// -short, the cases run with the real go command.

// quickVar is the environment variable with the directory of a quickGo.
const quickVar = "JOBGEN_TEST_QUICK_GO"

// quickSetup is what quickGo reads from its directory.
type quickSetup struct {
	Go    string   // the path of the real go command
	Env   []string // the variables of the environment in which answers are the same
	GoMod []byte   // the go.mod of the modules for which answers are the same
}

// knownImports are the packages that a simple package can import.
var knownImports = []string{
	"context", "encoding/json", "errors", "fmt", "log/slog", "os", "strings", "sync", "time",
	"github.com/aws/aws-lambda-go/events", "github.com/aws/aws-lambda-go/lambda",
	model.RuntimePath, model.RuntimePath + "/dispatch", model.RuntimePath + "/decode",
}

// newQuickGo makes the directory of a quickGo. It returns the change of a case's
// environment that puts it in front of the real go command.
func newQuickGo(t *testing.T, module *testmodule.Module) func(*testscript.Env) error {
	t.Helper()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(dir, "go")); err != nil {
		return func(*testscript.Env) error { return nil } // Windows allows it to few users
	}
	real, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	goMod, err := os.ReadFile(filepath.Join(module.Dir(t, nil), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	return func(env *testscript.Env) error {
		env.Setenv("PATH", dir+string(filepath.ListSeparator)+env.Getenv("PATH"))
		env.Setenv(quickVar, dir)
		data, err := json.Marshal(quickSetup{Go: real, Env: goSettings(env.Vars), GoMod: goMod})
		if err != nil {
			return err
		}
		return replaceFile(filepath.Join(dir, "setup.json"), data)
	}
}

// goSettings returns the variables that the go command reads, sorted, without those that
// jobgen sets for every command.
func goSettings(env []string) []string {
	last := map[string]string{}
	for _, v := range env {
		name, value, _ := strings.Cut(v, "=")
		if (strings.HasPrefix(name, "GO") || strings.HasPrefix(name, "CGO")) && name != "GOTMPDIR" && name != "GOOS" && name != "GOPACKAGESDRIVER" {
			last[name] = value
		}
	}
	var settings []string
	for name, value := range last {
		if value != "" {
			settings = append(settings, name+"="+value)
		}
	}
	slices.Sort(settings)
	return settings
}

// replaceFile writes a file that other processes may read or write.
func replaceFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// quickGo is the main function of a go command that answers what it can.
func quickGo() {
	dir := os.Getenv(quickVar)
	var setup quickSetup
	data, err := os.ReadFile(filepath.Join(dir, "setup.json"))
	if err == nil {
		err = json.Unmarshal(data, &setup)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "the go command of the cases:", err)
		os.Exit(exitBad)
	}
	settings := goSettings(os.Environ())
	if isUnsafe(os.Args) { // which is the same without modules
		settings = slices.DeleteFunc(settings, func(v string) bool { return v == "GO111MODULE=off" })
	}
	if slices.Equal(setup.Env, settings) {
		if answer, err := setup.answer(dir, os.Args[1:]); err == nil {
			os.Stdout.Write(answer)
			os.Exit(exitClean)
		}
	}
	cmd := exec.Command(setup.Go, os.Args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = cmd.Run()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		os.Exit(failed.ExitCode())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitBad)
	}
	os.Exit(exitClean)
}

// isUnsafe reports whether the arguments list the package unsafe. Such a command only asks for
// settings of the go command, with a template.
func isUnsafe(args []string) bool { return args[len(args)-1] == "unsafe" }

// errNotSimple is the error for questions that the real go command must answer.
var errNotSimple = errors.New("the real go command must answer")

// answer returns the output of `go list` for the package unsafe or for simple packages.
func (s quickSetup) answer(dir string, args []string) ([]byte, error) {
	if args[0] != "list" || slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "-tags") }) {
		return nil, errNotSimple
	}
	if isUnsafe(args) {
		return s.recorded(dir, args)
	}
	at := slices.Index(args, "--")
	if at < 0 || !slices.Contains(args, "-export=true") {
		return nil, errNotSimple
	}
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	overlaid, err := readOverlay(args[:at])
	if err != nil {
		return nil, err
	}
	var answer bytes.Buffer
	for _, pattern := range args[at+1:] {
		p, err := s.simplePackage(root, pattern, overlaid)
		if err != nil {
			return nil, err
		}
		if err := json.NewEncoder(&answer).Encode(p); err != nil {
			return nil, err
		}
	}
	imports, err := s.recorded(dir, append(slices.Clone(args[:at+1]), knownImports...))
	return append(answer.Bytes(), imports...), err
}

// recorded returns the output of a command that is the same in all cases. It ignores the
// overlay, which replaces no file of the listed packages.
func (s quickSetup) recorded(dir string, args []string) ([]byte, error) {
	args = slices.DeleteFunc(slices.Clone(args), func(a string) bool { return strings.HasPrefix(a, "-overlay=") })
	name := filepath.Join(dir, fmt.Sprintf("%x.json", sha256.Sum256([]byte(strings.Join(args, "\x00")))))
	if data, err := os.ReadFile(name); err == nil {
		return data, nil
	}
	out, err := exec.Command(s.Go, args...).Output()
	if err == nil && slices.Contains(args, "-deps=true") {
		out, err = asImports(out)
	}
	if err != nil {
		return nil, err
	}
	return out, replaceFile(name, out)
}

// asImports changes an output of `go list`: it marks all packages as dependencies of those that
// the arguments name.
func asImports(list []byte) ([]byte, error) {
	var out bytes.Buffer
	for from, to := json.NewDecoder(bytes.NewReader(list)), json.NewEncoder(&out); ; {
		var p map[string]any
		err := from.Decode(&p)
		if err == io.EOF {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
		p["DepOnly"] = true
		if err := to.Encode(p); err != nil {
			return nil, err
		}
	}
}

// listedPackage is what `go list` says of a simple package.
type listedPackage struct {
	ImportPath, Name, Dir             string
	GoFiles, CompiledGoFiles, Imports []string
	Module                            struct {
		Path, Dir, GoMod, GoVersion string
		Main                        bool
	}
}

// simplePackage describes a package whose files are all in the build, and whose imports
// are known.
func (s quickSetup) simplePackage(root, dir string, overlaid build.Context) (*listedPackage, error) {
	goMod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil || !bytes.Equal(goMod, s.GoMod) {
		return nil, errNotSimple
	}
	if _, err := os.Lstat(filepath.Join(root, "vendor")); err == nil {
		return nil, errNotSimple
	}
	rel, err := filepath.Rel(root, dir)
	if err != nil || !filepath.IsLocal(rel) {
		return nil, errNotSimple
	}
	p, err := overlaid.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	isKnown := func(name string) bool { return slices.Contains(knownImports, name) }
	if len(p.GoFiles) == 0 || len(p.IgnoredGoFiles)+len(p.CgoFiles)+len(p.IgnoredOtherFiles)+len(p.EmbedPatterns) > 0 ||
		slices.ContainsFunc(p.Imports, func(name string) bool { return !isKnown(name) }) {
		return nil, errNotSimple
	}
	l := &listedPackage{ImportPath: path.Join(testmodule.Path, filepath.ToSlash(rel)), Name: p.Name, Dir: dir, GoFiles: p.GoFiles, CompiledGoFiles: p.GoFiles, Imports: p.Imports}
	l.Module.Main, l.Module.Path, l.Module.Dir, l.Module.GoMod = true, testmodule.Path, root, filepath.Join(root, "go.mod")
	l.Module.GoVersion = string(goLine.FindSubmatch(goMod)[1])
	return l, nil
}

var goLine = regexp.MustCompile(`(?m)^go (\S+)$`)

// readOverlay returns a build for Lambda with the files of an -overlay flag.
func readOverlay(args []string) (build.Context, error) {
	b := build.Default
	b.GOOS = "linux"
	var overlay struct{ Replace map[string]string }
	for _, a := range args {
		file, ok := strings.CutPrefix(a, "-overlay=")
		if !ok {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return b, err
		}
		if err := json.Unmarshal(data, &overlay); err != nil {
			return b, err
		}
	}
	b.OpenFile = func(name string) (io.ReadCloser, error) {
		if other, ok := overlay.Replace[name]; ok {
			name = other
		}
		return os.Open(name)
	}
	b.ReadDir = func(dir string) ([]fs.FileInfo, error) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		var files []fs.FileInfo
		for _, e := range entries {
			if _, ok := overlay.Replace[filepath.Join(dir, e.Name())]; ok {
				continue
			}
			info, err := e.Info()
			if err != nil {
				return nil, err
			}
			files = append(files, info)
		}
		for name, other := range overlay.Replace {
			if filepath.Dir(name) != dir || other == "" {
				continue
			}
			info, err := os.Stat(other)
			if err != nil {
				return nil, err
			}
			files = append(files, renamed{info, filepath.Base(name)})
		}
		slices.SortFunc(files, func(a, b fs.FileInfo) int { return strings.Compare(a.Name(), b.Name()) })
		return files, nil
	}
	return b, nil
}

// renamed is a file with another name.
type renamed struct {
	fs.FileInfo
	name string
}

func (r renamed) Name() string { return r.name }

// TestQuickGo checks that quickGo answers all questions about a simple package, once it has
// the answers about the imports.
func TestQuickGo(t *testing.T) {
	t.Parallel()
	module, dir := testmodule.New(t), t.TempDir()
	if err := module.Write(dir); err != nil {
		t.Fatal(err)
	}
	source := "package app\n\ntype Job struct{}\n\n//jobs:rate 1 hour\nfunc (j *Job) Do() error { return nil }\n"
	if err := os.WriteFile(filepath.Join(dir, "jobs.go"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	env := &testscript.Env{Vars: append(os.Environ(), module.Env()...)}
	if err := newQuickGo(t, module)(env); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		cmd := exec.Command("jobgen", ".")
		cmd.Dir, cmd.Env = dir, env.Vars
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		name := filepath.Join(env.Getenv(quickVar), "setup.json")
		var setup quickSetup
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &setup); err != nil {
			t.Fatal(err)
		}
		setup.Go = filepath.Join(dir, "none") // from now on, the real go command is missing
		if data, err = json.Marshal(setup); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
