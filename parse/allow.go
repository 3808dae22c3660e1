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
	code   diag.Code
	at     model.Pos
	holder *holder
	used   bool
}

var allowArgs = regexp.MustCompile(`^(\S+?)[,:]?\s+reason:\s*(\S.*)$`)

// allows reads the allow lines of a declaration.
func (p *packageParser) allows(h *holder) {
	for _, c := range h.directives {
		if c.Name != "allow" {
			continue
		}
		m := allowArgs.FindStringSubmatch(c.Args)
		if m == nil || !saysSomething(m[2]) {
			p.diags.Report(diag.AllowMalformed, c.Pos, "an allow names a code and gives its reason: write `%s`", c.Spec.Example)
			continue
		}
		info, ok := diag.Lookup(m[1])
		switch {
		case !ok:
			p.diags.Add(diag.New(diag.AllowNotPossible, c.At(0), "unknown code %q; `jobgen explain` lists them", diag.Clip(m[1])).Suggest(nearestCode(m[1])))
		case !info.Allowable:
			p.diags.Report(diag.AllowNotPossible, c.At(0), "%s (%s) can't be allowed: mend the finding itself", info.Code, info.Title)
		default:
			p.allowed = append(p.allowed, &allow{code: info.Code, at: c.Pos, holder: h})
		}
	}
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

// silence takes the allowed findings out, one for each allow: the first in the
// declaration. An allow that finds none is reported.
func (p *packageParser) silence() {
	silenced := map[string]bool{}
	for _, a := range p.allowed {
		for _, d := range p.diags.Sorted() {
			if !a.used && a.covers(d) && !silenced[key(d)] {
				a.used, silenced[key(d)] = true, true
			}
		}
	}
	p.diags.Filter(func(d diag.Diagnostic) bool { return !silenced[key(d)] })
	for _, a := range p.allowed {
		if !a.used {
			p.diags.Report(diag.AllowUnused, a.at, "there is no %s in %s to allow; remove the line", a.code, a.holder.describe())
		}
	}
}

func key(d diag.Diagnostic) string {
	return d.Pos.String() + string(d.Code) + d.Message
}

func (a *allow) covers(d diag.Diagnostic) bool {
	return d.Code == a.code && d.Pos.File == a.at.File && a.holder.from <= d.Pos.Line && d.Pos.Line <= a.holder.to
}
