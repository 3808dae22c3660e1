package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// TestSourceThatChanges runs jobgen while a source is written anew all the time, as
// editors and version control do it: the file is empty for a moment, then holds its
// first half. No run may take those for the whole.
func TestSourceThatChanges(t *testing.T) {
	t.Parallel()
	const (
		first  = "package app\n\ntype Job struct{}\n\n//jobs:rate 1 hour\nfunc (Job) Run() error { return nil }\n"
		second = "\n//jobs:rate 1 hour\nfunc (Job) Walk() error { return nil }\n"
	)
	dir := testmodule.New(t).Dir(t, map[string]string{"jobs.go": first + second})
	if code, stderr := generateIn(dir); code != exitClean {
		t.Fatalf("the whole source: exit %d: %s", code, stderr)
	}
	want := outputs(t, dir)

	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		source := filepath.Join(dir, "jobs.go")
		for n := 0; ; n++ {
			// No two halves are the same, so a run that sees one sees it change.
			for _, text := range []string{"", fmt.Sprintf("%s// %d\n", first, n), first + second} {
				if err := os.WriteFile(source, []byte(text), 0o666); err != nil {
					t.Error(err)
				}
				time.Sleep(time.Millisecond)
			}
			select {
			case <-stop:
				return
			case <-time.After(time.Duration(n%20) * time.Millisecond):
			}
		}
	}()
	runs := 40
	if testing.Short() {
		runs = 5
	}
	codes := map[int]int{}
	for range runs {
		code, stderr := generateIn(dir)
		codes[code]++
		if code != exitClean && code != exitBad || strings.Contains(stderr, "no jobs") {
			t.Errorf("exit %d: %s", code, stderr)
		}
		if got := outputs(t, dir); got != want {
			t.Fatalf("exit %d, and the generated files are others:\n%s\n%s", code, stderr, got)
		}
	}
	close(stop)
	<-stopped
	t.Logf("exit codes: %v", codes)
	if code, stderr := generateIn(dir); code != exitClean || outputs(t, dir) != want {
		t.Errorf("once nothing changes: exit %d: %s", code, stderr)
	}
}

func generateIn(dir string) (code int, stderr string) {
	var out, errs bytes.Buffer
	code = run([]string{dir}, strings.NewReader(""), &out, &errs)
	return code, errs.String()
}

// outputs are the names and bytes of what jobgen wrote.
func outputs(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range []string{"jobs_gen.go", "jobs.cfn.yaml"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n%s", name, data)
	}
	return b.String()
}
