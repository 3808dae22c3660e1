package parse

import (
	"go/types"

	"github.com/jobgen/jobgen/internal/attach"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/gotypes"
	"github.com/jobgen/jobgen/internal/model"
)

// refusedFormats reports the fields of a job's types that have the option format in
// their json tags: since Go 1.27 encoding/json neither decodes nor encodes a struct
// with such a field.
func (p *packageParser) refusedFormats(h *attach.Declaration) {
	fn, ok := p.pkg.TypesInfo.Defs[h.Func.Name].(*types.Func)
	if !ok {
		return
	}
	for v := range fn.Signature().Params().Variables() {
		if gotypes.EventKind(v.Type()) != model.LambdaEvent {
			p.refused(gotypes.DetailType(v.Type()), "decode", gotypes.DecodesItself)
		}
	}
	for v := range fn.Signature().Results().Variables() {
		p.refused(v.Type(), "encode", gotypes.EncodesItself)
	}
}

func (p *packageParser) refused(t types.Type, verb string, itself func(types.Type) bool) {
	for _, f := range p.tags.types.FormatOptions(t, itself) {
		p.diags.Report(diag.TagFormat, f.Pos,
			"encoding/json can't %s a struct whose field %s has the tag option format, and returns an error for every event; remove the option, and give the field a type with methods that read and write the format", verb, f.Field.Name())
	}
}
