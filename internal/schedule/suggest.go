package schedule

import (
	"fmt"
	"slices"
	"strings"
)

// wrongCount reports a cron expression that does not have six fields. length is the length
// of the expression.
func wrongCount(tokens []token, length int) Problem {
	p := Problem{
		Kind: FieldCount, Offset: length, End: length,
		Message: fmt.Sprintf("a cron expression has six fields: %s; here are %d", fieldNames, len(tokens)),
		Remedy:  "write all six fields, as in 0 12 * * ? *",
	}
	if len(tokens) == 0 {
		p.Message = "the cron expression is missing; it has six fields: " + fieldNames
		return p
	}
	p.Offset, p.End = tokens[0].at, tokens[0].end()
	switch len(tokens) {
	case 5:
		p.Message += ", as in a Unix crontab; AWS has a year at the end, and a ? in one of the day fields"
	case 7:
		p.Message += ", as with Quartz; AWS has no seconds at the beginning"
	}
	return p
}

// suggest adds to problems what the whole expression was probably meant to be, if that is
// a valid expression.
func suggest(tokens []token, problems []Problem) []Problem {
	for i := range problems {
		switch p := &problems[i]; {
		case p.Kind == FieldCount:
			p.Suggestion = sixFields(texts(tokens))
		case p.Kind == Question:
			p.Suggestion = repaired(texts(tokens))
		case p.Offset >= tokens[years].at:
			if withoutSeconds(p, tokens) {
				return []Problem{*p}
			}
		}
	}
	return problems
}

// withoutSeconds explains a wrong year in an expression that begins with seconds, as in
// Spring and Quartz. It reports whether the rest of the expression is valid.
func withoutSeconds(p *Problem, tokens []token) bool {
	if tokens[minutes].text != "0" {
		return false
	}
	s := repaired(append(texts(tokens)[1:], "*"))
	if s == "" {
		return false
	}
	p.Suggestion = s
	p.Remedy = "AWS has no seconds at the beginning, and a year at the end"
	return true
}

// sixFields converts the five fields of a crontab or the seven of Quartz to six. It returns
// "" if it can't.
func sixFields(texts []string) string {
	switch len(texts) {
	case 5:
		if slices.Contains(texts, "?") {
			return repaired(append(texts, "*"))
		}
		days, ok := fromUnixDays(texts[4])
		if !ok {
			return ""
		}
		texts[4] = days
		return repaired(append(texts, "*"))
	case 7:
		return repaired(texts[1:])
	}
	return ""
}

// repaired returns a valid expression with the given fields, with ? in one of the day
// fields, or "".
func repaired(texts []string) string {
	month, week := texts[dayOfMonth], texts[dayOfWeek]
	switch {
	case month == "?" && week == "?":
		texts[dayOfMonth] = "*"
	case month == "?" || week == "?":
	case week == "*":
		texts[dayOfWeek] = "?"
	case month == "*":
		texts[dayOfMonth] = "?"
	}
	c, problems := parseCron(strings.Join(texts, " "))
	if c == nil || len(problems) > 0 {
		return ""
	}
	return c.text
}

// fromUnixDays converts the day-of-week of a crontab, where 0 and 7 are Sunday, to names. A
// step, which AWS doesn't allow there, becomes a list.
func fromUnixDays(text string) (string, bool) {
	if text == "*" {
		return text, true
	}
	elements := strings.Split(text, ",")
	for i, e := range elements {
		translated, ok := fromUnixElement(e)
		if !ok {
			return "", false
		}
		elements[i] = translated
	}
	return strings.Join(elements, ","), true
}

func fromUnixElement(text string) (string, bool) {
	days, step, stepped := strings.Cut(text, "/")
	ends := strings.Split(days, "-")
	for i, end := range ends {
		if !isDigits(end) {
			continue
		}
		n := atoi(end)
		if n > 7 {
			return "", false
		}
		ends[i] = dayNames[n%7]
	}
	days = strings.Join(ends, "-")
	if days == "SUN-SUN" { // 0-7
		days = "SUN-SAT"
	}
	if !stepped {
		return days, true
	}
	listed := readField(&fields[dayOfWeek], token{days + "/" + step, 0})
	if len(listed.problems) != 1 || listed.problems[0].Suggestion == "" {
		return "", false
	}
	return listed.problems[0].Suggestion, true
}
