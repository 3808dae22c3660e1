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

// TestSourceThatChanges runs jobgen while another process rewrites a source again and
// again, as editors and version control do: the file is empty at first, and then has only
// its first half. No run may generate from such a part.
func TestSourceThatChanges(t *testing.T) {
	t.Parallel()
	const (
		first  = "package app\n\ntype Job struct{}\n\n//jobs:rate 1 hour\nfunc (Job) Run() error { return nil }\n"
		second = "\n//jobs:rate 1 hour\nfunc (Job) Walk() error { return nil }\n"
	)
	dir := testmodule.New(t).Dir(t, map[string]string{"jobs.go": first + second})
	if code, stderr := generateIn(dir); code != exitClean {
		t.Fatalf("with the complete source: exit %d: %s", code, stderr)
	}
	want := outputs(t, dir)

	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		source := filepath.Join(dir, "jobs.go")
		for n := 0; ; n++ {
			// Each half is different, so a run that reads one also sees that it changes.
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
			t.Fatalf("exit %d, and the generated files have changed:\n%s\n%s", code, stderr, got)
		}
	}
	close(stop)
	<-stopped
	t.Logf("exit codes: %v", codes)
	if code, stderr := generateIn(dir); code != exitClean || outputs(t, dir) != want {
		t.Errorf("after the last change: exit %d: %s", code, stderr)
	}
}

func generateIn(dir string) (code int, stderr string) {
	var out, errs bytes.Buffer
	code = run([]string{dir}, strings.NewReader(""), &out, &errs)
	return code, errs.String()
}

// outputs returns the names and bytes of the generated files.
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
