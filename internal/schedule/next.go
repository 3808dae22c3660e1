package schedule

import (
	"slices"
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
	if c.firesOn(m, day) {
		if hour, minute, ok := c.timeOfDay(hour, minute); ok {
			return m.at(day, hour, minute), true
		}
	}
	for day++; day <= m.length; day++ {
		if c.firesOn(m, day) {
			return m.at(day, c.hour.next(0), c.minute.next(0)), true
		}
	}
	return time.Time{}, false
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

// firesOn reports whether the schedule fires on a day of a month.
func (c *Cron) firesOn(m calendarMonth, day int) bool {
	return c.dayOfMonth.has(day) || c.dayOfWeek.has(m.weekday(day)) ||
		slices.ContainsFunc(c.rules, func(selects dayRule) bool { return selects(m, day) })
}

func (m calendarMonth) at(day, hour, minute int) time.Time {
	return time.Date(m.year, m.month, day, hour, minute, 0, 0, time.UTC)
}
