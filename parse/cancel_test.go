package parse

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// cancelled has been cancelled in the moment when it is asked.
type cancelled struct{ context.Context }

func (cancelled) Err() error { return context.Canceled }

// TestOverlapsStopWhenCancelled: to compare many rules takes long, and a run that
// is interrupted then ends, without a result.
func TestOverlapsStopWhenCancelled(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.26\n",
		"jobs.go": "package app\n\ntype Job struct{}\n\n" +
			"//jobs:event_pattern {source: [a]}\nfunc (Job) One() error { return nil }\n\n" +
			"//jobs:event_pattern {source: [a]}\nfunc (Job) Two() error { return nil }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	res, err := Parse(cancelled{context.Background()}, Config{Dir: dir})
	if !errors.Is(err, context.Canceled) || res != nil {
		t.Errorf("got %v, %v", res, err)
	}
	if res, err = Parse(context.Background(), Config{Dir: dir}); err != nil || len(res.Diagnostics.Sorted()) != 1 {
		t.Errorf("uncancelled: got %v, %v, want one overlap", res, err)
	}
}
