// Package report settles which findings of a run are reported.
package report

import (
	"slices"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// Settle leaves the findings that are reported, in this order:
//
//  1. Of equal findings the list itself gives one (diag.List.Sorted).
//  2. A finding is dropped if another one at its place covers it. This comes before the
//     allow lines: a line that allows only a covered finding is unused.
//  3. Each allow line takes out the first finding that it covers. A line that takes none is
//     a finding itself.
//  4. Of the notes about overlaps the first ones are left. This comes after the allow lines,
//     since such a line must find its note.
func Settle(found *diag.List, allows []*attach.Allow) {
	dropCovered(found)
	silence(found, allows)
	capNotes(found)
}

// asFields are the findings about a key as the name of a field.
var asFields = []diag.Code{diag.EnvelopeField, diag.FieldMisspelled, diag.FieldUnknown, diag.KindMismatch, diag.KindDiffers}

// dropCovered drops the findings of which another one at the same place says more: a key
// that is a misspelled operator, such as $Or, is no field's name, and a text that is wrong
// is going to change.
func dropCovered(found *diag.List) {
	operators, errors := map[model.Pos]bool{}, map[model.Pos]bool{}
	for _, d := range found.Sorted() {
		operators[d.Pos] = operators[d.Pos] || d.Code == diag.Operator
		errors[d.Pos] = errors[d.Pos] || d.Severity == diag.Error && !d.Secondary
	}
	found.Filter(func(d diag.Diagnostic) bool {
		return !(operators[d.Pos] && slices.Contains(asFields, d.Code) || errors[d.Pos] && d.Secondary)
	})
}

// silence takes the allowed findings out, one for each allow line: the first in the
// declaration.
func silence(found *diag.List, allows []*attach.Allow) {
	sorted := found.Sorted()
	silenced := map[string]bool{}
	var unused []*attach.Allow
	for _, a := range allows {
		i := slices.IndexFunc(sorted, func(d diag.Diagnostic) bool { return a.Covers(d) && !silenced[key(d)] })
		if i < 0 {
			unused = append(unused, a)
			continue
		}
		silenced[key(sorted[i])] = true
	}
	found.Filter(func(d diag.Diagnostic) bool { return !silenced[key(d)] })
	for _, a := range unused {
		found.Report(diag.AllowUnused, a.Pos, "there is no %s in %s to allow; remove the line", a.Code, a.Declaration.Describe())
	}
}

// key is the same for equal findings.
func key(d diag.Diagnostic) string {
	return d.Pos.String() + string(d.Code) + d.Message
}

// mostNotes is how many notes about overlaps one run reports: with hundreds of rules for the
// same events, they would bury all else.
const mostNotes = 50

// capNotes leaves the first notes about overlaps and says how many there are more.
func capNotes(found *diag.List) {
	var notes []model.Pos
	for _, d := range found.Sorted() {
		if d.Code == diag.OverlapAcross {
			notes = append(notes, d.Pos)
		}
	}
	if len(notes) <= mostNotes+1 {
		return
	}
	more := notes[mostNotes:]
	found.Filter(func(d diag.Diagnostic) bool {
		return d.Code != diag.OverlapAcross || !slices.Contains(more, d.Pos)
	})
	found.Report(diag.OverlapAcross, more[0], "%d more rules from here on share events with rules of other methods; `jobgen which EVENT…` shows what an event fires", len(more))
}
