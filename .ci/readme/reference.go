package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// These lines enclose the reference of directives.
const (
	begin = "<!-- directives: begin (make reference writes this) -->\n"
	end   = "<!-- directives: end -->\n"
)

// reference compares README's reference with jobgen's, or writes it.
func reference(write bool) error {
	text, err := os.ReadFile(readme)
	if err != nil {
		return err
	}
	want, err := withReference(string(text))
	if err != nil {
		return err
	}
	switch {
	case write:
		return os.WriteFile(readme, []byte(want), 0o644)
	case string(text) != want:
		return fmt.Errorf("the reference of directives in %s is out of date: run make reference", readme)
	}
	return nil
}

// withReference returns the text with the current reference of jobgen.
func withReference(text string) (string, error) {
	head, rest, ok := strings.Cut(text, begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", fmt.Errorf("%s lacks the line %q or %q", readme, begin, end)
	}
	out, err := exec.Command("go", "run", "./cmd/jobgen", "directives", "-markdown").Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("jobgen directives: %s", exit.Stderr)
	}
	if err != nil {
		return "", err
	}
	return head + begin + "\n" + strings.TrimSpace(string(out)) + "\n\n" + end + tail, nil
}
