package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBatchAgreesWithRecordedVerdicts compares the verdicts of `jobgen match -batch` with
// those in the conformance cases, which are in a directory next to the checkout.
func TestBatchAgreesWithRecordedVerdicts(t *testing.T) {
	for name, most := range map[string]int{"aws_recorded": 0, "differential": 3} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("..", "..", "..", "shared", "conformance", name+".ndjson")
			cases, err := os.ReadFile(file)
			if err != nil {
				t.Skipf("the conformance cases are outside the project, in ../shared: %v", err)
			}
			var out, stderr bytes.Buffer
			if code := run([]string{"match", "-batch"}, bytes.NewReader(cases), &out, &stderr); code != exitClean {
				t.Fatalf("exit %d: %s", code, stderr.String())
			}
			if wrong := disagreements(t, cases, out.String()); wrong > most {
				t.Errorf("%d verdicts differ; at most %d may", wrong, most)
			}
		})
	}
}

// disagreements returns the number of verdicts that differ from the case's. It checks that
// each INVALID has an offset.
func disagreements(t *testing.T, cases []byte, answers string) int {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(answers), "\n")
	scanner := bufio.NewScanner(bytes.NewReader(cases))
	scanner.Buffer(nil, 1<<20)
	wrong, n := 0, 0
	for ; scanner.Scan(); n++ {
		var c struct{ Verdict string }
		if err := json.Unmarshal(scanner.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if n >= len(lines) {
			break
		}
		verdict, why, _ := strings.Cut(lines[n], ": ")
		if verdict != c.Verdict {
			wrong++
			t.Logf("case %d: %s, recorded %s", n+1, lines[n], c.Verdict)
		}
		if verdict == "INVALID" && !strings.HasPrefix(why, "offset ") {
			t.Errorf("case %d: %s names no offset", n+1, lines[n])
		}
	}
	if n != len(lines) || n == 0 {
		t.Fatalf("%d cases, %d answers", n, len(lines))
	}
	return wrong
}
