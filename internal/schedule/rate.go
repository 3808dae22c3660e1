package schedule

import (
	"fmt"
	"strconv"
	"time"
)

// Rate is a schedule that fires at regular intervals.
type Rate struct {
	value int64
	unit  *unit
}

// String returns the expression in AWS's form: "rate(10 minutes)".
func (r *Rate) String() string { return "rate(" + r.unit.count(r.value) + ")" }

// Period returns the time from one firing to the next.
func (r *Rate) Period() time.Duration { return time.Duration(r.value) * r.unit.length }

// ParseRate parses the text inside rate(…): "10 minutes". The rate is nil if a problem is
// more than a warning.
func ParseRate(expr string) (*Rate, []Problem) {
	return parseAs("rate", expr, otherThanRate, parseRate)
}

// parseRate parses a number and a unit.
func parseRate(expr string) (*Rate, []Problem) {
	p := rateParser{}
	rate := p.parse(expr)
	if fatal(p.problems) {
		return nil, inOrder(p.problems)
	}
	return rate, p.problems
}

// rateParser collects the problems of one rate.
type rateParser struct{ problems []Problem }

func (p *rateParser) report(problem Problem) { p.problems = append(p.problems, problem) }

func (p *rateParser) parse(expr string) *Rate {
	fields := splitRate(expr)
	switch {
	case len(fields) == 0:
		p.report(Problem{
			Kind: Syntax, Offset: len(expr), End: len(expr),
			Message: "the rate is missing", Remedy: "write a number and a unit, as in 10 minutes",
		})
		return nil
	case len(fields) == 1:
		p.half(fields[0])
		return nil
	case len(fields) > 2:
		p.extra(fields)
	}
	value, valueOK := p.value(fields[0], fields[1])
	u, unitOK := p.unit(fields, value)
	if !valueOK || !unitOK {
		return nil
	}
	return p.whole(fields, value, u)
}

// splitRate is like split, but also separates a number from a unit without a space between
// them.
func splitRate(expr string) []token {
	fields := split(expr)
	if len(fields) != 1 {
		return fields
	}
	t := fields[0]
	n := leading(t.text, func(c byte) bool { return isDigit(c) || c == '.' })
	if n == 0 || n == len(t.text) {
		return fields
	}
	return []token{t.part(0, n), t.part(n, len(t.text))}
}

// glued reports whether the unit follows the number without a space.
func glued(fields []token) bool { return fields[0].end() == fields[1].at }

// half reports a rate without a unit or without a value.
func (p *rateParser) half(t token) {
	if _, _, known := lookUpUnit(t.text); known {
		problem := t.problem(Syntax, "a rate is a number and a unit; the number is missing")
		problem.Remedy = "write a number and a unit, as in 10 minutes"
		p.report(problem)
		return
	}
	if value, ok := p.value(t, token{}); ok {
		problem := Problem{
			Kind: Unit, Offset: t.end(), End: t.end(),
			Message: fmt.Sprintf("a rate is a number and a unit; after %s the unit is missing", clip(t.text)),
			Remedy:  "write the unit: " + minute.count(value) + ", " + hour.count(value) + " or " + day.count(value),
		}
		p.report(problem)
	}
}

// extra reports text after the unit.
func (p *rateParser) extra(fields []token) {
	rest := token{join(fields[2:]), fields[2].at}
	problem := rest.problem(Syntax, "a rate is a number and a unit; %q is unexpected", clip(rest.text))
	problem.End = fields[len(fields)-1].end()
	problem.Remedy = "write one number and one unit, or use a cron schedule"
	p.report(problem)
}

// whole checks a value and a unit together.
func (p *rateParser) whole(fields []token, value int64, u *unit) *Rate {
	written := fields[1]
	if value > u.max() {
		problem := fields[0].problem(Limit, "%s %s is more than 290 years", fields[0].text, u.plural)
		problem.Remedy = "write at most " + u.count(u.max())
		p.report(problem)
		return nil
	}
	if glued(fields) {
		problem := written.problem(Syntax, "the space between the number and the unit is missing")
		problem.Suggestion = u.count(value)
		p.report(problem)
	} else if right := u.name(value); written.text != right {
		problem := written.problem(Unit, "after %d the unit is in the %s: %s, not %s", value, numberOf(value), right, written.text)
		problem.Suggestion = u.count(value)
		p.report(problem)
	}
	return &Rate{value, u}
}

// numberOf returns the grammatical number of the unit after a value.
func numberOf(value int64) string {
	if value == 1 {
		return "singular"
	}
	return "plural"
}

// value reads the number. The unit is used to suggest a rate for a fraction.
func (p *rateParser) value(t, unitToken token) (int64, bool) {
	text := t.text
	if isDigits(text) {
		return p.decimal(t)
	}
	problem := t.problem(Syntax, "a rate begins with a positive whole number, not %q", clip(text))
	problem.Remedy = "write a number and a unit, as in 10 minutes"
	switch {
	case text[0] == '-' && isDigits(text[1:]):
		problem.Kind = Range
		problem.Suggestion = text[1:]
	case text[0] == '+' && isDigits(text[1:]):
		problem.Suggestion = text[1:]
	default:
		problem.Suggestion = fraction(text, unitToken.text)
	}
	p.report(problem)
	return 0, false
}

// decimal reads a number that consists of digits.
func (p *rateParser) decimal(t token) (int64, bool) {
	value, err := strconv.ParseInt(t.text, 10, 64)
	switch {
	case err != nil:
		problem := t.problem(Range, "%s is too large", clip(t.text))
		problem.Remedy = "write at most " + day.count(day.max())
		p.report(problem)
	case value == 0:
		problem := t.problem(Range, "a rate of 0 never fires; the number is 1 or more")
		problem.Remedy = "write state: DISABLED on the rule to keep it from firing"
		p.report(problem)
	case t.text[0] == '0':
		problem := t.problem(Syntax, "a number is written without leading zeros")
		problem.Suggestion = strconv.FormatInt(value, 10)
		p.report(problem)
	default:
		return value, true
	}
	return value, false
}

// unit reads the unit. The value, 0 if unknown, is used to suggest the unit in the right
// grammatical number.
func (p *rateParser) unit(fields []token, value int64) (*unit, bool) {
	t := fields[1]
	u, exact, known := lookUpUnit(t.text)
	if exact {
		return u, true
	}
	problem := t.problem(Unit, "%q is not a unit of a rate; the units are minute, hour and day, with an s after any number but 1", clip(t.text))
	switch {
	case known && glued(fields) && value > 0 && value <= u.max():
		problem.Suggestion = u.count(value)
	case known:
		problem.Suggestion = u.name(value)
	default:
		explainUnit(&problem, t.text, value)
	}
	p.report(problem)
	return nil, false
}
