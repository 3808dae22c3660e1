package parse

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
)

// checkTexts checks the texts of a pattern for what can't be seen in them, or
// looks as something else; field is the one at the event's top that they stand
// under.
func (p *packageParser) checkTexts(t *tree, field string) {
	if t.kind == directive.String {
		p.checkText(t, field)
	}
	for _, item := range t.items {
		p.checkTexts(item, field)
	}
	for _, f := range t.fields {
		under := field
		if under == "" && f.key != or {
			under, _, _ = strings.Cut(f.key, ".")
		}
		p.checkTexts(f.value, under)
	}
}

func (p *packageParser) checkText(t *tree, field string) {
	text := t.text.String()
	code, what := diag.PatternSuspect, ""
	switch r := unseen(text); {
	case typographicQuotes(text):
		code, what = diag.TextUnseen, "has typographic quotes around it, which belong to the value here; write '…' or \"…\""
	case r != 0:
		code, what = diag.TextUnseen, fmt.Sprintf("has the character %U in it, which can't be seen; type the value anew", r)
	case strings.ContainsAny(text, noBreak):
		what = "has a no-break space in it, which is another character than a space; type the space anew, unless events have it"
	case isName(field) && strings.TrimSpace(text) != text:
		what = fmt.Sprintf("has a blank at one end, and %s of events hardly has; remove it", field)
	}
	if what != "" && !p.isTold(t.pos) {
		p.diags.Report(code, t.pos, "%q %s", text, what)
	}
}

// isTold reports whether something is wrong with a value already: a name that is
// near a known one, for example.
func (p *packageParser) isTold(pos model.Pos) bool {
	return slices.ContainsFunc(p.diags.Sorted(), func(d diag.Diagnostic) bool { return d.Pos == pos && d.Severity == diag.Error })
}

// isName reports whether a field at an event's top holds a name, which no blank
// begins or ends.
func isName(field string) bool {
	return isEnvelope(field) && field != "detail"
}

// noBreak are the spaces that no line breaks at.
const noBreak = "\u00a0\u202f\u2007"

// quotePairs are the typographic quotes that come around a text, of several
// languages.
var quotePairs = [][2]string{{"“", "”"}, {"‘", "’"}, {"„", "“"}, {"‚", "‘"}, {"«", "»"}, {"”", "”"}, {"’", "’"}}

func typographicQuotes(text string) bool {
	return slices.ContainsFunc(quotePairs, func(pair [2]string) bool {
		return len(text) >= len(pair[0])+len(pair[1]) && strings.HasPrefix(text, pair[0]) && strings.HasSuffix(text, pair[1])
	})
}

// unseen returns a character of a text that has no width and no use in it, 0 if
// there is none. Joiners have a use between letters of some scripts, and in emoji.
func unseen(text string) rune {
	runes := []rune(text)
	for i, r := range runes {
		switch r {
		case '\u200b', '\u2060', '\ufeff', '\u00ad':
			return r
		case '\u200c', '\u200d':
			if i == 0 || i == len(runes)-1 || runes[i-1] <= unicode.MaxASCII || runes[i+1] <= unicode.MaxASCII {
				return r
			}
		}
	}
	return 0
}
