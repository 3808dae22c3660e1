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
)

// trial has the folders in which README's blocks are run.
type trial struct {
	tree  string // a copy of the repository
	first string // the module of the first job
}

func tryInTemp(text string) error {
	dir, err := os.MkdirTemp("", "readme-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return try(text, dir)
}

// try runs README's commands and writes its files. It stops at the first difference.
func try(text, dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	t := trial{tree: filepath.Join(dir, "tree"), first: filepath.Join(dir, "first")}
	if err := os.MkdirAll(t.first, 0o755); err != nil {
		return err
	}
	if out, err := exec.Command(filepath.Join(".ci", "snapshot"), t.tree).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	all := blocks(text)
	for i, b := range all {
		want, compare := shown(all, i)
		if err := t.do(b, want, compare); err != nil {
			return fmt.Errorf("%s:%d: %w", file, b.line, err)
		}
	}
	return nil
}

// do writes a block to its file, or runs its commands.
func (t trial) do(b block, want string, compare bool) error {
	mine := b.heading == section
	switch {
	case mine && b.named != "" && b.language != "sh":
		return t.write(b)
	case b.language != "sh" || !mine && !compare && !b.hidden:
		return nil
	}
	fmt.Printf("%s:%d: %s", file, b.line, b.text)
	out, err := t.bash(b.text, mine)
	if err != nil {
		return fmt.Errorf("%w, after it printed\n%s", err, out)
	}
	if compare && comparable(out) != comparable(want) {
		return fmt.Errorf("it prints\n%s\nand %s shows\n%s", out, file, want)
	}
	return nil
}

func (t trial) write(b block) error {
	path := filepath.Join(t.first, filepath.FromSlash(b.named))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	fmt.Printf("%s:%d: %s is written\n", file, b.line, b.named)
	return os.WriteFile(path, []byte(b.text), 0o644)
}

func (t trial) bash(script string, mine bool) (string, error) {
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", t.useTree(script))
	cmd.Dir = t.tree
	if mine {
		cmd.Dir = t.first
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// getTool is a user's command to install jobgen. try replaces it by a command that makes
// the module use the copy of the repository.
const getTool = "go get -tool " + module + "/cmd/jobgen@latest"

func (t trial) useTree(script string) string {
	return strings.ReplaceAll(script, getTool, fmt.Sprintf(
		"go mod edit -tool=%[1]s/cmd/jobgen -require=%[1]s@v0.0.0 -replace=%[1]s=%[2]s", module, t.tree))
}

var (
	duration = regexp.MustCompile(`\d+(\.\d+)? ?m?s\b`)
	moment   = regexp.MustCompile(`\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(:\d\d)?`)
	download = regexp.MustCompile(`(?m)^go: .*\n`)
)

// comparable removes the differences between two runs: durations and times, the go
// command's downloads, and the order of lines, because a function's log and its answers
// are written to two streams.
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
