package schedule

import "strings"

// macros are crontab's short forms, each as a cron expression and, if possible, as a rate.
var macros = map[string]struct{ cron, rate string }{
	"@hourly":   {"0 * * * ? *", "1 hour"},
	"@daily":    {"0 0 * * ? *", "1 day"},
	"@midnight": {"0 0 * * ? *", "1 day"},
	"@weekly":   {"0 0 ? * SUN *", "7 days"},
	"@monthly":  {"0 0 1 * ? *", ""},
	"@yearly":   {"0 0 1 1 ? *", ""},
	"@annually": {"0 0 1 1 ? *", ""},
}

// otherThanRate reports a schedule that is not a rate.
func otherThanRate(expr string) (Problem, bool) {
	whole := trim(token{expr, 0})
	lower := strings.ToLower(whole.text)
	switch {
	case strings.HasPrefix(lower, "at("):
		return oneTime(whole), true
	case strings.HasPrefix(lower, "@every "):
		return everyRate(whole, len("@every ")), true
	case strings.HasPrefix(lower, "every "):
		return everyRate(whole, len("every ")), true
	case strings.HasPrefix(lower, "@"):
		p := whole.problem(Syntax, "AWS has no %s; a rate is a number and a unit", clip(whole.text))
		p.Suggestion = macros[lower].rate
		p.Remedy = "write a number and a unit, as in 10 minutes, or use a cron schedule"
		return p, true
	case strings.HasPrefix(lower, "cron("), isCron(expr):
		p := whole.problem(Syntax, "this is a cron expression, not a rate")
		p.Remedy = "use a cron schedule for it"
		return p, true
	}
	return Problem{}, false
}

// otherThanCron reports a schedule that is not a cron expression.
func otherThanCron(expr string) (Problem, bool) {
	whole := trim(token{expr, 0})
	lower := strings.ToLower(whole.text)
	switch {
	case strings.HasPrefix(lower, "at("):
		return oneTime(whole), true
	case strings.HasPrefix(lower, "@every "), strings.HasPrefix(lower, "rate("), isRate(expr):
		p := whole.problem(Syntax, "this is a rate, not a cron expression")
		p.Remedy = "use a rate schedule for it, as in 10 minutes"
		return p, true
	case strings.HasPrefix(lower, "@"):
		p := whole.problem(Syntax, "AWS has no %s; a cron expression has six fields: %s", clip(whole.text), fieldNames)
		p.Suggestion = macros[lower].cron
		p.Remedy = "write all six fields, as in 0 12 * * ? *"
		return p, true
	}
	return commasBetween(expr)
}

// commasBetween reports a cron expression with commas between its fields.
func commasBetween(expr string) (Problem, bool) {
	texts := strings.Split(expr, ",")
	if len(texts) < fieldCount-1 || len(texts) > fieldCount+1 {
		return Problem{}, false
	}
	for i, text := range texts {
		field := split(text)
		if len(field) != 1 {
			return Problem{}, false // the comma is in a field
		}
		texts[i] = field[0].text
	}
	whole := trim(token{expr, 0})
	p := whole.problem(Syntax, "the fields of a cron expression have spaces between them, not commas; a comma is between the values of one field")
	if p.Suggestion = sixFields(texts); len(texts) == fieldCount {
		p.Suggestion = repaired(texts)
	}
	if p.Suggestion == "" {
		p.Remedy = "write it with spaces, as in 0 12 * * ? *"
	}
	return p, true
}

func isCron(expr string) bool {
	_, problems := parseCron(expr)
	return !fatal(problems)
}

func isRate(expr string) bool {
	_, problems := parseRate(expr)
	return !fatal(problems)
}

// oneTime reports at( ) of EventBridge Scheduler.
func oneTime(whole token) Problem {
	p := whole.problem(Syntax, "at( ) is for EventBridge Scheduler; a rule fires by rate or cron")
	p.Remedy = "for one single time use a cron schedule with its year: 30 9 24 12 ? 2030"
	return p
}

// everyRate reports the word every before a rate, which begins at byte n.
func everyRate(whole token, n int) Problem {
	word := whole.part(0, n-1)
	p := word.problem(Syntax, "a rate begins with its number; leave out %s", clip(word.text))
	p.Remedy = "write a number and a unit, as in 10 minutes"
	rest := trim(whole.part(n, len(whole.text)))
	if rate, problems := parseRate(rest.text); !fatal(problems) {
		p.Suggestion = rate.unit.count(rate.value)
	} else if len(problems) == 1 && strings.Contains(problems[0].Suggestion, " ") {
		p.Suggestion = problems[0].Suggestion
	}
	return p
}
