package pattern

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestComplexityOfRecordedWildcards compares complexity with the evaluator of AWS's matcher,
// whose results are kept outside of the project. The evaluator doesn't distinguish results
// from 16 on.
func TestComplexityOfRecordedWildcards(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "shared", "conformance", "complexity.ndjson"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the conformance cases are not here: no folder shared/conformance beside the checkout")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cases, differ := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); cases++ {
		var c struct {
			Wildcards  []string
			Complexity int
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if got := complexity(c.Wildcards, 16); got != c.Complexity {
			differ++
			t.Logf("%q: got %d, want %d", c.Wildcards, got, c.Complexity)
		}
	}
	if differ > 1 {
		t.Errorf("%d of %d differ", differ, cases)
	}
}
