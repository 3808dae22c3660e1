package schedule

import (
	"strings"
	"time"
)

// Expression is a schedule expression: a *Rate, a *Cron or an *At.
type Expression interface {
	// String returns the expression in AWS's form: "rate(10 minutes)".
	String() string
}

// Parse parses an expression in the form of String. It returns nil if the text is not valid.
func Parse(text string) Expression {
	kind, args, _ := strings.Cut(strings.TrimSuffix(text, ")"), "(")
	switch kind {
	case "rate":
		if rate, _ := ParseRate(args); rate != nil {
			return rate
		}
	case "cron":
		if cron, _ := ParseCron(args); cron != nil {
			return cron
		}
	case "at":
		if at, _ := ParseAt(args); at != nil {
			return at
		}
	}
	return nil
}

// NextIn returns the time after a given time at which a schedule fires next in a time zone.
// It returns false if the schedule doesn't fire again. For a rate, the given time is the last
// firing or the creation of the schedule.
func NextIn(e Expression, zone *time.Location, after time.Time) (time.Time, bool) {
	switch e := e.(type) {
	case *Rate:
		return after.Add(e.Period()).In(zone), true
	case *Cron:
		return e.NextIn(zone, after)
	case *At:
		t, ok := e.In(zone)
		return t, ok && t.After(after)
	}
	return time.Time{}, false
}

// Missed returns the change of a zone's clocks that affects a schedule, or nil. It never
// affects a rate: the time between two firings is always the same.
func Missed(e Expression, zone *time.Location) *ClockChange {
	switch e := e.(type) {
	case *Cron:
		return e.Missed(zone)
	case *At:
		return e.Missed(zone)
	}
	return nil
}
