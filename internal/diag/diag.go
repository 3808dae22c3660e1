// Package diag implements jobgen's diagnostics. A diagnostic has an exact
// position, a stable code, a message, the nearest valid name and related positions.
//
// A List collects the diagnostics of a whole run, so that they can be shown
// together, sorted by position and without duplicates. Render prints them for
// people, with the source line and a caret. WriteJSON prints them for programs,
// one object per line. One table (table.go) describes every code. `jobgen explain`
// prints its entries, and a diagnostic takes its severity from it.
package diag

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/jobgen/jobgen/internal/model"
)

// Severity is the weight of a finding.
type Severity int

// The severities. If there is an Error, jobgen writes no files.
const (
	Error Severity = iota
	Warning
	Note
)

// String returns the word that precedes the message.
func (s Severity) String() string {
	return [...]string{"error", "warning", "note"}[s]
}

// Diagnostic is one finding.
type Diagnostic struct {
	Pos      model.Pos
	Width    int // bytes to underline; with 0 there is only a caret
	Severity Severity
	Code     Code
	// Message names the bad value, the allowed values and the next step.
	Message string
	// Secondary reports whether the finding is dropped if another finding at the same
	// position is an error.
	Secondary bool
	// Suggestion is the nearest valid name, or "".
	Suggestion string
	// Fix is the change that makes the finding go away, if there is only one. Its zero value
	// changes nothing.
	Fix     Fix
	Related []Related
	// Handler is the method whose handler's type the finding is about, if the type is
	// declared elsewhere. An allow line of the method covers the finding too.
	Handler model.Pos
}

// Related is another position that explains a finding.
type Related struct {
	Pos     model.Pos
	Message string
}

// New returns a diagnostic with the severity of the code's table entry.
func New(code Code, pos model.Pos, format string, args ...any) Diagnostic {
	return Diagnostic{
		Pos: pos, Code: code, Severity: code.info().Severity,
		Message: fmt.Sprintf(format, args...),
	}
}

// Suggest returns d with the nearest valid name. The text found is what the name replaces at
// the finding's position. It is empty if the name is to be written somewhere else.
func (d Diagnostic) Suggest(found, name string) Diagnostic {
	d.Suggestion = name
	return d.Replace(found, name)
}

// Relate returns d with a related position.
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

// HasErrors reports whether any diagnostic is an error.
func (l *List) HasErrors() bool {
	return slices.ContainsFunc(l.all, func(d Diagnostic) bool { return d.Severity == Error })
}

// Count returns the number of diagnostics with the severity.
func (l *List) Count(s Severity) int {
	n := 0
	for _, d := range l.all {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Strict turns every warning into an error.
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

// Sorted returns the diagnostics sorted by position, severity, code and message,
// without duplicates.
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
