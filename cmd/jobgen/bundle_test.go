package main

import (
	"archive/zip"
	"bytes"
	"context"
	"debug/elf"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/testmodule"
)

// buildFiles are the sources of a module whose job has the given architecture.
func buildFiles(architecture string) map[string]string {
	return map[string]string{
		"jobs.go": `package app

//jobs:function architecture: ` + architecture + `
type Job struct{}

//jobs:event_pattern source: [my.app]
func (j *Job) Greet() (string, error) { return "hello", nil }
`,
		"lambda/main.go": `package main

import (
	"example.com/app"
	"github.com/jobgen/jobgen/jobs"
)

func main() { jobs.Start(app.NewDispatcher(app.Jobs{Job: &app.Job{}})) }
`,
	}
}

// hostArchitecture returns Lambda's name of this machine's architecture.
func hostArchitecture(t *testing.T) string {
	t.Helper()
	for name, arch := range map[string]string{"arm64": "arm64", "x86_64": "amd64"} {
		if arch == runtime.GOARCH {
			return name
		}
	}
	t.Skipf("Lambda has no functions for %s", runtime.GOARCH)
	return ""
}

// runBuild runs jobgen build in a folder, with more variables in the environment, and returns
// what it prints.
func runBuild(t *testing.T, module *testmodule.Module, dir string, env ...string) (built, string) {
	t.Helper()
	// The umask is a setting of the process, so a shell sets it.
	cmd := exec.Command("jobgen", "build", "-json", "./lambda")
	if runtime.GOOS != "windows" && len(env) > 0 {
		cmd = exec.Command("sh", "-c", "umask 077 && exec jobgen build -json ./lambda")
	}
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	cmd.Env = append(append(os.Environ(), module.Env()...), env...)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var b built
	if err := json.Unmarshal(stdout.Bytes(), &b); err != nil {
		t.Fatalf("%v: %s", err, stdout.String())
	}
	return b, stderr.String()
}

// TestBuild builds a program twice: the second time in a git tree, in a deeper folder, and
// with other settings of the machine. It checks the files and runs the program.
func TestBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds and runs a program")
	}
	module := testmodule.New(t)
	architecture := hostArchitecture(t)
	first := module.Dir(t, buildFiles(architecture))
	one, stderr := runBuild(t, module, first)
	if stderr != "" {
		t.Errorf("standard error is %q", stderr)
	}

	nested := map[string]string{}
	for name, text := range buildFiles(architecture) {
		nested["a/deeper/folder/"+name] = text
	}
	root := module.Dir(t, nested)
	second := filepath.Join(root, "a", "deeper", "folder")
	if err := module.Write(second); err != nil {
		t.Fatal(err)
	}
	commitAll(t, root)
	other, stderr := runBuild(t, module, second, "GOFLAGS=-race -tags=netgo '-ldflags=-X main.a=b' -buildvcs=true",
		"TZ=Asia/Tokyo", "LANG=de_DE.UTF-8", "USER=someone", "GOAMD64=v3", "GOARM64=v9.0", "GOARCH=386", "CGO_ENABLED=1")
	if want := "jobgen: -race -tags=netgo -ldflags=-X main.a=b in GOFLAGS has no effect on a build"; !strings.Contains(stderr, want) {
		t.Errorf("standard error is %q, want %q", stderr, want)
	}
	if one != other {
		t.Errorf("two builds differ:\n%+v\n%+v", one, other)
	}
	for _, name := range []string{one.Program, one.Zip} {
		a, b := readFile(t, filepath.Join(first, name)), readFile(t, filepath.Join(second, name))
		if !bytes.Equal(a, b) {
			t.Errorf("two builds of %s differ", name)
		}
	}

	checkZip(t, first, one)
	checkProgram(t, filepath.Join(first, one.Program))

	// A build over its own files changes nothing, and a later one replaces them.
	before := modTime(t, filepath.Join(first, one.Zip))
	runBuild(t, module, first)
	if after := modTime(t, filepath.Join(first, one.Zip)); after != before {
		t.Error("an equal zip file was written again")
	}
	edited := strings.Replace(buildFiles(architecture)["jobs.go"], "hello", "good day", 1)
	if err := os.WriteFile(filepath.Join(first, "jobs.go"), []byte(edited), 0o666); err != nil {
		t.Fatal(err)
	}
	if next, _ := runBuild(t, module, first); next.SHA256 == one.SHA256 || next.Key == one.Key {
		t.Errorf("another program has the same key: %+v", next)
	}
}

func commitAll(t *testing.T, dir string) {
	t.Helper()
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "a"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func modTime(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime().UnixNano()
}

// checkZip checks that the zip file contains the program alone, with the right mode.
func checkZip(t *testing.T, dir string, b built) {
	t.Helper()
	data, program := readFile(t, filepath.Join(dir, b.Zip)), readFile(t, filepath.Join(dir, b.Program))
	if len(data) != b.ZipBytes || len(program) != b.ProgramBytes {
		t.Errorf("%d and %d bytes, want %+v", len(data), len(program), b)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, f := range r.File {
		listed = append(listed, fmt.Sprint(f.Name, " ", f.Mode(), " ", f.Modified.UTC().Format("2006-01-02")))
	}
	if got, want := strings.Join(listed, ", "), "bootstrap -rwxr-xr-x 1980-01-01"; got != want {
		t.Errorf("the zip file has %s, want %s", got, want)
	}
	entry, err := r.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	if packed, err := io.ReadAll(entry); err != nil || !bytes.Equal(packed, program) {
		t.Errorf("the program in the zip file is another one: %v", err)
	}
}

// checkProgram runs the program's job.
func checkProgram(t *testing.T, path string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		return
	}
	in, err := runtimeapi.Start(context.Background(), runtimeapi.Function{Name: "Job.Greet", Binary: path, Handler: "Job.Greet", Timeout: time.Minute}, runtimeapi.Options{Stderr: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	result, err := in.Invoke(context.Background(), []byte(`{"source":"my.app","detail-type":"x","detail":{}}`))
	if err != nil || string(result.Payload) != `"hello"` {
		t.Errorf("the job answers %s, %v", result.Payload, err)
	}
}

// TestBuildForTheOtherArchitecture builds for the architecture of Lambda that this machine
// doesn't have.
func TestBuildForTheOtherArchitecture(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a program")
	}
	architecture, machine := "x86_64", elf.EM_X86_64
	if hostArchitecture(t) == architecture {
		architecture, machine = "arm64", elf.EM_AARCH64
	}
	module := testmodule.New(t)
	dir := module.Dir(t, buildFiles(architecture))
	b, _ := runBuild(t, module, dir)
	f, err := elf.Open(filepath.Join(dir, b.Program))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Machine != machine || b.Architecture != architecture {
		t.Errorf("the program is for %v, want %v; %+v", f.Machine, machine, b)
	}
}
