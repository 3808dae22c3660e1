package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// module is what the modules of the cases have in common.
type module struct {
	goMod, goSum []byte
	env          []string
}

// goVars are the go command's settings that cases take over: they share its
// caches, so that no case compiles what another has.
var goVars = []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOTOOLCHAIN"}

// caseModule makes a module with the requirements of the repository's own, so
// that everything resolves from the module cache.
func caseModule(t *testing.T, root string) *module {
	t.Helper()
	goMod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	goSum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	const own = "module github.com/jobgen/jobgen\n"
	text, ok := strings.CutPrefix(string(goMod), own)
	if !ok {
		t.Fatalf("go.mod begins with %.60q, want %q", goMod, own)
	}
	text = "module example.com/app\n" + text +
		"\nrequire github.com/jobgen/jobgen v0.0.0\n\nreplace github.com/jobgen/jobgen => " + strconv.Quote(root) + "\n"
	return &module{goMod: []byte(text), goSum: goSum, env: goEnv(t)}
}

func goEnv(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"env", "-json"}, goVars...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	if err := json.Unmarshal(out, &values); err != nil {
		t.Fatal(err)
	}
	env := []string{"GOENV=off", "GOFLAGS=", "GOWORK=off"}
	for _, name := range goVars {
		env = append(env, name+"="+values[name])
	}
	return env
}

// setup makes a case's directory a module, unless the case brings its own.
func (m *module) setup(env *testscript.Env) error {
	env.Vars = append(env.Vars, m.env...)
	env.Values[keptTree{}] = tree{}
	return m.write(env.WorkDir)
}

// write writes the module's files where there are none.
func (m *module) write(dir string) error {
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
