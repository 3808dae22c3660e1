package schedule

import (
	"strconv"
	"strings"
	"time"
)

// scanner tells whether a schedule fires at a given minute, in the plainest way
// there is: it shares nothing with the package but the names of the fields.
type scanner struct{ minute, hour, dom, month, dow, year []string }

func newScanner(expr string) scanner {
	var f [6][]string
	for i, text := range strings.Fields(expr) {
		f[i] = strings.Split(text, ",")
	}
	return scanner{f[0], f[1], f[2], f[3], f[4], f[5]}
}

func (s scanner) matches(t time.Time) bool {
	return inAny(s.minute, t.Minute(), 0, 59) &&
		inAny(s.hour, t.Hour(), 0, 23) &&
		inAny(s.month, int(t.Month()), 1, 12) &&
		inAny(s.year, t.Year(), 1970, 2199) &&
		s.day(t)
}

func inAny(elements []string, v, lo, hi int) bool {
	for _, e := range elements {
		if inElement(e, v, lo, hi) {
			return true
		}
	}
	return false
}

// inElement walks from the first value of an element to its last, step by step.
func inElement(e string, v, lo, hi int) bool {
	e, by, stepped := strings.Cut(e, "/")
	step := 1
	if stepped {
		step, _ = strconv.Atoi(by)
	}
	from, to, ranged := strings.Cut(e, "-")
	first, last := number(from), number(to)
	switch {
	case e == "*":
		first, last = lo, hi
	case !ranged && stepped:
		last = hi
	case !ranged:
		last = first
	}
	for at, n := first, 0; ; n++ {
		if n%step == 0 && at == v {
			return true
		}
		if at == last {
			return false
		}
		if at++; at > hi {
			at = lo
		}
	}
}

func number(s string) int {
	for i, name := range []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"} {
		if s == name {
			return i + 1
		}
	}
	n, _ := strconv.Atoi(s)
	return n
}

func (s scanner) day(t time.Time) bool {
	if s.dow[0] == "?" {
		for _, e := range s.dom {
			if dayOfMonthIs(e, t) {
				return true
			}
		}
		return false
	}
	for _, e := range s.dow {
		if dayOfWeekIs(e, t) {
			return true
		}
	}
	return false
}

func lastOfMonth(t time.Time) time.Time {
	for t.AddDate(0, 0, 1).Month() == t.Month() {
		t = t.AddDate(0, 0, 1)
	}
	return t
}

func dayOfMonthIs(e string, t time.Time) bool {
	base, weekday := strings.CutSuffix(e, "W")
	rest, last := strings.CutPrefix(base, "L")
	if !weekday && !last {
		return inElement(e, t.Day(), 1, 31)
	}
	target, _ := strconv.Atoi(base)
	end := lastOfMonth(t).Day()
	if last {
		back, _ := strconv.Atoi(strings.TrimPrefix(rest, "-"))
		target = end - back
	}
	if target < 1 || target > end {
		return false
	}
	if !weekday {
		return t.Day() == target
	}
	return t.Day() == nearest(t.AddDate(0, 0, target-t.Day())).Day()
}

// nearest looks one day back, one day on, then two, for a day from Monday to
// Friday in the same month.
func nearest(t time.Time) time.Time {
	for _, days := range []int{0, -1, 1, -2, 2} {
		d := t.AddDate(0, 0, days)
		if d.Month() == t.Month() && d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			return d
		}
	}
	panic("a weekend of five days")
}

func dayOfWeekIs(e string, t time.Time) bool {
	today := int(t.Weekday()) + 1
	if day, nth, ok := strings.Cut(e, "#"); ok {
		return today == number(day) && strconv.Itoa((t.Day()-1)/7+1) == nth
	}
	if e == "L" {
		return t.Weekday() == time.Saturday
	}
	if day, ok := strings.CutSuffix(e, "L"); ok {
		return today == number(day) && t.AddDate(0, 0, 7).Month() != t.Month()
	}
	return inElement(e, today, 1, 7)
}
