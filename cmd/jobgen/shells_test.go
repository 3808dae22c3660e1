//go:build linux

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// shell is an interactive shell on a terminal.
type shell struct {
	t        *testing.T
	terminal *os.File
	output   lockedBuffer
	read     int // bytes of the output that were waited for
}

const shellPrompt = "READY> "

// startShell starts a shell in a directory.
func startShell(t *testing.T, dir, name string, args ...string) *shell {
	t.Helper()
	if testing.Short() {
		t.Skip("it waits for shells")
	}
	needShell(t, name)
	master, terminal := pseudoTerminal(t)
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PS1="+shellPrompt, "PROMPT="+shellPrompt, "TERM=dumb", "HOME="+t.TempDir(), "HISTFILE=")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = terminal, terminal, terminal
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = terminal.Close()
	s := &shell{t: t, terminal: master}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(&s.output, master) // until the terminal is closed
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		<-ended
	})
	s.wait(shellPrompt)
	return s
}

// send types text.
func (s *shell) send(text string) {
	s.t.Helper()
	if _, err := s.terminal.WriteString(text); err != nil {
		s.t.Fatal(err)
	}
}

// wait waits for a text in the output since the last wait.
func (s *shell) wait(text string) {
	s.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if i := strings.Index(s.output.String()[s.read:], text); i >= 0 {
			s.read += i + len(text)
			return
		}
	}
	s.t.Fatalf("the shell doesn't print %q:\n%q", text, s.output.String()[s.read:])
}

// run types a line and waits until it is carried out.
func (s *shell) run(line string) {
	s.t.Helper()
	s.send(line + "\n")
	s.wait("\n")
	s.wait(shellPrompt)
}

// shellCases are lines that are typed until a Tab, what the shell must then show, and what
// the completed line prints.
var shellCases = []struct{ typed, shown, printed string }{
	{"jobgen vers\t", "ion", "jobgen "},
	{"jobgen list -stri\t./none", "ct ", "./none"},
	{"jobgen -check -functions pack\t./none", "age ", "./none"},
	{"jobgen -check -format=sam,serv\t./none", "erless ", "./none"},
	{"jobgen events aws.heal\t", "th", "AWS Health Event"},
	{"jobgen events aws.ec2 EC2\\ Instance\\ Stat\t", "Notification", "detail.instance-id"},
	{"jobgen events aws.ec2 \"EC2 Instance Stat\t", "Notification", "detail.instance-id"},
	{`jobgen match -pattern '{"source":["my.app"]}' -event eve` + "\t", "nt.json", "MATCH\r\n  source"},
	{`jobgen match -pattern '{"source":["my.app"]}' -event=eve` + "\t", "nt.json", "MATCH\r\n  source"},
	{"jobgen ./fold\t", "er", "folder"},
}

func shellDir(t *testing.T) string {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "event.json"), []byte(`{"source": "my.app"}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	return dir
}

// typeCases types the cases into a shell.
func (s *shell) typeCases() {
	for _, c := range shellCases {
		before, after, _ := strings.Cut(c.typed, "\t")
		s.send(before + "\t")
		s.wait(c.shown)
		s.send(after + "\n")
		s.wait("\n")
		s.wait(c.printed)
		s.wait(shellPrompt)
	}
}

func TestBash(t *testing.T) {
	s := startShell(t, shellDir(t), "bash", "--norc", "--noprofile", "-i")
	s.run("source <(jobgen completion bash)")
	s.typeCases()
}

// TestZsh loads the script in both ways: sourced, and as a function in fpath.
func TestZsh(t *testing.T) {
	for name, load := range map[string]string{
		"sourced": "autoload -Uz compinit && compinit -D -u && source <(jobgen completion zsh)",
		"fpath":   `jobgen completion zsh > ~/_jobgen && fpath=(~ $fpath) && autoload -Uz compinit && compinit -D -u`,
	} {
		t.Run(name, func(t *testing.T) {
			s := startShell(t, shellDir(t), "zsh", "-f", "-i")
			s.run(load)
			s.typeCases()
		})
	}
}

// TestFish asks fish itself for the completions, as fish's tests do.
func TestFish(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for a shell")
	}
	needShell(t, "fish")
	for _, c := range []struct{ line, want string }{
		{"jobgen vers", "version\tprint the version of jobgen"},
		{"jobgen list -stri", "-strict\tmake warnings errors"},
		{"jobgen -format=sam,serv", "-format=sam,serverless"},
		{"jobgen events aws.ec2 EC2\\ Instance\\ Stat", "EC2 Instance State-change Notification"},
		{"jobgen events aws.ec2 \"EC2 Instance Stat", "EC2 Instance State-change Notification"},
		{"jobgen match -event eve", "event.json"},
		{"jobgen -check fold", "folder/"},
	} {
		cmd := exec.Command("fish", "--no-config", "-c", "jobgen completion fish | source; complete -C "+"'"+strings.ReplaceAll(c.line, `\`, `\\`)+"'")
		cmd.Dir = shellDir(t)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil || !strings.Contains("\n"+string(out), "\n"+c.want) {
			t.Errorf("%s is completed to %q, want %q (%v)\n%s", c.line, out, c.want, err, &stderr)
		}
	}
}
