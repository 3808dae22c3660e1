// Package report decides which findings of a run are reported.
package report

import (
	"slices"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// Settle removes the findings that are not reported, in this order:
//
//  1. The list returns equal findings once (diag.List.Sorted).
//  2. A finding is removed if another one at its position covers it. This step precedes the
//     allow lines: a line that allows only a covered finding is unused.
//  3. Each allow line removes the first finding that it allows. A line that removes none is
//     reported.
//  4. Only the first notes of some codes remain. This step follows the allow lines, so that a
//     line finds its note.
func Settle(found *diag.List, allows []*attach.Allow) {
	dropCovered(found)
	silence(found, slices.DeleteFunc(slices.Clone(allows), isLate))
	capNotes(found)
}

// AddLate adds findings that are made when files are generated, except those that allow lines
// allow. Settle leaves the allow lines for such findings to AddLate.
func AddLate(found *diag.List, late []diag.Diagnostic, allows []*attach.Allow) {
	found.Add(late...)
	silence(found, slices.DeleteFunc(slices.Clone(allows), func(a *attach.Allow) bool { return !isLate(a) }))
}

func isLate(a *attach.Allow) bool {
	info, _ := diag.Lookup(string(a.Code))
	return info.Late
}

// asFields are the codes of findings about a key as a field's name.
var asFields = []diag.Code{diag.EnvelopeField, diag.FieldMisspelled, diag.FieldUnknown, diag.KindMismatch, diag.KindDiffers}

// dropCovered removes findings if another one at the same position says more: a key that is a
// misspelled operator, such as $Or, is not a field's name, and a wrong text is going to
// change.
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

// silence removes the allowed findings: for each allow line, the first in the declaration.
func silence(found *diag.List, allows []*attach.Allow) {
	sorted := found.Sorted()
	silenced := map[string]bool{}
	for _, a := range allows {
		i := slices.IndexFunc(sorted, func(d diag.Diagnostic) bool { return a.Covers(d) && !silenced[key(d)] })
		if i < 0 {
			found.Add(diag.New(diag.AllowUnused, a.Pos, "there is no %s in %s to allow; remove the line", a.Code, a.Declaration.Describe()).RemoveLine())
			continue
		}
		silenced[key(sorted[i])] = true
	}
	found.Filter(func(d diag.Diagnostic) bool { return !silenced[key(d)] })
}

// key returns a text that is the same for equal findings.
func key(d diag.Diagnostic) string {
	return d.Pos.String() + string(d.Code) + d.Message
}

// mostNotes is the number of notes of a code that one run reports. With hundreds of rules for
// the same events or of packages with the same prerequisite, they would hide the other
// findings.
const mostNotes = 50

// capped are the codes whose notes are limited, each with the message of the note that
// reports the number of the others.
var capped = []struct {
	code diag.Code
	more string
}{
	{diag.OverlapAcross, "%d more rules from here on share events with rules of other methods; `jobgen which EVENT…` shows what an event fires"},
	{diag.OneRegion, "%d more rules from here on are for events that don't arrive in every Region"},
	{diag.SwitchedOff, "%d more rules from here on are for events that arrive only if something is on; the rule files list it"},
}

// capNotes keeps the first notes of each code that is limited, and reports the number of the
// others.
func capNotes(found *diag.List) {
	for _, c := range capped {
		var notes []model.Pos
		for _, d := range found.Sorted() {
			if d.Code == c.code {
				notes = append(notes, d.Pos)
			}
		}
		if len(notes) <= mostNotes+1 {
			continue
		}
		more := notes[mostNotes:]
		found.Filter(func(d diag.Diagnostic) bool { return d.Code != c.code || !slices.Contains(more, d.Pos) })
		found.Report(c.code, more[0], c.more, len(more))
	}
}
