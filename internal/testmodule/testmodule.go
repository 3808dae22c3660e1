// Package testmodule makes modules for tests that load, build or run generated code. The
// path of a test module is example.com/app. It has the requirements of this repository, so
// that the module cache contains all of them, and replaces the published version of jobgen
// by this repository.
package testmodule

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Path is the import path of test modules.
const Path = "example.com/app"

// Module has the common parts of test modules.
type Module struct {
	Root         string // the directory of this repository
	goMod, goSum []byte
	env          []string
}

// New returns the Module for the repository that the test runs in.
func New(t testing.TB) *Module {
	t.Helper()
	m, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Read returns the Module for the repository that contains the working directory.
func Read() (*Module, error) {
	root, err := repository()
	if err != nil {
		return nil, err
	}
	m := &Module{Root: root}
	if m.goMod, err = goMod(root); err != nil {
		return nil, err
	}
	if m.goSum, err = os.ReadFile(filepath.Join(root, "go.sum")); err != nil {
		return nil, err
	}
	m.env, err = goEnv()
	return m, err
}

const ownModule = "module github.com/jobgen/jobgen\n"

// repository returns the directory of the repository's go.mod: the working directory, which
// is the package's directory in a test, or one above it.
func repository() (string, error) {
	at, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		data, err := os.ReadFile(filepath.Join(at, "go.mod"))
		switch {
		case err == nil && strings.HasPrefix(string(data), ownModule):
			return at, nil
		case err != nil && !errors.Is(err, os.ErrNotExist):
			return "", err
		case at == filepath.Dir(at):
			return "", errors.New("the test does not run in jobgen's own module")
		}
		at = filepath.Dir(at)
	}
}

func goMod(root string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, err
	}
	rest := strings.TrimPrefix(string(data), ownModule)
	return fmt.Appendf(nil, "module %s\n%s\nrequire github.com/jobgen/jobgen v0.0.0\n\nreplace github.com/jobgen/jobgen => %s\n",
		Path, rest, strconv.Quote(root)), nil
}

// goVars are the go command's settings that apply to test modules too. Tests share the
// caches, so that each package is compiled once.
var goVars = []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOTOOLCHAIN"}

func goEnv() ([]string, error) {
	out, err := exec.Command("go", append([]string{"env", "-json"}, goVars...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	values := map[string]string{}
	if err := json.Unmarshal(out, &values); err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	env := []string{"GOENV=off", "GOFLAGS=", "GOWORK=off"}
	for _, name := range goVars {
		env = append(env, name+"="+values[name])
	}
	return env, nil
}

// Env returns the environment variables that the go command needs in a test module.
func (m *Module) Env() []string { return m.env }

// Write makes dir a test module. It writes go.mod and go.sum if they don't exist.
func (m *Module) Write(dir string) error {
	for name, data := range map[string][]byte{"go.mod": m.goMod, "go.sum": m.goSum} {
		path := filepath.Join(dir, name)
		if _, err := os.Lstat(path); err == nil {
			continue
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// Dir makes a test module in a temporary directory. The keys of files are paths.
func (m *Module) Dir(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	// Positions in messages have no symbolic links.
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Write(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}
