package parse

import (
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// asFields are the findings about a key as the name of a field.
var asFields = []diag.Code{diag.EnvelopeField, diag.FieldMisspelled, diag.FieldUnknown, diag.KindMismatch, diag.KindDiffers}

// dropCovered drops the findings of which another one at the same place says more: a key
// that is a misspelled operator, such as $Or, is no field's name, and a text that is wrong
// is going to change.
func dropCovered(diags *diag.List) {
	operators, errors := map[model.Pos]bool{}, map[model.Pos]bool{}
	for _, d := range diags.Sorted() {
		operators[d.Pos] = operators[d.Pos] || d.Code == diag.Operator
		errors[d.Pos] = errors[d.Pos] || d.Severity == diag.Error && !d.Secondary
	}
	diags.Filter(func(d diag.Diagnostic) bool {
		return !(operators[d.Pos] && slices.Contains(asFields, d.Code) || errors[d.Pos] && d.Secondary)
	})
}
