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

// compareReference returns an error if README's reference differs from jobgen's.
func compareReference(text string) error {
	want, err := withReference(text)
	if err != nil {
		return err
	}
	if text != want {
		return fmt.Errorf("the reference of directives in %s is out of date: run make reference", file)
	}
	return nil
}

func writeReference(text string) error {
	text, err := withReference(text)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// withReference returns the text with the current reference of jobgen.
func withReference(text string) (string, error) {
	head, rest, ok := strings.Cut(text, begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return "", fmt.Errorf("%s lacks the line %q or %q", file, begin, end)
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
