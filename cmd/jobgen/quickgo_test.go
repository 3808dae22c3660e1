package main

import (
	"bytes"
	"encoding/json"
	"errors"
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
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/standin"
	"github.com/jobgen/jobgen/internal/testmodule"
)

// In short mode, the go command of the cases is quickGo. It answers `go list` for simple
// packages without listing their imports again, because that takes nearly all the time of a
// run of jobgen. It passes everything else to the real go command, such as a package with
// other build constraints, with cgo, or with an import of the case's own module. Without
// -short, the cases run with the real go command.

// quickGo is a go command that answers what it can.
type quickGo struct {
	real  string // the path of the real go command
	goMod []byte // the go.mod of the modules for which answers are the same

	mu sync.Mutex
	// settings are the variables of the environment in which answers are the same. Empty
	// until the first case.
	settings []string
	answers  map[string]func() ([]byte, error) // of commands that are the same in all cases
}

// knownImports are the packages that a simple package can import.
var knownImports = []string{
	"context", "encoding/json", "errors", "fmt", "log/slog", "os", "strings", "sync", "time",
	"github.com/aws/aws-lambda-go/events", "github.com/aws/aws-lambda-go/lambda",
	model.RuntimePath, model.RuntimePath + "/dispatch", model.RuntimePath + "/decode",
}

func newQuickGo(t *testing.T, module *testmodule.Module) *quickGo {
	t.Helper()
	real, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	goMod, err := os.ReadFile(filepath.Join(module.Dir(t, nil), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	return &quickGo{real: real, goMod: goMod, answers: map[string]func() ([]byte, error){}}
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

// run answers a command, or says that the real go command must run.
func (q *quickGo) run(r *standin.Request) standin.Answer {
	settings := goSettings(r.Env)
	if isUnsafe(r.Args) { // which is the same without modules
		settings = slices.DeleteFunc(settings, func(v string) bool { return v == "GO111MODULE=off" })
	}
	if slices.Equal(q.settings, settings) {
		if answer, err := q.answer(r); err == nil {
			return standin.Answer{Stdout: answer}
		}
	}
	return standin.Answer{Program: q.real}
}

// isUnsafe reports whether the arguments list the package unsafe. Such a command only asks for
// settings of the go command, with a template.
func isUnsafe(args []string) bool { return args[len(args)-1] == "unsafe" }

// errNotSimple is the error for questions that the real go command must answer.
var errNotSimple = errors.New("the real go command must answer")

// answer returns the output of `go list` for the package unsafe or for simple packages.
func (q *quickGo) answer(r *standin.Request) ([]byte, error) {
	args := r.Args
	if args[0] != "list" || slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "-tags") }) {
		return nil, errNotSimple
	}
	if isUnsafe(args) {
		return q.recorded(r, args)
	}
	at := slices.Index(args, "--")
	if at < 0 || !slices.Contains(args, "-export=true") {
		return nil, errNotSimple
	}
	overlaid, err := readOverlay(args[:at])
	if err != nil {
		return nil, err
	}
	var answer bytes.Buffer
	for _, pattern := range args[at+1:] {
		p, err := q.simplePackage(r.Dir, pattern, overlaid)
		if err != nil {
			return nil, err
		}
		if err := json.NewEncoder(&answer).Encode(p); err != nil {
			return nil, err
		}
	}
	imports, err := q.recorded(r, append(slices.Clone(args[:at+1]), knownImports...))
	return append(answer.Bytes(), imports...), err
}

// recorded returns the output of a command that is the same in all cases. It ignores the
// overlay, which replaces no file of the listed packages.
func (q *quickGo) recorded(r *standin.Request, args []string) ([]byte, error) {
	args = slices.DeleteFunc(slices.Clone(args), func(a string) bool { return strings.HasPrefix(a, "-overlay=") })
	key := strings.Join(args, "\x00")
	q.mu.Lock()
	answer, ok := q.answers[key]
	if !ok {
		answer = sync.OnceValues(func() ([]byte, error) {
			cmd := exec.Command(q.real, args...)
			cmd.Dir, cmd.Env = r.Dir, r.Env
			out, err := cmd.Output()
			if err == nil && slices.Contains(args, "-deps=true") {
				return asImports(out)
			}
			return out, err
		})
		q.answers[key] = answer
	}
	q.mu.Unlock()
	return answer()
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
func (q *quickGo) simplePackage(root, dir string, overlaid build.Context) (*listedPackage, error) {
	goMod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil || !bytes.Equal(goMod, q.goMod) {
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

// TestQuickGo checks that quickGo and the workers answer all questions about a simple package,
// once quickGo has the answers about the imports.
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
	quick := newQuickPrograms(t, module)
	quick.jobgen = "" // jobgen's program is missing, and, after the first run, the real go command
	for range 2 {
		quick.setup(env)
		cmd := exec.Command(filepath.Join(quick.dir, "jobgen"), ".")
		cmd.Dir, cmd.Env = dir, env.Vars
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		quick.goCommand.real = filepath.Join(dir, "none")
	}
}
