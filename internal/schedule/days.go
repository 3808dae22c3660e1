package schedule

import "time"

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

// dayRule reports whether a day is one of those that differ from month to month.
type dayRule func(m calendarMonth, d int) bool

// lastDay is L or L-3, or with weekday LW or L-3W. A month without such a day has none.
func lastDay(back int, weekday bool) dayRule {
	return func(m calendarMonth, d int) bool {
		last := m.length - back
		if weekday && last >= 1 {
			last = m.nearestWeekday(last)
		}
		return d == last
	}
}

// nearestWeekday is 15W. A month without such a day (31W in April) has none.
func nearestWeekday(day int) dayRule {
	return func(m calendarMonth, d int) bool { return day <= m.length && d == m.nearestWeekday(day) }
}

// lastOf is 6L: the last Friday of the month.
func lastOf(weekday int) dayRule {
	return func(m calendarMonth, d int) bool { return m.weekday(d) == weekday && d+7 > m.length }
}

// nthOf is 6#3: the third Friday of the month. A month without a fifth Friday has none for
// 6#5.
func nthOf(weekday, n int) dayRule {
	return func(m calendarMonth, d int) bool { return m.weekday(d) == weekday && (d-1)/7 == n-1 }
}
