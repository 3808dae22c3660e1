package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/version"
)

// checkTree fails if the work tree differs from the commit. The release has the files of the
// commit.
func checkTree(io.Writer) error {
	changed, err := output("git", "status", "--porcelain")
	if err != nil {
		return err
	}
	if changed == "" {
		return nil
	}
	first, _, _ := strings.Cut(changed, "\n")
	return fmt.Errorf("git status shows changes that the release wouldn't have, such as %q; commit them", first)
}

// checkTag fails if the commit doesn't have the version's tag.
func checkTag(io.Writer) error {
	tags, err := output("git", "tag", "--points-at", "HEAD")
	if err != nil {
		return err
	}
	if all := strings.Fields(tags); !slices.Contains(all, version.Number) {
		return fmt.Errorf("the commit has the tags %q, and not %s, which internal/version has; git tag -a %[2]s -m %[2]s", all, version.Number)
	}
	return nil
}

// checkUnreleased returns a check that fails if section Unreleased is not empty.
func checkUnreleased(changelog string) func(io.Writer) error {
	return func(io.Writer) error {
		for _, s := range sections(changelog) {
			if s.name == "Unreleased" && s.text != "" {
				return fmt.Errorf("section Unreleased of CHANGELOG.md is not empty; move its text to the section of %s", version.Number)
			}
		}
		return nil
	}
}

// checkVulnerabilities runs govulncheck on the module. It needs a vulnerability database:
// https://vuln.go.dev, or the copy that GOVULNDB names. Without one, the check fails.
func checkVulnerabilities(out io.Writer) error {
	args := []string{"./..."}
	if database := os.Getenv("GOVULNDB"); database != "" {
		args = []string{"-db=" + database, "./..."}
	}
	text, err := exec.Command("govulncheck", args...).CombinedOutput()
	fmt.Fprintf(out, "govulncheck %s\n  %s\n", strings.Join(args, " "), strings.ReplaceAll(strings.TrimSpace(string(text)), "\n", "\n  "))
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &exit) && exit.ExitCode() == 3: // documented: code 3 is a finding
		return errors.New("govulncheck found vulnerabilities; update the modules that it names")
	case errors.As(err, &exit):
		return fmt.Errorf("govulncheck could not check the module (%s); it needs https://vuln.go.dev, or a copy of it in GOVULNDB=file://DIR", lastLine(string(text)))
	}
	return fmt.Errorf("govulncheck: %w; run .ci/release, which installs it", err)
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// output runs a command and returns its output, without white space at both ends.
func output(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	text, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, exit.Stderr)
	}
	return strings.TrimSpace(string(text)), err
}
