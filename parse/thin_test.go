package parse

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
)

// TestManyOverlapsAreThinned: of very many rules for the same events the first notes are
// told, and one says how many there are more. A line that allows one of those is used.
func TestManyOverlapsAreThinned(t *testing.T) {
	dir := t.TempDir()
	var src strings.Builder
	src.WriteString("package app\n\ntype Job struct{}\n")
	for i := range 70 {
		if i == 60 {
			src.WriteString("\n//jobs:allow JOB904 reason: both shall run")
		}
		fmt.Fprintf(&src, "\n//jobs:event_pattern {source: [my.app], detail: {f%d: [x]}}\nfunc (Job) M%d() error { return nil }\n", i, i)
	}
	for name, text := range map[string]string{"go.mod": "module example.com/app\n\ngo 1.26\n", "jobs.go": src.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	res, err := Parse(context.Background(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	found := res.Diagnostics.Sorted()
	for _, d := range found {
		if d.Code != diag.OverlapAcross {
			t.Errorf("%s [%s]", d.Message, d.Code)
		}
	}
	// The first of 70 rules overlaps nothing before it, and one note is allowed.
	if len(found) != mostNotes+1 {
		t.Fatalf("%d findings, want %d", len(found), mostNotes+1)
	}
	if last := found[mostNotes].Message; !strings.HasPrefix(last, "18 more rules ") {
		t.Errorf("the last says %q", last)
	}
}
