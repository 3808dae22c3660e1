package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// checkConfusables checks the texts of a pattern for what can't be seen in them, or
// looks like something else.
func checkConfusables(r *Rule, _ *Facts, report diag.Reporter) {
	eachField(r.Pattern.Top(), "", func(path string, m *pattern.Member) {
		name, _, _ := strings.Cut(path, ".")
		for i := range m.Field.Alternatives {
			for _, o := range m.Field.Alternatives[i].Operands {
				if o.Type == pattern.String {
					confusable(r, name, o, report)
				}
			}
		}
	})
}

// confusable checks a text; field is the event's own that it is asked for in.
func confusable(r *Rule, field string, o pattern.Operand, report diag.Reporter) {
	text := o.Text
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
		what = fmt.Sprintf("has a blank at one end, and %s hardly ever has one in events; remove it", field)
	default:
		return
	}
	d := diag.New(code, r.At(o.Offset), "%q %s", text, what)
	d.Secondary = true // a name that is near a known one, for example, says enough
	report.Add(d)
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
