package localbus

import (
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/schedule"
)

// clock fires schedules at their times.
type clock struct {
	bus *Bus

	mu      sync.Mutex
	timer   *time.Timer
	alarms  map[string]*alarm // by the key of the rule
	stopped bool
}

// alarm is the next time of a schedule.
type alarm struct {
	text string // the expression, the zone, the start and the end: a schedule that changes begins anew
	expr schedule.Expression
	zone *time.Location
	next time.Time // zero if the schedule doesn't fire again
	end  time.Time // zero for none
}

func newClock(b *Bus) *clock { return &clock{bus: b, alarms: map[string]*alarm{}} }

// set sets the schedules. The first interval of a rate begins when the bus first has it.
func (c *clock) set(p *Program) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := wall(time.Now())
	alarms := map[string]*alarm{}
	for _, r := range p.Rules {
		if r.Schedule == nil || r.StateName() == model.Disabled {
			continue
		}
		a := newAlarm(r, now)
		if old := c.alarms[r.Key]; old != nil && old.text == a.text {
			a = old
		}
		alarms[r.Key] = a
	}
	c.alarms = alarms
	c.wind(now)
}

// newAlarm returns the alarm of a schedule that begins now.
func newAlarm(r *Rule, now time.Time) *alarm {
	a := &alarm{text: r.Text(r.Schedule), zone: time.UTC}
	a.expr = schedule.Parse(a.text)
	var start time.Time
	if s := r.Scheduler; s != nil {
		if zone := r.Text(s.Timezone); zone != "" {
			a.text += " " + zone
			if loc, problems := schedule.Zone(zone); problems == nil {
				a.zone = loc
			}
		}
		start, a.end = s.Start, s.End
		a.text += " " + s.Start.String() + " " + s.End.String()
	}
	a.begin(start, now)
	return a
}

// begin sets the first time. A rate with a start fires at the start, and then once per interval
// (Scheduler user guide, page schedule-types). Another rate fires after its first interval.
func (a *alarm) begin(start, now time.Time) {
	after := now
	if rate, ok := a.expr.(*schedule.Rate); ok && !start.IsZero() {
		a.next = start
		if start.Before(now) {
			passed := now.Sub(start) / rate.Period()
			a.next = start.Add((passed + 1) * rate.Period())
		}
		a.limit()
		return
	}
	if start.After(now) {
		after = start.Add(-time.Nanosecond)
	}
	a.advance(after)
}

// advance sets the next time after a given time.
func (a *alarm) advance(after time.Time) {
	a.next = time.Time{}
	if a.expr == nil { // an expression with a parameter without a value
		return
	}
	if next, ok := schedule.NextIn(a.expr, a.zone, after); ok {
		a.next = next
	}
	a.limit()
}

// limit removes a time after the end.
func (a *alarm) limit() {
	if !a.end.IsZero() && a.next.After(a.end) {
		a.next = time.Time{}
	}
}

// maxSleep limits the time between two looks at the clock of the machine, which may be set, or
// continue after the machine has slept.
const maxSleep = 30 * time.Second

// wind starts the timer for the next alarm. c.mu is locked.
func (c *clock) wind(now time.Time) {
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	var next time.Time
	for _, a := range c.alarms {
		if !a.next.IsZero() {
			next = earlier(next, a.next)
		}
	}
	if next.IsZero() || c.stopped {
		return
	}
	c.timer = time.AfterFunc(min(max(next.Sub(now), 0), maxSleep), c.ring)
}

// ring fires the schedules whose time has come.
func (c *clock) ring() {
	b := c.bus
	program, err := b.acquire()
	if err != nil {
		return
	}
	defer b.release(program)
	for _, d := range c.due(program) {
		if r := b.fire(program, d.rule, FromSchedule, d.at); r.Err != nil {
			b.journal.add(Entry{Problem: "schedule " + d.rule.ID + ": " + r.Err.Error()})
		}
	}
}

// due is a schedule whose time has come.
type due struct {
	rule *Rule
	at   time.Time
}

// due returns the schedules whose time has come, in the order of the rules, and winds the clock.
func (c *clock) due(p *Program) []due {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := wall(time.Now())
	var all []due
	for _, r := range p.Rules {
		a := c.alarms[r.Key]
		if a == nil || a.next.IsZero() || a.next.After(now) {
			continue
		}
		all = append(all, due{r, a.next})
		a.pass(now)
	}
	c.wind(now)
	return all
}

// pass sets the next time after now. A rate keeps its rhythm.
func (a *alarm) pass(now time.Time) {
	if rate, ok := a.expr.(*schedule.Rate); ok {
		missed := now.Sub(a.next) / rate.Period()
		a.advance(a.next.Add(missed * rate.Period()))
		return
	}
	a.advance(now)
}

// wall returns a time without the reading of the monotonic clock, which doesn't run while the
// machine sleeps.
func wall(t time.Time) time.Time { return t.Round(0) }

// next returns the time at which a rule fires next.
func (c *clock) next(key string) (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a := c.alarms[key]
	if a == nil || a.next.IsZero() {
		return time.Time{}, false
	}
	return a.next, true
}

func (c *clock) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = true
	if c.timer != nil {
		c.timer.Stop()
	}
}

// Next returns the time at which a schedule fires next, by the clock. It returns false if the rule
// has no schedule, is disabled or doesn't fire again.
func (b *Bus) Next(r *Rule) (time.Time, bool) { return b.clock.next(r.Key) }
