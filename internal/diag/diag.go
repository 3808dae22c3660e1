// Package diag is how jobgen tells what it found: diagnostics with an exact
// place, a stable code, the nearest right name and related places.
//
// A List collects the findings of a whole run, so that all of them are shown at
// once: sorted by place, each once. Render prints them for people, with the
// source line and a caret; WriteJSON prints them for programs, one object a
// line. Every code is described in one table (codes.go), which `jobgen explain`
// reads; a diagnostic takes its severity from there.
package diag

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/jobgen/jobgen/internal/model"
)

// Severity is how much a finding weighs.
type Severity int

// The severities. Any Error and nothing is written.
const (
	Error Severity = iota
	Warning
	Note
)

// String gives the word that stands in front of the message.
func (s Severity) String() string {
	return [...]string{"error", "warning", "note"}[s]
}

// Diagnostic is one finding.
type Diagnostic struct {
	Pos      model.Pos
	Width    int // bytes to underline; 0 is a lone caret
	Severity Severity
	Code     Code
	// Message says what was found, what is allowed and what to do next.
	Message string
	// Secondary says that the finding is needless where another one at its place is an
	// error.
	Secondary bool
	// Suggestion is the nearest right name, "" where there is none.
	Suggestion string
	Related    []Related
}

// Related is a second place that explains a finding.
type Related struct {
	Pos     model.Pos
	Message string
}

// New makes a diagnostic with the severity that the code's table entry gives.
func New(code Code, pos model.Pos, format string, args ...any) Diagnostic {
	return Diagnostic{
		Pos: pos, Code: code, Severity: code.info().Severity,
		Message: fmt.Sprintf(format, args...),
	}
}

// Suggest adds the nearest right name.
func (d Diagnostic) Suggest(name string) Diagnostic {
	d.Suggestion = name
	return d
}

// Relate adds a related place.
func (d Diagnostic) Relate(pos model.Pos, format string, args ...any) Diagnostic {
	d.Related = append(slices.Clone(d.Related), Related{pos, fmt.Sprintf(format, args...)})
	return d
}

// List collects diagnostics. Its zero value is ready to use.
type List struct {
	all []Diagnostic
}

// Add adds d.
func (l *List) Add(d ...Diagnostic) { l.all = append(l.all, d...) }

// Report makes a diagnostic with New and adds it.
func (l *List) Report(code Code, pos model.Pos, format string, args ...any) {
	l.Add(New(code, pos, format, args...))
}

// HasErrors reports whether one of the diagnostics is an error.
func (l *List) HasErrors() bool {
	return slices.ContainsFunc(l.all, func(d Diagnostic) bool { return d.Severity == Error })
}

// Count returns how many diagnostics have the severity.
func (l *List) Count(s Severity) int {
	n := 0
	for _, d := range l.all {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Strict makes every warning an error.
func (l *List) Strict() {
	for i := range l.all {
		if l.all[i].Severity == Warning {
			l.all[i].Severity = Error
		}
	}
}

// Filter keeps the diagnostics for which keep returns true.
func (l *List) Filter(keep func(Diagnostic) bool) {
	l.all = slices.DeleteFunc(l.all, func(d Diagnostic) bool { return !keep(d) })
}

// Sorted returns the diagnostics by place and code, each once.
func (l *List) Sorted() []Diagnostic {
	sorted := slices.Clone(l.all)
	slices.SortStableFunc(sorted, compare)
	return slices.CompactFunc(sorted, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		a.Pos.Compare(b.Pos),
		cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Message, b.Message),
	)
}
