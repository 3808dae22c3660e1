package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// trial runs the blocks of one page.
type trial struct {
	page page
	tree string // the copy of the repository
	bin  string // the folder for a jobgen that is built from the copy
	dir  string // the folder in which the blocks are run
}

// tryPages runs the blocks of the pages in a folder. It stops at the first difference.
func tryPages(dir string, paths []string) error {
	if dir == "" {
		temp, err := os.MkdirTemp("", "readme-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		dir = temp
	}
	dir, err := filepath.Abs(filepath.Join(dir, "jobgen-pages"))
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		if paths, err = written(); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	snapshot := filepath.Join(dir, "snapshot")
	if err := command(filepath.Join(".ci", "snapshot"), snapshot); err != nil {
		return err
	}
	for _, path := range paths {
		p, err := readPage(filepath.ToSlash(path))
		if err != nil {
			return err
		}
		tree := filepath.Join(dir, "tree")
		if err := os.RemoveAll(tree); err != nil {
			return err
		}
		if err := command("git", "clone", "--quiet", snapshot, tree); err != nil {
			return err
		}
		t := trial{page: p, tree: tree, bin: filepath.Join(dir, "bin"), dir: tree}
		if err := t.run(filepath.Join(dir, "modules")); err != nil {
			return err
		}
	}
	return nil
}

func command(name string, args ...string) error {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

// run runs the blocks of the page, in the copy or in a new folder below modules.
func (t trial) run(modules string) error {
	if t.page.module != "" {
		t.dir = filepath.Join(modules, t.page.module)
		if err := os.MkdirAll(modules, 0o755); err != nil {
			return err
		}
		if err := os.Mkdir(t.dir, 0o755); err != nil {
			return fmt.Errorf("%s: another page has the same module: %w", t.page.path, err)
		}
	}
	for i, b := range t.page.blocks {
		want, compare := t.page.shown(i)
		if err := t.do(b, want, compare); err != nil {
			return fmt.Errorf("%s:%d: %w", t.page.path, b.line, err)
		}
	}
	return nil
}

// do writes a block to its file, or runs its commands.
func (t trial) do(b block, want string, compare bool) error {
	mine := t.page.module != ""
	switch {
	case mine && b.named != "" && b.language != "sh" && b.language != "text":
		return t.write(b)
	case b.language != "sh" || !mine && !compare && !b.hidden:
		return nil
	}
	fmt.Printf("%s:%d: %s", t.page.path, b.line, b.text)
	start := time.Now()
	out, cpu, err := t.bash(b.text)
	fmt.Printf("    %.1f s, CPU %.1f s\n", time.Since(start).Seconds(), cpu.Seconds())
	if err != nil {
		return fmt.Errorf("%w, after it printed\n%s", err, out)
	}
	if compare && comparable(out) != comparable(want) {
		return fmt.Errorf("it prints\n%s\nand the page shows\n%s", out, want)
	}
	return nil
}

func (t trial) write(b block) error {
	path := filepath.Join(t.dir, filepath.FromSlash(b.named))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	fmt.Printf("%s:%d: %s is written\n", t.page.path, b.line, b.named)
	return os.WriteFile(path, []byte(b.text), 0o644)
}

// bash runs a script and returns its output and the CPU time of its processes.
func (t trial) bash(script string) (output string, cpu time.Duration, err error) {
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", t.useTree(script))
	cmd.Dir = t.dir
	// The module of a page is not part of a workspace above it. Bash reads the file of BASH_ENV
	// first, if there is one.
	cmd.Env = append(cmd.Environ(), "GOWORK=off", "BASH_ENV="+filepath.Join(t.dir, "env.sh"))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	if state := cmd.ProcessState; state != nil {
		cpu = state.UserTime() + state.SystemTime()
	}
	return out.String(), cpu, err
}

// useTree replaces a user's commands that download jobgen by commands that use the copy
// of the repository.
func (t trial) useTree(script string) string {
	const jobgen = module + "/cmd/jobgen@latest"
	binary := filepath.Join(t.bin, "jobgen")
	return strings.NewReplacer(
		"go get -tool "+jobgen, fmt.Sprintf("go mod edit -tool=%[1]s/cmd/jobgen -require=%[1]s@v0.0.0 -replace=%[1]s=%[2]s && go mod tidy", module, t.tree),
		"go run "+jobgen, fmt.Sprintf("go -C %s build -o %s ./cmd/jobgen && %[2]s", t.tree, binary),
		"go install "+jobgen, fmt.Sprintf("go -C %s build -o %s ./cmd/jobgen && PATH=%s:$PATH", t.tree, binary, t.bin),
	).Replace(script)
}

var (
	duration = regexp.MustCompile(`\d+(\.\d+)? ?m?s\b`)
	moment   = regexp.MustCompile(`\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?`)
	download = regexp.MustCompile(`(?m)^go: .*\n`)
)

// comparable removes what may differ between two runs: durations and times, the go command's
// lines about downloads, and the order of lines. The order may differ because a function's log
// and its answers are written to two streams.
func comparable(out string) string {
	out = download.ReplaceAllString(out, "")
	out = duration.ReplaceAllString(out, "N ms")
	out = moment.ReplaceAllString(out, "TIME")
	lines := strings.Split(out, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	slices.Sort(lines)
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
