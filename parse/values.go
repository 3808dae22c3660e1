package parse

import (
	"context"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/lint"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
)

// variant is a package in which certain values replace the references to declared parameters.
// All checks read the values like literal texts.
type variant struct {
	base  *lint.Package
	read  *read
	known map[string]string
}

// readVariants reads a package for the declared values of its parameters: once with all
// defaults, and once for each other value of a parameter. A parameter without a default has
// its first allowed value, and one without values stays a parameter.
func readVariants(cfg Config, pkg *load.Package, l *load.Loader, base *lint.Package) []*variant {
	var all []*variant
	for _, known := range assignments(base) {
		v := &variant{base: base, read: readPackage(cfg, pkg, l, known), known: known}
		// Nothing refers to a parameter that a value replaces.
		v.read.out.Params, v.read.out.References = base.Params, base.References
		v.markAbsent()
		all = append(all, v)
	}
	return all
}

// markAbsent marks the rules whose condition is false.
func (v *variant) markAbsent() {
	for _, j := range v.read.out.Methods {
		for _, r := range j.Rules {
			_, r.Absent = r.Condition().Fails(v.known)
		}
	}
}

// isAbsent reports whether a position is on a line of a rule that doesn't exist.
func (v *variant) isAbsent(pos model.Pos) bool {
	for _, j := range v.read.out.Methods {
		for _, r := range j.Rules {
			on := func(p model.Pos) bool { return p.File == pos.File && p.Line == pos.Line }
			if r.Absent && (on(r.Form) || on(r.Pos)) {
				return true
			}
		}
	}
	return false
}

// assignments returns the values with which a package is checked.
func assignments(p *lint.Package) []map[string]string {
	first := map[string]string{}
	for _, d := range p.Parameters {
		if values := declaredValues(p, d); len(values) > 0 && p.Params[d.Name].IsValid() {
			first[d.Name] = values[0]
		}
	}
	if len(first) == 0 {
		return nil
	}
	all := []map[string]string{first}
	for _, d := range p.Parameters {
		if _, ok := first[d.Name]; !ok {
			continue
		}
		for _, value := range declaredValues(p, d)[1:] {
			known := map[string]string{}
			for name, v := range first {
				known[name] = v
			}
			known[d.Name] = value
			all = append(all, known)
		}
	}
	return all
}

// declaredValues returns the values that a declaration names, the default first. Those of a
// list have commas between them: the default, and all that may be in the list.
func declaredValues(p *lint.Package, d *model.Parameter) []string {
	var values []string
	if d.Default != nil {
		values = append(values, strings.Join(d.Default, ","))
	}
	if slices.ContainsFunc(p.References, func(r lint.Reference) bool { return r.IsList && r.Name == d.Name }) {
		if all := strings.Join(d.Allowed, ","); d.Allowed != nil && !slices.Contains(values, all) {
			values = append(values, all)
		}
		return values
	}
	for _, value := range d.Allowed {
		if !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values
}

// checkVariants adds what the checks find in the variants of packages, and didn't find in the
// packages themselves. The message then names the values.
func (r *run) checkVariants(ctx context.Context, facts *lint.Facts) {
	type place struct {
		code diag.Code
		pos  model.Pos
	}
	found := map[place]bool{}
	for _, d := range r.res.Diagnostics.Sorted() {
		found[place{d.Code, d.Pos}] = true
	}
	for _, v := range r.variants {
		list := v.read.diags
		// Rules of other packages are not read again, and may use what seems to be unused here.
		input := &lint.Run{Packages: []*lint.Package{v.read.out}, Unread: true}
		input.Check(ctx, facts, func(*lint.Check) diag.Reporter { return list })
		for _, d := range list.Sorted() {
			at := place{d.Code, d.Pos}
			// A rule of another package may fill a field that stays empty here.
			if found[at] || v.isAbsent(d.Pos) || d.Code == diag.HandlerField && len(r.packages) > 1 {
				continue
			}
			found[at] = true
			d.Message += " (with " + v.with(d) + ")"
			r.res.Diagnostics.Add(d)
		}
	}
}

// with returns a text with the values of the parameters that a finding is about. These are the
// parameters at the finding's position, or else on its line or a related line, or else all.
func (v *variant) with(d diag.Diagnostic) string {
	names := v.names(func(pos model.Pos) bool { return pos == d.Pos })
	if names == nil {
		names = v.names(func(pos model.Pos) bool { return isOnLine(d, pos) })
	}
	if names == nil {
		for _, p := range v.base.Parameters {
			if _, known := v.known[p.Name]; known {
				names = append(names, p.Name)
			}
		}
	}
	for i, name := range names {
		names[i] = name + " = " + diag.Clip(v.known[name])
	}
	return strings.Join(names, ", ")
}

// names returns the parameters with a known value that have a reference at a position for which
// is returns true.
func (v *variant) names(is func(model.Pos) bool) []string {
	var names []string
	for _, ref := range v.base.References {
		_, known := v.known[ref.Name]
		if known && is(ref.Pos) && !slices.Contains(names, ref.Name) {
			names = append(names, ref.Name)
		}
	}
	return names
}

// isOnLine reports whether a finding is on the line of a position.
func isOnLine(d diag.Diagnostic, pos model.Pos) bool {
	same := func(other model.Pos) bool { return other.File == pos.File && other.Line == pos.Line }
	return same(d.Pos) || slices.ContainsFunc(d.Related, func(r diag.Related) bool { return same(r.Pos) })
}
