package jobstest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs/jobstest"
)

// asJobgen is the environment variable that makes the test binary print its arguments and
// exit with the variable's value as status.
const asJobgen = "JOBSTEST_AS_JOBGEN"

func TestMain(m *testing.M) {
	if status := os.Getenv(asJobgen); status != "" {
		os.Stdout.WriteString(strings.Join(os.Args[1:], " ") + "\n")
		os.Stderr.WriteString("jobs.cfn.yaml: stale\n")
		os.Exit(int(status[0] - '0'))
	}
	os.Exit(m.Run())
}

func TestGeneratedBy(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		status   string
		command  []string
		packages []string
		want     []string // of a failure; none if it passes
	}{
		"up to date":       {"0", []string{self}, nil, nil},
		"of packages":      {"0", []string{self, "run"}, []string{".", "example.com/shop"}, nil},
		"stale":            {"1", []string{self, "tool", "jobgen"}, []string{"./..."}, []string{"tool jobgen -check ./...", "stale", "exit status 1", "run go generate"}},
		"invalid":          {"2", []string{self}, nil, []string{"exit status 2"}},
		"no such program":  {"0", []string{"./no-such-program"}, nil, []string{"no-such-program", "no such file"}},
		"no command":       {"0", nil, nil, []string{"no command"}},
		"no such folder":   {"0", []string{self}, []string{"./no-such-folder"}, []string{"no-such-folder"}},
		"no such folders ": {"0", []string{self}, []string{"./no-such-folder/..."}, []string{"no-such-folder"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv(asJobgen, tt.status)
			got := record(t, func(tb testing.TB) { jobstest.GeneratedBy(tb, tt.command, tt.packages...) })
			got.says(t, tt.want...)
			if failed := got.log.Len() > 0; failed != (tt.want != nil) {
				t.Errorf("failed = %v:\n%s", failed, got.log.String())
			}
		})
	}
}

// If the module doesn't have the tool, the test fails and says what to do.
func TestGeneratedIsNeverSkipped(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	got := record(t, func(tb testing.TB) { jobstest.Generated(tb) })
	got.says(t, "go tool jobgen -check", "go get -tool github.com/jobgen/jobgen/cmd/jobgen")
}
