package schedule

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// brief gives problems as the tables of the tests have them, one a line:
// offset-end kind, "warning", → suggestion, related place.
func brief(problems []Problem) string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = fmt.Sprintf("%d-%d %s", p.Offset, p.End, p.Kind)
		if p.Warning {
			lines[i] += " warning"
		}
		if p.Suggestion != "" {
			lines[i] += " → " + p.Suggestion
		}
		if p.Related != nil {
			lines[i] += fmt.Sprintf(" (%d-%d)", p.Related.Offset, p.Related.End)
		}
	}
	return strings.Join(lines, "\n")
}

// lines trims a raw string of a table to the form of brief.
func lines(s string) string {
	var list []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return strings.Join(list, "\n")
}

func mustCron(t *testing.T, expr string) *Cron {
	t.Helper()
	c, problems := ParseCron(expr)
	if c == nil {
		t.Fatalf("ParseCron(%q): %v", expr, problems)
	}
	return c
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", time.RFC3339} {
		if tm, err := time.Parse(layout, s); err == nil {
			return tm
		}
	}
	t.Fatalf("no time: %q", s)
	return time.Time{}
}

// checkProblems checks what every problem promises, whatever it is about.
func checkProblems(t *testing.T, expr string, ok bool, problems []Problem, reparse func(string) bool) {
	t.Helper()
	if ok == fatal(problems) {
		t.Errorf("%q: accepted is %v with %v", expr, ok, problems)
	}
	for i, p := range problems {
		if p.Offset < 0 || p.Offset > p.End || p.End > len(expr) {
			t.Errorf("%q: %d-%d is not in it", expr, p.Offset, p.End)
		}
		if i > 0 && p.Offset < problems[i-1].Offset {
			t.Errorf("%q: problems out of order", expr)
		}
		if p.Message == "" || p.Suggestion == "" && p.Remedy == "" && p.Kind != Range {
			t.Errorf("%q: %+v does not say what to do", expr, p)
		}
		if strings.Contains(p.Suggestion, " ") && !reparse(p.Suggestion) {
			t.Errorf("%q: the suggestion %q is wrong too", expr, p.Suggestion)
		}
		if len(p.String()) > 1000 {
			t.Errorf("%q: a message of %d bytes", expr, len(p.String()))
		}
	}
}

func checkRate(t *testing.T, expr string, r *Rate, problems []Problem) {
	t.Helper()
	checkProblems(t, expr, r != nil, problems, func(s string) bool {
		again, more := ParseRate(s)
		return again != nil && more == nil
	})
}

func checkCron(t *testing.T, expr string, c *Cron, problems []Problem) {
	t.Helper()
	checkProblems(t, expr, c != nil, problems, func(s string) bool {
		again, more := ParseCron(s)
		return again != nil && more == nil
	})
}

var kindNames = [...]string{
	Syntax:     "syntax",
	FieldCount: "field count",
	Range:      "range",
	Name:       "name",
	Unit:       "unit",
	Wildcard:   "wildcard",
	Question:   "question mark",
	NeverFires: "never fires",
	Limit:      "limit",
}

func (k Kind) String() string { return kindNames[k] }

// String returns the message, the suggestion and the remedy.
func (p Problem) String() string {
	s := p.Message
	if p.Suggestion != "" {
		s += fmt.Sprintf("; did you mean %q?", p.Suggestion)
	}
	if p.Remedy != "" {
		s += "; " + p.Remedy
	}
	return s
}
