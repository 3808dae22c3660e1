package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/visible"
)

// escapeCodes are the codes of styles.
var escapeCodes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// TestStyles checks the styles of a diff, a list and an answer of run. Without its escape
// codes, the text is the same as without styles.
func TestStyles(t *testing.T) {
	const bold, red, green, cyan, normal = "\x1b[1m", "\x1b[1;31m", "\x1b[32m", "\x1b[36m", "\x1b[0m"
	for _, test := range []struct {
		name  string
		write func(w *visible.Writer) error
		want  string
	}{
		{"a diff", func(w *visible.Writer) error {
			return writeDiff(w, "--- a\n+++ b\n@@ -1 +1 @@\n same\n-old \x1b[5m\n+new\n\nIn the cloud, b:\n  x is created\n")
		}, bold + "--- a" + normal + "\n" + bold + "+++ b" + normal + "\n" + cyan + "@@ -1 +1 @@" + normal + "\n same\n" +
			red + `-old \x1b[5m` + normal + "\n" + green + "+new" + normal + "\n\nIn the cloud, b:\n  x is created\n"},
		{"a table", func(w *visible.Writer) error { return writeList(w, listRows[1:], 80) },
			bold + "JOB                   RULE      WHEN             FUNCTION  PLACE" + normal + "\nSecurityJob.Stopping  Stopping  source = my.app  security  jobs.go:9\n"},
		{"blocks", func(w *visible.Writer) error { return writeList(w, listRows[1:], 40) },
			bold + "SecurityJob.Stopping" + normal + "\n  rule      Stopping\n  when      source = my.app\n  function  security\n  place     jobs.go:9\n"},
		{"an answer", func(w *visible.Writer) error {
			return (&fired{Rule: "R", Method: "T.M", Answer: []byte(`"\x1b[5m"`)}).write(w)
		}, "  rule    R\n  method  T.M\n" + green + "  answer" + normal + `  "\x1b[5m"` + "\n"},
		{"a failure", func(w *visible.Writer) error {
			return (&fired{Rule: "R", ErrorType: "errorString", Error: "no"}).write(w)
		}, "  rule    R\n" + red + "  FAILED" + normal + "  errorString: no\n"},
	} {
		var styled, plain strings.Builder
		with, without := visible.NewWriter(&styled), visible.NewWriter(&plain)
		with.Styled = true
		if err := test.write(with); err != nil {
			t.Fatal(err)
		}
		if err := test.write(without); err != nil {
			t.Fatal(err)
		}
		if styled.String() != test.want {
			t.Errorf("%s:\n%q, want\n%q", test.name, styled.String(), test.want)
		}
		if got := escapeCodes.ReplaceAllString(styled.String(), ""); got != plain.String() {
			t.Errorf("%s without escape codes is\n%q, want\n%q", test.name, got, plain.String())
		}
	}
}
