package schedule

import "time"

// instant returns the first time at which the clocks of a zone show a local time. wall is
// the local time, as if it were in UTC. instant returns false if the clocks skip it.
func instant(wall time.Time, zone *time.Location) (time.Time, bool) {
	// No zone changes its clocks twice within two days, so only the offsets before and
	// after a change near this time are possible. The larger one gives the earlier time.
	const near = 26 * time.Hour
	_, before := wall.Add(-near).In(zone).Zone()
	_, after := wall.Add(near).In(zone).Zone()
	for _, offset := range []int{max(before, after), min(before, after)} {
		t := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		if wallTime(t).Equal(wall) {
			return t, true
		}
	}
	return time.Time{}, false
}

// wallTime returns the local time of t, as if it were in UTC.
func wallTime(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// NextIn returns the time after a given time at which the schedule fires next in a time zone.
// The schedule doesn't fire at a local time that the clocks skip. At one that they show twice,
// it fires the first time only (Scheduler user guide, page schedule-types, daylight saving
// time).
func (c *Cron) NextIn(zone *time.Location, after time.Time) (time.Time, bool) {
	wall := wallTime(after.In(zone))
	for {
		next, ok := c.Next(wall)
		if !ok {
			return time.Time{}, false
		}
		if t, ok := instant(next, zone); ok && t.After(after) {
			return t, true
		}
		wall = next
	}
}

// ClockChange is a change of a zone's clocks.
type ClockChange struct {
	At       time.Time // the first moment with the new offset
	From, To time.Time // the local times that are skipped or shown twice, as if in UTC
	Skips    bool      // the times are skipped, not shown twice
}

// clockChanges returns the changes of a zone's clocks in a year.
func clockChanges(zone *time.Location, year int) []ClockChange {
	var changes []ClockChange
	end := time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); t.Before(end); {
		_, next := t.In(zone).ZoneBounds()
		if next.IsZero() || !next.Before(end) {
			break
		}
		if !next.After(t) { // after 2037, ZoneBounds can return the time itself
			t = t.Add(time.Hour)
			continue
		}
		before, after := wallTime(next.Add(-time.Nanosecond).In(zone)).Add(time.Nanosecond), wallTime(next.In(zone))
		switch {
		case before.Before(after):
			changes = append(changes, ClockChange{next, before, after, true})
		case after.Before(before):
			changes = append(changes, ClockChange{next, after, before, false})
		}
		t = next
	}
	return changes
}

// Missed examines the changes of the clocks in these years. The calendar repeats after 28
// years. The years are constants, so that a finding doesn't depend on today's date.
const firstYear, lastYear = 2026, 2026 + 27

// Missed returns the first change of a zone's clocks that matters to the schedule, or nil. A
// change matters if, on its day, the schedule fires only at local times that the clocks skip
// or show twice. A schedule that also fires at other times of the day is hardly affected.
// Missed prefers a change that skips times to an earlier one that shows times twice.
func (c *Cron) Missed(zone *time.Location) *ClockChange {
	var twice *ClockChange
	for year := firstYear; year <= lastYear; year++ {
		for _, change := range clockChanges(zone, year) {
			switch {
			case !c.onlyDuring(change):
			case change.Skips:
				return &change
			case twice == nil:
				twice = &change
			}
		}
	}
	return twice
}

// onlyDuring reports whether, on the day of a change, the schedule fires only at the local
// times that are skipped or shown twice, and at least once.
func (c *Cron) onlyDuring(change ClockChange) bool {
	day := change.From.Truncate(24 * time.Hour)
	first, ok := c.Next(day.Add(-time.Minute))
	if !ok || first.Before(change.From) || !first.Before(change.To) {
		return false
	}
	later, ok := c.Next(change.To.Add(-time.Minute))
	return !ok || !later.Before(day.Add(24*time.Hour))
}

// Missed returns the change of a zone's clocks that skips the time or shows it twice, or nil.
func (a *At) Missed(zone *time.Location) *ClockChange {
	for _, change := range clockChanges(zone, a.wall.Year()) {
		if !a.wall.Before(change.From) && a.wall.Before(change.To) {
			return &change
		}
	}
	return nil
}
