package diag

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
)

// Edited is a source file with the fixes of its findings.
type Edited struct {
	File     string
	Old, New []byte
	Fixed    []Diagnostic // the findings whose fixes are in New
}

// Fixed returns the source files with the fixes of their findings, sorted by name. Of fixes that
// overlap it has the first. The line of an allow that allows nothing is removed only if there is
// nothing else to fix and no other error, because a finding that it allows can be hidden by an
// error.
func (l *List) Fixed(source func(file string) []byte) []Edited {
	var last, others []Diagnostic
	onlyAllows := true
	for _, d := range l.Sorted() {
		if d.Code == AllowUnused {
			last = append(last, d)
			continue
		}
		others = append(others, d)
		onlyAllows = onlyAllows && d.Severity != Error
	}
	if all := fixed(others, source); len(all) > 0 || !onlyAllows {
		return all
	}
	return fixed(last, source)
}

func fixed(all []Diagnostic, source func(file string) []byte) []Edited {
	files := map[string][]Diagnostic{}
	for _, d := range all {
		files[d.Pos.File] = append(files[d.Pos.File], d)
	}
	var edited []Edited
	for _, file := range slices.Sorted(maps.Keys(files)) {
		old := source(file)
		if e := apply(old, files[file]); len(e.Fixed) > 0 {
			e.File, e.Old = file, old
			edited = append(edited, e)
		}
	}
	return edited
}

// apply makes the edits of findings in a file.
func apply(source []byte, findings []Diagnostic) Edited {
	type fix struct {
		Edit
		of Diagnostic
	}
	var fixes []fix
	for _, d := range findings {
		if e, ok := d.Edit(source); ok {
			fixes = append(fixes, fix{e, d})
		}
	}
	slices.SortStableFunc(fixes, func(a, b fix) int { return cmp.Or(a.Offset-b.Offset, a.End-b.End) })
	var out bytes.Buffer
	var e Edited
	at := 0
	for i, f := range fixes {
		if f.Offset < at || i > 0 && f.Edit == fixes[i-1].Edit {
			continue
		}
		out.Write(source[at:f.Offset])
		out.WriteString(f.Text)
		at = f.End
		e.Fixed = append(e.Fixed, f.of)
	}
	out.Write(source[at:])
	e.New = out.Bytes()
	return e
}
