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
// looks as something else. Where something is wrong with a value already, a name
// that is near a known one for example, that says enough.
func (p *packageParser) checkTexts(t *tree) {
	suspects := suspectTexts(t, "")
	if len(suspects) == 0 {
		return
	}
	told := map[model.Pos]bool{}
	for _, d := range p.diags.Sorted() {
		told[d.Pos] = told[d.Pos] || d.Severity == diag.Error
	}
	for _, d := range suspects {
		if !told[d.Pos] {
			p.diags.Add(d)
		}
	}
}

// suspectTexts gives the findings about the texts below t; field is the one at the
// event's top that they stand under.
func suspectTexts(t *tree, field string) []diag.Diagnostic {
	var all []diag.Diagnostic
	if t.kind == directive.String {
		all = suspectText(t, field)
	}
	for _, item := range t.items {
		all = append(all, suspectTexts(item, field)...)
	}
	for _, f := range t.fields {
		under := field
		if under == "" && f.key != or {
			under, _, _ = strings.Cut(f.key, ".")
		}
		all = append(all, suspectTexts(f.value, under)...)
	}
	return all
}

func suspectText(t *tree, field string) []diag.Diagnostic {
	text := t.text.String()
	code := diag.PatternSuspect
	var what string
	switch r := unseen(text); {
	case typographicQuotes(text):
		code, what = diag.TextUnseen, "has typographic quotes around it, which belong to the value here; write '…' or \"…\""
	case r != 0:
		code, what = diag.TextUnseen, fmt.Sprintf("has the character %U in it, which can't be seen; type the value anew", r)
	case strings.ContainsAny(text, noBreak):
		what = "has a no-break space in it, which is another character than a space; type the space anew, unless events have it"
	case isName(field) && strings.TrimSpace(text) != text:
		what = fmt.Sprintf("has a blank at one end, which %s hardly has in events; remove it", field)
	default:
		return nil
	}
	return []diag.Diagnostic{diag.New(code, t.pos, "%q %s", text, what)}
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
