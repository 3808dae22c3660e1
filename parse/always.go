package parse

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
)

// checkAlways reports lists of alternatives of which one holds whatever value
// the field has: they are joined by OR, which is easily read as AND.
func (p *packageParser) checkAlways(t *tree, path string) {
	for _, f := range t.fields {
		at := strings.TrimPrefix(path+"."+f.key, ".")
		switch {
		case f.key == or && f.value.kind == directive.List:
			for _, branch := range f.value.items {
				p.checkAlways(branch, path)
			}
		case f.value.kind == directive.Map:
			p.checkAlways(f.value, at)
		case f.value.kind == directive.List:
			if why := always(f.value.items); why != "" {
				p.diags.Report(diag.AlwaysMatches, f.value.pos, "%s holds whatever value the event has: alternatives are joined by OR, and %s; put exceptions in one anything-but: [a, b]", at, why)
			}
		}
	}
}

// always says why one of the alternatives always holds, "" if that isn't sure.
func always(items []*tree) string {
	var excepts [][]string // what each anything-but leaves out
	var literals []string
	exists := map[string]bool{}
	for _, item := range items {
		switch name, operand := operatorOf(item); {
		case name == "":
			literals = append(literals, item.kindWord())
		case name == "exists":
			exists[operand.word] = true
		case name == "anything-but" && operand.kind != directive.Map && len(exceptions(operand)) > 0:
			excepts = append(excepts, exceptions(operand))
		}
	}
	if exists["true"] && len(items) > 1 {
		return "exists: true alone holds for any"
	}
	for i, a := range excepts {
		if isSubset(a, literals) {
			return fmt.Sprintf("what anything-but leaves out, %s, is an alternative too", strings.Join(a, ", "))
		}
		for _, b := range excepts[i+1:] {
			if !slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) }) {
				return fmt.Sprintf("no value is both %s and %s", strings.Join(a, " or "), strings.Join(b, " or "))
			}
		}
	}
	return ""
}

// operatorOf returns the operator of an alternative and its operand; the name
// is empty for a literal.
func operatorOf(t *tree) (string, *tree) {
	if t.kind != directive.Map || len(t.fields) != 1 {
		return "", t
	}
	return t.fields[0].key, t.fields[0].value
}

func exceptions(operand *tree) []string {
	if operand.kind != directive.List {
		return []string{operand.kindWord()}
	}
	var all []string
	for _, item := range operand.items {
		all = append(all, item.kindWord())
	}
	return all
}

func isSubset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(v string) bool { return !slices.Contains(b, v) })
}
