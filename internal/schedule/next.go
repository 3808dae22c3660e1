package schedule

import (
	"math/bits"
	"time"
)

// Next returns the first firing after a time, in UTC, or false if there is none until the
// end of 2199.
func (c *Cron) Next(after time.Time) (time.Time, bool) {
	from := after.UTC().Truncate(time.Minute).Add(time.Minute)
	if first := time.Date(fields[years].min, 1, 1, 0, 0, 0, 0, time.UTC); from.Before(first) {
		from = first
	}
	year, month, day := from.Date()
	if t, ok := c.nextInMonth(monthOf(year, month), day, from.Hour(), from.Minute()); ok {
		return t, true
	}
	for {
		year, month = c.followingMonth(year, month)
		if year < 0 {
			return time.Time{}, false
		}
		if t, ok := c.nextInMonth(monthOf(year, month), 1, 0, 0); ok {
			return t, true
		}
	}
}

// NextN returns the next n firings after a time, or fewer if there are no more.
func (c *Cron) NextN(after time.Time, n int) []time.Time { return nextN(c.Next, after, n) }

func nextN(next func(time.Time) (time.Time, bool), after time.Time, n int) []time.Time {
	var times []time.Time
	for range n {
		t, ok := next(after)
		if !ok {
			break
		}
		times = append(times, t)
		after = t
	}
	return times
}

// followingMonth returns the next month that is in the month and year fields. The year is
// -1 if there is none.
func (c *Cron) followingMonth(year int, month time.Month) (int, time.Month) {
	if c.year.has(year) {
		if m := c.month.next(int(month) + 1); m > 0 {
			return year, time.Month(m)
		}
	}
	return c.year.next(year + 1), time.Month(c.month.next(1))
}

// nextInMonth returns the first firing in a month at or after the given day and time.
func (c *Cron) nextInMonth(m calendarMonth, day, hour, minute int) (time.Time, bool) {
	if !c.year.has(m.year) || !c.month.has(int(m.month)) {
		return time.Time{}, false
	}
	days := c.days(m)
	if days.has(day) {
		if hour, minute, ok := c.timeOfDay(hour, minute); ok {
			return m.at(day, hour, minute), true
		}
	}
	later := days &^ days.upTo(day)
	if later == 0 {
		return time.Time{}, false
	}
	return m.at(bits.TrailingZeros32(uint32(later)), c.hour.next(0), c.minute.next(0)), true
}

// timeOfDay returns the first time of a day at or after the given one.
func (c *Cron) timeOfDay(hour, minute int) (h, m int, ok bool) {
	if c.hour.has(hour) {
		if m := c.minute.next(minute); m >= 0 {
			return hour, m, true
		}
	}
	if h := c.hour.next(hour + 1); h >= 0 {
		return h, c.minute.next(0), true
	}
	return 0, 0, false
}

// days returns the days of a month on which the schedule fires.
func (c *Cron) days(m calendarMonth) daySet {
	set := daySet(0)
	for d := 1; d <= m.length; d++ {
		if c.dayOfMonth.has(d) || c.dayOfWeek.has(m.weekday(d)) {
			set |= only(d)
		}
	}
	for _, rule := range c.rules {
		set |= rule.days(m)
	}
	return set
}

func (m calendarMonth) at(day, hour, minute int) time.Time {
	return time.Date(m.year, m.month, day, hour, minute, 0, 0, time.UTC)
}
