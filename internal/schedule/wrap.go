package schedule

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parseAs parses the text inside rate(…) or cron(…) with parse. First it calls other, which
// reports a text that is another kind of expression.
func parseAs[T any](name, expr string, other func(string) (Problem, bool), parse func(string) (*T, []Problem)) (*T, []Problem) {
	if p, bad := tooLong(expr, name); bad {
		return nil, []Problem{p}
	}
	if w, ok := unwrap(expr, name); ok {
		inner, problems := parseAs(name, w.inner.text, other, parse)
		return nil, inOrder(append(shift(problems, w.inner.at), w.problem(inner != nil)))
	}
	if p, ok := oddSpace(expr); ok {
		return nil, []Problem{p}
	}
	if p, ok := other(expr); ok {
		return nil, []Problem{p}
	}
	return parse(expr)
}

// wrapping is an expression in quotes or with rate( ) or cron( ) around it.
type wrapping struct {
	inner token
	mark  Span   // of the quote or of "rate("
	what  string // "quotes", "rate( )"
}

// unwrap removes quotes or a call of the given name around an expression.
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

// problem reports the wrapping. valid reports whether the text inside is a valid
// expression.
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

// oddSpace reports a space character beyond ASCII, which AWS doesn't accept.
func oddSpace(expr string) (Problem, bool) {
	for i, c := range expr {
		if c < utf8.RuneSelf || !unicode.IsSpace(c) {
			continue
		}
		p := token{expr, 0}.part(i, i+utf8.RuneLen(c)).problem(Syntax, "%U looks like a space; AWS separates fields by plain spaces", c)
		p.Remedy = "write a plain space"
		return p, true
	}
	return Problem{}, false
}

// stripEnd removes n bytes from the start of t, and the closing byte from its end if it is
// there.
func stripEnd(t token, n int, closing byte) token {
	end := len(t.text)
	if end > n && t.text[end-1] == closing {
		end--
	}
	return trim(t.part(n, end))
}

// trim removes white space from both ends.
func trim(t token) token {
	start, end := leading(t.text, isSpace), len(t.text)
	for end > start && isSpace(t.text[end-1]) {
		end--
	}
	return t.part(start, end)
}

// tooLong reports an expression that exceeds AWS's limit.
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
