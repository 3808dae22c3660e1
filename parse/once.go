package parse

import (
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// asFields are the findings about a key as the name of a field.
var asFields = []diag.Code{diag.EnvelopeField, diag.FieldMisspelled, diag.FieldUnknown, diag.KindMismatch, diag.KindDiffers}

// tellOnce drops what is said of a key as a field's name where it is said to be
// an operator's: $Or is one fault.
func (p *packageParser) tellOnce() {
	operators := map[model.Pos]bool{}
	for _, d := range p.diags.Sorted() {
		if d.Code == diag.Operator {
			operators[d.Pos] = true
		}
	}
	p.diags.Filter(func(d diag.Diagnostic) bool { return !operators[d.Pos] || !slices.Contains(asFields, d.Code) })
}
