package directive

import (
	"fmt"
	"strings"

	"github.com/jobgen/jobgen/internal/diag"
)

// lexer scans YAML flow text for common mistakes: text for which the YAML library's
// message would be hard to understand, and text that YAML reads differently than it
// looks. It runs before the YAML library parses the text.
type lexer struct {
	args     string
	open     []int // offsets of the open brackets
	problems []Problem
}

// prescan returns all such mistakes in args.
func prescan(args string) []Problem {
	l := &lexer{args: args}
	for i := 0; i < len(args) && len(l.problems) < maxProblems; {
		i = l.token(i)
	}
	for _, offset := range l.open {
		l.unfinished(offset, "%q is never closed", args[offset:offset+1])
	}
	return l.problems
}

func (l *lexer) report(code diag.Code, offset int, format string, args ...any) {
	l.problems = append(l.problems, Problem{Code: code, Offset: offset, Message: fmt.Sprintf(format, args...)})
}

// unfinished reports a quote or bracket that is still open at the end of the line.
func (l *lexer) unfinished(offset int, format string, args ...any) {
	l.report(diag.ArgSyntax, offset, format, args...)
	l.problems[len(l.problems)-1].Unfinished = true
}

// token reads the token at i and returns the offset of the next.
func (l *lexer) token(i int) int {
	switch c := l.args[i]; c {
	case ' ', '\t', ',', ':':
		return i + 1
	case '[', '{':
		l.open = append(l.open, i)
		return i + 1
	case ']', '}':
		l.close(i, c)
		return i + 1
	case '"', '\'':
		return l.quoted(i, c)
	default:
		return l.plain(i)
	}
}

// close closes the innermost open bracket of c's kind. It reports a bracket of the other
// kind that is open inside it.
func (l *lexer) close(i int, c byte) {
	want := map[byte]byte{']': '[', '}': '{'}[c]
	for n := len(l.open) - 1; n >= 0; n-- {
		if l.args[l.open[n]] != want {
			continue
		}
		if n+1 < len(l.open) {
			l.report(diag.ArgSyntax, i, "%q closes an outer bracket while %q is open; close that first", string(c), l.args[l.open[n+1]:l.open[n+1]+1])
		}
		l.open = l.open[:n]
		return
	}
	l.report(diag.ArgSyntax, i, "%q has no opening bracket; quote the text if the bracket belongs to it", string(c))
}

// giveUp ends the scan. After such a mistake the rest can't be read reliably, so
// brackets that are still open are not reported.
func (l *lexer) giveUp() int {
	l.open = nil
	return len(l.args)
}

// quoted reads a quoted scalar and returns the offset of the next token.
func (l *lexer) quoted(i int, quote byte) int {
	end := closingQuote(l.args, i, quote)
	if end < 0 {
		l.unfinished(i, "the quote %c is never closed", quote)
		return l.giveUp()
	}
	rest := strings.TrimLeft(l.args[end:], " \t")
	if rest != "" && strings.IndexByte(",:]}", rest[0]) < 0 {
		l.report(diag.ArgSyntax, len(l.args)-len(rest),
			"text after the closing quote; quote the whole value, and write a quote inside it as %s", map[byte]string{'"': `\"`, '\'': "''"}[quote])
		return l.giveUp()
	}
	return end
}

// closingQuote returns the offset after the quote that closes the one at i, or -1.
func closingQuote(s string, i int, quote byte) int {
	for j := i + 1; j < len(s); j++ {
		switch {
		case quote == '"' && s[j] == '\\':
			j++
		case s[j] != quote:
		case quote == '\'' && strings.HasPrefix(s[j+1:], "'"):
			j++
		default:
			return j + 1
		}
	}
	return -1
}

// plain reads an unquoted scalar and returns the offset of the next token.
func (l *lexer) plain(i int) int {
	end := plainEnd(l.args, i)
	word := strings.TrimRight(l.args[i:end], " \t")
	if message := refusedStart(word); message != "" {
		l.report(diag.ArgYAML, i, "%s", message)
		return end
	}
	if hash := commentStart(word); hash >= 0 {
		l.report(diag.ArgSlip, i+hash, "` #` begins a comment in YAML; quote the value to keep it, or remove it")
		return l.giveUp()
	}
	return l.plainFollow(i, end, word)
}

// plainFollow checks the character after an unquoted scalar.
func (l *lexer) plainFollow(i, end int, word string) int {
	if end == len(l.args) {
		return end
	}
	next := l.args[end]
	switch {
	case next != '[' && next != '{':
	case strings.HasSuffix(word, ":"):
		// A colon needs its space: {a:[b]} is the word "a:" to YAML.
		l.report(diag.ArgSlip, i, "write a space after the colon: `%s %s…`", word, string(next))
		return end
	case strings.HasSuffix(word, "$") && next == '{':
		l.report(diag.ArgSlip, i, "a reference to a parameter must be in quotes: quote the value")
		return l.skipBracket(end)
	default:
		l.report(diag.ArgSlip, i, "%q in unquoted text begins a list or mapping; quote the whole value", string(next))
		return l.skipBracket(end)
	}
	return end
}

// skipBracket returns the offset after the bracket at i and its content, so that one
// mistake is reported once.
func (l *lexer) skipBracket(i int) int {
	depth := 0
	for ; i < len(l.args); i++ {
		switch l.args[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return i
}

// plainEnd returns the end of the unquoted scalar at i. A comma, a bracket, or a colon
// that a space follows ends it.
func plainEnd(s string, i int) int {
	for j := i; j < len(s); j++ {
		switch s[j] {
		case ',', '[', ']', '{', '}':
			return j
		case ':':
			if j+1 == len(s) || strings.IndexByte(" \t,]}", s[j+1]) >= 0 {
				return j
			}
		}
	}
	return len(s)
}

// singleQuoted returns text as a single-quoted scalar of YAML.
func singleQuoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// commentStart returns the offset of a comment in an unquoted scalar, or -1.
func commentStart(word string) int {
	for i := 1; i < len(word); i++ {
		if word[i] == '#' && (word[i-1] == ' ' || word[i-1] == '\t') {
			return i
		}
	}
	return -1
}

// refusedStart returns a message if an unquoted scalar can't begin like word, or "".
func refusedStart(word string) string {
	what := map[byte]string{
		'*': "begins an alias", '&': "begins an anchor", '!': "begins a tag",
		'|': "begins a block of text", '>': "begins a block of text", '#': "begins a comment",
		'%': "is reserved", '@': "is reserved", '`': "is reserved",
	}[word[0]]
	switch {
	case what != "":
		return fmt.Sprintf("an unquoted %c %s in YAML; quote it: %s", word[0], what, singleQuoted(word))
	case word == "<<":
		return "<< is a merge key in YAML; quote it if it is text, or write the keys out"
	case word == "?" || strings.HasPrefix(word, "? "):
		return "an unquoted ? begins a complex key in YAML; quote it"
	case word == "-" || strings.HasPrefix(word, "- "):
		return "an unquoted - begins a block list in YAML; write a list in brackets, or quote the value"
	case strings.HasPrefix(word, "---") || strings.HasPrefix(word, "..."):
		return fmt.Sprintf("an unquoted %s begins or ends a document in YAML; quote it", word[:3])
	}
	return ""
}
