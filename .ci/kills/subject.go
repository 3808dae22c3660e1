//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// sources are the two versions of the package. Their methods and all outputs differ.
var sources = [2]string{source("Sweep", "1 hour"), source("SweepAll", "2 hours")}

func source(method, rate string) string {
	return fmt.Sprintf("//jobs:package formats: [cloudformation, terraform, json]\npackage app\n\ntype Job struct{}\n\n"+
		"//jobs:rate %s\nfunc (Job) %s() error { return nil }\n", rate, method)
}

// outputs are the files that jobgen writes for the package.
var outputs = []string{"jobs_gen.go", "jobs.cfn.yaml", "jobs.tf", "jobs.rules.json"}

// subject is a package with which jobgen is tested.
type subject struct {
	program  string
	dir      string // of the package
	tmp      string // for temporary files
	versions [2]map[string]string
	others   map[string]string // the files that jobgen didn't write
	version  int               // of the current source
	took     time.Duration     // of one run
}

// newSubject makes a module and records the outputs of the two versions.
func newSubject(dir, program string) (*subject, error) {
	s := &subject{program: program, dir: filepath.Join(dir, "app"), tmp: filepath.Join(dir, "tmp")}
	if err := s.makeModule(); err != nil {
		return nil, err
	}
	s.others = map[string]string{"go.mod": "", "go.sum": "", "notes.txt": "mine\n", ".jobgen-mine.tmp": "mine\n"}
	for name, text := range s.others {
		if text == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	for version := range sources {
		start := time.Now()
		if err := s.setSource(version); err != nil {
			return nil, err
		}
		if out, err := s.command().CombinedOutput(); err != nil {
			return nil, fmt.Errorf("jobgen: %w\n%s", err, out)
		}
		s.took = time.Since(start)
		files, err := s.files()
		if err != nil {
			return nil, err
		}
		s.versions[version] = files
	}
	for name := range s.others {
		s.others[name] = s.versions[0][name]
	}
	return s, nil
}

func (s *subject) makeModule() error {
	for _, dir := range []string{s.dir, s.tmp} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	module, err := testmodule.Read()
	if err != nil {
		return err
	}
	return module.Write(s.dir)
}

// setSource replaces the source by a version, with one rename.
func (s *subject) setSource(version int) error {
	next := filepath.Join(filepath.Dir(s.dir), "next.go")
	if err := os.WriteFile(next, []byte(sources[version]), 0o644); err != nil {
		return err
	}
	s.version = version
	return os.Rename(next, filepath.Join(s.dir, "jobs.go"))
}

// command returns the command for a run of jobgen.
func (s *subject) command() *exec.Cmd {
	cmd := exec.Command(s.program)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "TMPDIR="+s.tmp, "GOTMPDIR=", "GOFLAGS=", "GOWORK=off", "GOENV=off")
	return cmd
}

// kill starts a run and kills it at a random moment. In half of all cases it kills the run
// soon after the first temporary file exists. The run's go command continues.
func (s *subject) kill(i int, total *counts) error {
	if err := s.setSource(i % 2); err != nil {
		return err
	}
	var stderr bytes.Buffer
	cmd := s.command()
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	if i%4 < 2 {
		time.Sleep(rand.N(s.took + s.took/4))
	} else {
		s.awaitTemporary(2 * s.took)
		time.Sleep(rand.N(10 * time.Millisecond))
	}
	_ = cmd.Process.Kill() // it fails only if the process has ended
	code := exitCode(cmd.Wait())
	files, err := s.check()
	if err != nil {
		return err
	}
	folders, err := os.ReadDir(s.tmp)
	if err != nil {
		return err
	}
	total.add(func() {
		total.kills++
		if slices.ContainsFunc(slices.Collect(maps.Keys(files)), isTemporary) {
			total.leftFiles++
		}
		if len(folders) > 0 {
			total.leftFolders++
		}
		total.codes["kill: exit "+strconv.Itoa(code)]++
	})
	if code != -1 && code != 0 {
		return fmt.Errorf("jobgen exits with %d:\n%s", code, stderr.Bytes())
	}
	return nil
}

