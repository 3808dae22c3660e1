package schedule

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrapping is how more than the expression was written: in quotes, or whole
// with its rate( ) or cron( ).
type wrapping struct {
	inner token
	mark  Span   // what is too much at the beginning
	what  string // "quotes", "rate( )"
}

// unwrap finds the quotes or the call of the given name around an expression.
func unwrap(expr, name string) (wrapping, bool) {
	whole := trim(token{expr, 0})
	if len(whole.text) == 0 {
		return wrapping{}, false
	}
	if q := whole.text[0]; q == '"' || q == '\'' || q == '`' {
		return wrapping{
			inner: stripEnd(whole, 1, q),
			mark:  Span{whole.at, whole.at + 1},
			what:  "quotes",
		}, true
	}
	call := len(name) + 1
	if len(whole.text) < call || !strings.EqualFold(whole.text[:call], name+"(") {
		return wrapping{}, false
	}
	return wrapping{
		inner: stripEnd(whole, call, ')'),
		mark:  Span{whole.at, whole.at + call},
		what:  name + "( )",
	}, true
}

// problem says what to leave out. valid says that the text inside is an expression,
// which is then suggested.
func (w wrapping) problem(valid bool) Problem {
	p := Problem{
		Kind: Syntax, Offset: w.mark.Offset, End: w.mark.End,
		Message: fmt.Sprintf("write the expression without the %s around it", w.what),
		Remedy:  "write only what is inside",
	}
	if valid {
		p.Suggestion = join(split(w.inner.text))
		p.Remedy = fmt.Sprintf("write %s", p.Suggestion)
	}
	return p
}

// oddSpace reports a character that looks like a space but is none for AWS, such as
// word processors and web pages have.
func oddSpace(expr string) (Problem, bool) {
	for i, c := range expr {
		if c < utf8.RuneSelf || !unicode.IsSpace(c) {
			continue
		}
		p := token{expr, 0}.part(i, i+utf8.RuneLen(c)).problem(Syntax, "%U looks like a space; AWS parts fields by plain ones", c)
		p.Remedy = "write a plain space"
		return p, true
	}
	return Problem{}, false
}

// stripEnd takes n bytes off the beginning of t, and the byte that closes what
// they opened off its end, if it is there.
func stripEnd(t token, n int, closing byte) token {
	end := len(t.text)
	if end > n && t.text[end-1] == closing {
		end--
	}
	return trim(t.part(n, end))
}

// trim takes white space off both ends.
func trim(t token) token {
	start, end := leading(t.text, isSpace), len(t.text)
	for end > start && isSpace(t.text[end-1]) {
		end--
	}
	return t.part(start, end)
}

// tooLong reports an expression that is over AWS's limit. Nothing else is said
// of it: what follows would be as long.
func tooLong(expr, name string) (Problem, bool) {
	length := len(name) + len("()") + len(join(split(expr)))
	if length <= maxExpression {
		return Problem{}, false
	}
	whole := trim(token{expr, 0})
	p := whole.problem(Limit, "a schedule expression has at most %d characters; this one, with its %s( ), has %d", maxExpression, name, length)
	p.Remedy = "split it into several rules"
	return p, true
}
