package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// checkConfusables reports characters in a pattern's texts that are invisible or look like
// others.
func checkConfusables(r *Rule, _ *Facts, report diag.Reporter) {
	eachField(r.Pattern.Top(), "", func(path string, m *pattern.Member) {
		name, _, _ := strings.Cut(path, ".")
		for i := range m.Field.Alternatives {
			a := &m.Field.Alternatives[i]
			for j, o := range a.Operands {
				if o.Type == pattern.String {
					confusable(r, name, a.Terms()[j], o.Text, report)
				}
			}
		}
	})
}

// confusable checks a text. Field is the field at the event's top.
func confusable(r *Rule, field string, t pattern.Term, text string, report diag.Reporter) {
	code := diag.PatternSuspect
	var what string
	switch r := invisible(text); {
	case typographicQuotes(text):
		code, what = diag.TextUnseen, "has typographic quotes around it, which belong to the value here; write '…' or \"…\""
	case r != 0:
		code, what = diag.TextUnseen, fmt.Sprintf("has the character %U in it, which can't be seen; type the value anew", r)
	case strings.ContainsAny(text, noBreak):
		what = "has a no-break space in it, which is another character than a space; type the space anew, unless events have it"
	case isEnvelope(field) && field != "detail" && hasBlankEnd(t, text):
		what = fmt.Sprintf("has a blank at one end, and %s hardly ever has one in events; remove it", field)
	default:
		return
	}
	d := diag.New(code, r.At(t.Offset()), "%q %s", text, what)
	d.Secondary = true // an error says enough, such as the one for a misspelled name
	report.Add(d)
}

// hasBlankEnd reports whether a text has a blank where the value that it is compared with
// begins or ends. Where a prefix ends and a suffix begins, the value goes on.
func hasBlankEnd(t pattern.Term, text string) bool {
	if end := t.Part(text, min(1, len(text))); end != "" {
		text = end
	}
	return strings.TrimSpace(text) != text
}

// noBreak are the spaces at which no line is broken.
const noBreak = "\u00a0\u202f\u2007"

// quotePairs are the typographic quotes of several languages.
var quotePairs = [][2]string{{"“", "”"}, {"‘", "’"}, {"„", "“"}, {"‚", "‘"}, {"«", "»"}, {"”", "”"}, {"’", "’"}}

func typographicQuotes(text string) bool {
	return slices.ContainsFunc(quotePairs, func(pair [2]string) bool {
		return len(text) >= len(pair[0])+len(pair[1]) && strings.HasPrefix(text, pair[0]) && strings.HasSuffix(text, pair[1])
	})
}

// invisible returns a character of a text that has no width and no purpose, or 0. Joiners
// have a purpose between letters of some scripts, and in emoji.
func invisible(text string) rune {
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
