package attach

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// Allow is an allow line. It silences one finding in its declaration.
type Allow struct {
	Code        diag.Code
	Pos         model.Pos
	Declaration *Declaration
}

// allowArgs are a code and a reason.
var allowArgs = regexp.MustCompile(`^(\S+?)[,:]?\s+reason:\s*(\S.*)$`)

// allows reads the allow lines of a declaration.
func (d *Declaration) allows(report diag.Reporter) []*Allow {
	var all []*Allow
	for _, c := range d.Directives {
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
			report.Add(diag.New(diag.AllowNotPossible, c.At(0), "unknown code %q; `jobgen explain` lists them", diag.Clip(m[1])).Suggest(m[1], nearestCode(m[1])))
		case !info.Allowable:
			report.Report(diag.AllowNotPossible, c.At(0), "%s (%s) can't be allowed: fix what it reports", info.Code, info.Title)
		default:
			all = append(all, &Allow{Code: info.Code, Pos: c.Pos, Declaration: d})
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

// Covers reports whether the line allows a finding: one with its code, in its
// declaration or about its handler's type.
func (a *Allow) Covers(d diag.Diagnostic) bool {
	return d.Code == a.Code && (a.contains(d.Pos) || a.contains(d.Handler))
}

func (a *Allow) contains(pos model.Pos) bool {
	return pos.File == a.Pos.File && a.Declaration.from <= pos.Line && pos.Line <= a.Declaration.to
}
