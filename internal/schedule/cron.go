package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Cron is a schedule that fires at each minute that is in all six fields, in UTC.
type Cron struct {
	text string // the fields in the form of String
	at   [fieldCount]Span

	minute, hour, month, year values
	// One of the day fields is ?, and its set is empty.
	dayOfMonth, dayOfWeek values
	rules                 []dayRule
}

// String returns the expression in AWS's form, in capitals: "cron(0 12 * * ? *)".
func (c *Cron) String() string { return "cron(" + c.text + ")" }

// Check returns a problem of the kind Passed if the schedule doesn't fire after the given time.
func (c *Cron) Check(now time.Time) []Problem {
	if _, ok := c.Next(now); ok {
		return nil
	}
	year := c.at[years]
	return []Problem{{
		Kind: Passed, Offset: year.Offset, End: year.End, Warning: true,
		Message: fmt.Sprintf("the schedule fired for the last time before %s", now.UTC().Format("2006-01-02")),
		Remedy:  "write a year to come, or * for every year",
	}}
}

// ParseCron parses the text inside cron(…): "0 12 * * ? *". The schedule is nil if a
// problem is more than a warning.
func ParseCron(expr string) (*Cron, []Problem) {
	return parseAs("cron", expr, otherThanCron, func(expr string) (*Cron, []Problem) {
		cron, problems := parseCron(expr)
		if cron == nil {
			problems = suggest(split(expr), problems)
		}
		return cron, problems
	})
}

// parseCron parses the six fields. It makes no suggestions that need another parse.
func parseCron(expr string) (*Cron, []Problem) {
	tokens := split(expr)
	if len(tokens) != fieldCount {
		return nil, []Problem{wrongCount(tokens, len(expr))}
	}
	readers, problems := readFields(tokens)
	problems = append(problems, checkQuestion(tokens)...)
	if fatal(problems) {
		return nil, inOrder(problems)
	}
	c := newCron(tokens, readers)
	if _, ok := c.Next(time.Time{}); !ok {
		return nil, inOrder(append(problems, neverFires(tokens)))
	}
	return c, inOrder(problems)
}

func readFields(tokens []token) ([]*fieldReader, []Problem) {
	var problems []Problem
	readers := make([]*fieldReader, fieldCount)
	for i, t := range tokens {
		readers[i] = readField(&fields[i], t)
		problems = append(problems, readers[i].problems...)
	}
	return readers, problems
}

func newCron(tokens []token, readers []*fieldReader) *Cron {
	c := &Cron{
		text:       strings.ToUpper(join(tokens)),
		minute:     readers[minutes].set,
		hour:       readers[hours].set,
		month:      readers[months].set,
		year:       readers[years].set,
		dayOfMonth: readers[dayOfMonth].set,
		dayOfWeek:  readers[dayOfWeek].set,
		rules:      slices.Concat(readers[dayOfMonth].rules, readers[dayOfWeek].rules),
	}
	for i, t := range tokens {
		c.at[i] = Span{t.at, t.end()}
	}
	return c
}

// checkQuestion checks that exactly one day field is ?. A conflict is reported at the
// later field.
func checkQuestion(tokens []token) []Problem {
	month, week := tokens[dayOfMonth], tokens[dayOfWeek]
	monthAny, weekAny := month.text == "?", week.text == "?"
	if monthAny != weekAny {
		return nil
	}
	p := week.problem(Question, "day-of-month and day-of-week are both given; one of the two is ?")
	if monthAny {
		p = week.problem(Question, "day-of-month and day-of-week are both ?; one of the two says the days")
	}
	p.Remedy = "write ? in the field that doesn't matter"
	if month.text != "*" && week.text != "*" && !monthAny {
		p.Remedy = "declare two rules, one by day of the month and one by day of the week"
	}
	p.Related = &Span{month.at, month.end()}
	return []Problem{p}
}

// neverFires reports that no time is in all fields.
func neverFires(tokens []token) Problem {
	day := tokens[dayOfMonth]
	if day.text == "?" {
		day = tokens[dayOfWeek]
	}
	month, year := tokens[months], tokens[years]
	p := day.problem(NeverFires, "there is no such day: %s in month %s", day.text, month.text)
	if year.text != "*" {
		p.Message += " of " + year.text
	}
	p.Related = &Span{month.at, month.end()}
	p.Remedy = "write a day that the month has; its last is L"
	return p
}