// awaitTemporary waits until there is a temporary file in the package's directory.
func (s *subject) awaitTemporary(most time.Duration) {
	for start := time.Now(); time.Since(start) < most; time.Sleep(time.Millisecond) {
		entries, _ := os.ReadDir(s.dir)
		if slices.ContainsFunc(entries, func(e os.DirEntry) bool { return isTemporary(e.Name()) }) {
			return
		}
	}
}

func isTemporary(name string) bool {
	return strings.HasPrefix(name, ".jobgen-") && name != ".jobgen-mine.tmp"
}

// pair starts two runs at the same time. In half of all cases it changes the source during
// the runs.
func (s *subject) pair(i int, total *counts) error {
	if err := s.setSource(i % 2); err != nil {
		return err
	}
	var stderr [2]bytes.Buffer
	var cmds [2]*exec.Cmd
	for n := range cmds {
		cmds[n] = s.command()
		cmds[n].Stderr = &stderr[n]
		if err := cmds[n].Start(); err != nil {
			return err
		}
	}
	changes := i%4 < 2
	if changes {
		time.Sleep(rand.N(s.took))
		if err := s.setSource(1 - s.version); err != nil {
			return err
		}
	}
	var codes [2]int
	for n, cmd := range cmds {
		codes[n] = exitCode(cmd.Wait())
	}
	files, err := s.check()
	if err != nil {
		return err
	}
	total.add(func() {
		total.pairs++
		if changes {
			total.changed++
		}
		for _, code := range codes {
			total.codes["pair: exit "+strconv.Itoa(code)]++
		}
	})
	for n, code := range codes {
		if code != 0 && !(code == 2 && changes && bytes.Contains(stderr[n].Bytes(), []byte("changed while jobgen was running"))) {
			return fmt.Errorf("jobgen exits with %d:\n%s", code, stderr[n].Bytes())
		}
	}
	if !changes {
		if err := s.isVersion(files); err != nil {
			return err
		}
	}
	return s.isClean(files)
}

// finish makes one more run, and checks that the outputs belong to the source and that
// jobgen left no other files.
func (s *subject) finish(total *counts) error {
	start := time.Now()
	if out, err := s.command().CombinedOutput(); err != nil {
		return fmt.Errorf("jobgen: %w\n%s", err, out)
	}
	s.took = (s.took*7 + time.Since(start)) / 8
	total.add(func() { total.more++ })
	files, err := s.check()
	if err != nil {
		return err
	}
	if err := s.isVersion(files); err != nil {
		return err
	}
	return s.isClean(files)
}

// check checks that every output is complete and that no other file has changed.
func (s *subject) check() (map[string]string, error) {
	files, err := s.files()
	if err != nil {
		return nil, err
	}
	for name, want := range s.others {
		if files[name] != want {
			return nil, fmt.Errorf("%s has changed: %q", name, files[name])
		}
	}
	for _, name := range outputs {
		if got := files[name]; got != s.versions[0][name] && got != s.versions[1][name] {
			return nil, fmt.Errorf("%s is neither of the two versions:\n%s", name, got)
		}
	}
	return files, nil
}

// isVersion checks that all outputs belong to the source.
func (s *subject) isVersion(files map[string]string) error {
	for _, name := range outputs {
		if files[name] != s.versions[s.version][name] {
			return fmt.Errorf("%s doesn't belong to the source:\n%s", name, files[name])
		}
	}
	return nil
}

// isClean checks that jobgen left no temporary files.
func (s *subject) isClean(files map[string]string) error {
	for name := range files {
		if s.versions[0][name] == "" {
			return fmt.Errorf("%s is left in the package's directory", name)
		}
	}
	entries, err := os.ReadDir(s.tmp)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s is left among the temporary files, with %v in it", entries[0].Name(), below(filepath.Join(s.tmp, entries[0].Name())))
	}
	return nil
}

// below returns the paths of everything below a directory.
func below(dir string) []string {
	var paths []string
	_ = filepath.WalkDir(dir, func(path string, _ os.DirEntry, _ error) error {
		paths = append(paths, strings.TrimPrefix(path, dir))
		return nil
	})
	return paths
}

// files reads the files of the package's directory.
func (s *subject) files() (map[string]string, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(s.dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		files[entry.Name()] = string(data)
	}
	return files, nil
}

// exitCode returns the exit code of a process, or -1 if it was killed.
func exitCode(err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	if err != nil {
		return -2
	}
	return 0
}
