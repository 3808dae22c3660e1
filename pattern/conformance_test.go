package pattern_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/jobgen/jobgen/pattern"
)

// TestConformance runs recorded and generated cases, which are kept outside of the
// project. Some generated cases are known to differ:
//   - AWS's published matcher misses {"exists": false} in a branch of $or if another branch
//     has a value for the same field.
//   - It accepts a mask of cidr in digits other than ASCII, and refuses $or with an object
//     in a branch of $or.
//   - It compares 4.9e-324, which Java writes with two digits, and numbers that older
//     versions of Java don't write with the fewest digits.
func TestConformance(t *testing.T) {
	for _, file := range []struct {
		name    string
		allowed int // verdicts that may differ
	}{
		{"aws_recorded.ndjson", 0},
		{"differential.ndjson", 3},
		{"differential2.ndjson", 5},
		{"numbers.ndjson", 7},
	} {
		t.Run(file.name, func(t *testing.T) {
			path := filepath.Join("..", "..", "shared", "conformance", file.name)
			f, err := os.Open(path)
			if errors.Is(err, fs.ErrNotExist) {
				t.Skipf("the conformance cases are not here: no folder shared/conformance beside the checkout")
			}
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			runConformance(t, f, file.allowed)
		})
	}
}

type conformanceCase struct{ Name, Pattern, Event, Verdict string }

func runConformance(t *testing.T, f *os.File, allowed int) {
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	cases, differ := 0, 0
	for lines.Scan() {
		var c conformanceCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		cases++
		if _, err := pattern.Parse([]byte(c.Pattern)); err != nil {
			checkProblems(t, []byte(c.Pattern), err)
		}
		if got := verdict([]byte(c.Pattern), []byte(c.Event)); got != c.Verdict {
			differ++
			t.Logf("case %d %s: got %s, want %s\n\tpattern %s\n\tevent   %s", cases, c.Name, got, c.Verdict, c.Pattern, c.Event)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if differ > allowed {
		t.Errorf("%d of %d verdicts differ, at most %d may", differ, cases, allowed)
	}
}

func verdict(src, event []byte) string {
	p, err := pattern.Parse(src)
	if err != nil {
		return "INVALID"
	}
	ok, err := p.Match(event)
	switch {
	case err != nil:
		return "INVALID"
	case ok:
		return "MATCH"
	}
	return "NOMATCH"
}
