package schedule

import "time"

// daySet is a set of days of a month. Bit d is day d.
type daySet uint32

func only(d int) daySet            { return 1 << d }
func (s daySet) has(d int) bool    { return s&only(d) != 0 }
func (s daySet) upTo(d int) daySet { return s & (only(d+1) - 1) }

// calendarMonth is one month of one year.
type calendarMonth struct {
	year   int
	month  time.Month
	length int // in days
	first  int // the day of the week of the first day; 1 is Sunday
}

func monthOf(year int, month time.Month) calendarMonth {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	return calendarMonth{year, month, last.Day(), int(first.Weekday()) + 1}
}

// weekday returns the day of the week of day d, from 1 for Sunday to 7 for Saturday.
func (m calendarMonth) weekday(d int) int { return (m.first+d-2)%7 + 1 }

// nearestWeekday returns the day from Monday to Friday that is nearest to d in the same
// month.
func (m calendarMonth) nearestWeekday(d int) int {
	switch m.weekday(d) {
	case saturday:
		if d == 1 {
			return 3
		}
		return d - 1
	case sunday:
		if d == m.length {
			return d - 2
		}
		return d + 1
	}
	return d
}

const (
	sunday   = 1
	saturday = 7
)

// dayRule selects days that differ from month to month.
type dayRule interface{ days(m calendarMonth) daySet }

// lastDay is L or L-3, or with weekday LW or L-3W. A month without such a day has none.
type lastDay struct {
	back    int
	weekday bool
}

func (r lastDay) days(m calendarMonth) daySet {
	d := m.length - r.back
	switch {
	case d < 1:
		return 0
	case r.weekday:
		d = m.nearestWeekday(d)
	}
	return only(d)
}

// nearestWeekday is 15W. A month without such a day (31W in April) has none.
type nearestWeekday struct{ day int }

func (r nearestWeekday) days(m calendarMonth) daySet {
	if r.day > m.length {
		return 0
	}
	return only(m.nearestWeekday(r.day))
}

// lastOf is 6L: the last Friday of the month.
type lastOf struct{ weekday int }

func (r lastOf) days(m calendarMonth) daySet {
	back := (m.weekday(m.length) - r.weekday + 7) % 7
	return only(m.length - back)
}

// nthOf is 6#3: the third Friday of the month. A month without a fifth Friday has none for
// 6#5.
type nthOf struct{ weekday, n int }

func (r nthOf) days(m calendarMonth) daySet {
	d := 1 + (r.weekday-m.first+7)%7 + 7*(r.n-1)
	if d > m.length {
		return 0
	}
	return only(d)
}
