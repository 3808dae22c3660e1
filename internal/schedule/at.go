package schedule

import (
	"regexp"
	"strings"
	"time"
)

// atLayout is the form of the time in at(…) (Scheduler user guide, page schedule-types).
// The zone is a property of the schedule.
const atLayout = "2006-01-02T15:04:05"

// At is a schedule of EventBridge Scheduler that fires once.
type At struct {
	wall time.Time // the local time, as if it were in UTC
}

// String returns the expression in AWS's form: "at(2027-01-01T00:00:00)".
func (a *At) String() string { return "at(" + a.wall.Format(atLayout) + ")" }

// In returns the time at which the schedule fires in a time zone. It returns false if the
// clocks skip this time.
func (a *At) In(zone *time.Location) (time.Time, bool) { return instant(a.wall, zone) }

// ParseAt parses the text inside at(…): "2027-01-01T00:00:00". The schedule is nil if there
// is a problem.
func ParseAt(expr string) (*At, []Problem) {
	if w, ok := unwrap(expr, "at"); ok {
		inner, problems := ParseAt(w.inner.text)
		return nil, inOrder(append(shift(problems, w.inner.at), w.problem(inner != nil)))
	}
	if p, ok := oddSpace(expr); ok {
		return nil, []Problem{p}
	}
	whole := trim(token{expr, 0})
	if whole.text == "" {
		p := Problem{Kind: Syntax, Offset: len(expr), End: len(expr), Message: "the time is missing"}
		p.Remedy = atRemedy
		return nil, []Problem{p}
	}
	if wall, err := time.Parse(atLayout, whole.text); err == nil && len(whole.text) == len(atLayout) {
		return &At{wall}, nil
	}
	return nil, []Problem{wrongTime(whole)}
}

const atRemedy = "write a date and a time, as in 2027-01-01T00:00:00"

// dateTime matches a date. A time, a fraction of a second and a zone may follow.
var dateTime = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)(?:([Tt ]+)(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?( ?(?:[Zz]|UTC|[+-]\d\d:?\d\d))?$`)

// wrongTime reports a text that is not a local time in AWS's form.
func wrongTime(whole token) Problem {
	parts := dateTime.FindStringSubmatchIndex(whole.text)
	if parts == nil {
		p := whole.problem(Syntax, "%s is not a time; at takes a local date and time, yyyy-mm-ddThh:mm:ss", clip(whole.text))
		switch {
		case isCron(whole.text):
			p.Message, p.Remedy = "this is a cron expression, not a time", "use a cron schedule for it"
		case isRate(whole.text):
			p.Message, p.Remedy = "this is a rate, not a time", "use a rate schedule for it"
		default:
			p.Remedy = atRemedy
		}
		return p
	}
	group := func(n int) token {
		if parts[2*n] < 0 {
			return token{"", whole.end()}
		}
		return whole.part(parts[2*n], parts[2*n+1])
	}
	for _, limit := range timeLimits {
		if t := group(limit.group); t.text != "" && (atoi(t.text) < limit.min || atoi(t.text) > limit.max) {
			return t.problem(Range, "the %s is %s; it is %d to %d", limit.name, t.text, limit.min, limit.max)
		}
	}
	date := group(1).text + "-" + group(2).text + "-" + group(3).text
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return group(3).problem(Range, "the month %s has no day %s", group(1).text+"-"+group(2).text, group(3).text)
	}
	return formOfTime(whole, group(8), date+"T"+orZero(group(5).text)+":"+orZero(group(6).text)+":"+orZero(group(7).text))
}

// timeLimits are the ranges of the numbers of a time, with their groups in dateTime.
var timeLimits = []struct {
	group    int
	name     string
	min, max int
}{{2, "month", 1, 12}, {3, "day", 1, 31}, {5, "hour", 0, 23}, {6, "minute", 0, 59}, {7, "second", 0, 59}}

func orZero(digits string) string {
	if digits == "" {
		return "00"
	}
	return digits
}

// formOfTime reports a time whose numbers are right, but whose form is wrong. Its zone may be
// empty. Right is the time in the right form.
func formOfTime(whole, zone token, right string) Problem {
	if strings.TrimSpace(zone.text) == "" {
		p := whole.problem(Syntax, "at takes a local date and time, yyyy-mm-ddThh:mm:ss")
		p.Suggestion = right
		return p
	}
	p := zone.problem(Syntax, "at takes a local time, without %s", strings.TrimSpace(zone.text))
	p.Remedy = "leave it out, and write the time zone on the line that opens the schedule: //jobs:schedule timezone: Europe/Berlin"
	return p
}
