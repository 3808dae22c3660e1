package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var (
	uses   = regexp.MustCompile(`(?m)\buses: (\S+)(.*)$`)
	pinned = regexp.MustCompile(`^([\w./-]+)@([0-9a-f]{40})$`)
	tagged = regexp.MustCompile(`^ # v\d+\.\d+\.\d+$`)
)

// TestActionsArePinned tests that the workflows name each action by the digest of a commit,
// which can't change, and by the same one. The comment has the version, for dependabot.
func TestActionsArePinned(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", ".github", "workflows", "*.yml"))
	if err != nil || len(files) < 2 {
		t.Fatalf("found the workflows %q: %v", files, err)
	}
	digests := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range uses.FindAllStringSubmatch(string(text), -1) {
			if match[1][0] == '.' {
				continue // a workflow of this repository
			}
			action := pinned.FindStringSubmatch(match[1])
			switch {
			case action == nil:
				t.Errorf("%s: %s is not pinned to a digest", file, match[1])
			case !tagged.MatchString(match[2]):
				t.Errorf("%s: %s has no comment with its version", file, match[1])
			case digests[action[1]] != "" && digests[action[1]] != action[2]:
				t.Errorf("%s: %s has two digests, %s and %s", file, action[1], digests[action[1]], action[2])
			default:
				digests[action[1]] = action[2]
			}
		}
	}
	if len(digests) == 0 {
		t.Error("the workflows name no action")
	}
}
