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

// Parse returns the expression that String wrote. It returns nil for another text.
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

// NextIn returns the first firing of an expression after a time, in a time zone, or false if
// there is none. A rate is taken to fire, or to be created, at the given time.
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

// Missed returns the change of a zone's clocks that concerns the firings of an expression, or
// nil. A rate is not concerned: its period is a time by the clock.
func Missed(e Expression, zone *time.Location) *ClockChange {
	switch e := e.(type) {
	case *Cron:
		return e.Missed(zone)
	case *At:
		return e.Missed(zone)
	}
	return nil
}
