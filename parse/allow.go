package parse

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// allow is one //jobs:allow line: it silences one finding in its declaration.
type allow struct {
	code        diag.Code
	pos         model.Pos
	declaration *holder
}

var allowArgs = regexp.MustCompile(`^(\S+?)[,:]?\s+reason:\s*(\S.*)$`)

// allows reads the allow lines of a declaration.
func (h *holder) allows(report diag.Reporter) []*allow {
	var all []*allow
	for _, c := range h.directives {
		if c.Name != "allow" {
			continue
		}
		m := allowArgs.FindStringSubmatch(c.Args)
		if m == nil || !saysSomething(m[2]) {
			report.Report(diag.AllowMalformed, c.Pos, "an allow names a code and gives its reason: write `%s`", c.Spec.Example)
			continue
		}
		info, ok := diag.Lookup(m[1])
		switch {
		case !ok:
			report.Add(diag.New(diag.AllowNotPossible, c.At(0), "unknown code %q; `jobgen explain` lists them", diag.Clip(m[1])).Suggest(nearestCode(m[1])))
		case !info.Allowable:
			report.Report(diag.AllowNotPossible, c.At(0), "%s (%s) can't be allowed: mend the finding itself", info.Code, info.Title)
		default:
			all = append(all, &allow{code: info.Code, pos: c.Pos, declaration: h})
		}
	}
	return all
}

// saysSomething reports whether a reason has a word in it: empty quotes have none.
func saysSomething(reason string) bool {
	return strings.ContainsFunc(reason, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

func nearestCode(code string) string {
	var codes []string
	for _, info := range diag.Codes() {
		codes = append(codes, string(info.Code))
	}
	near, _ := spell.Nearest(strings.ToUpper(code), codes)
	return near
}

// covers reports whether a finding is one that the line allows.
func (a *allow) covers(d diag.Diagnostic) bool {
	return d.Code == a.code && d.Pos.File == a.pos.File && a.declaration.from <= d.Pos.Line && d.Pos.Line <= a.declaration.to
}
