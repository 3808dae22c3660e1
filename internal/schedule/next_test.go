package schedule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCronNext(t *testing.T) {
	tests := []struct{ expr, after, want string }{
		// The next minute, and never the same one.
		{"* * * * ? *", "2026-11-23 06:00", "2026-11-23 06:01, 2026-11-23 06:02"},
		{"* * * * ? *", "2026-11-23 06:00:59", "2026-11-23 06:01"},
		{"0 12 * * ? *", "2026-11-23 11:59:59", "2026-11-23 12:00"},
		{"0 12 * * ? *", "2026-11-23 12:00", "2026-11-24 12:00"},
		{"59 23 31 12 ? *", "2026-12-31 23:59", "2027-12-31 23:59"},
		// Whatever the zone of the time that is passed in: it is read as UTC.
		{"0 12 * * ? *", "2026-11-23T12:30:00+01:00", "2026-11-23 12:00"},
		// Lists, ranges and increments.
		{"0/30 20-2 ? * MON-FRI *", "2026-11-23 02:30", "2026-11-23 20:00, 2026-11-23 20:30"},
		{"1/10 * * * ? *", "2026-11-23 06:00", "2026-11-23 06:01, 2026-11-23 06:11, 2026-11-23 06:21"},
		{"50-10/5 0 * * ? *", "2026-11-23 00:10", "2026-11-23 00:50, 2026-11-23 00:55, 2026-11-24 00:00, 2026-11-24 00:05"},
		{"0 11-23/4 ? * 2-6 *", "2026-11-23 00:00", "2026-11-23 11:00, 2026-11-23 15:00, 2026-11-23 19:00, 2026-11-23 23:00, 2026-11-24 11:00"},
		{"0 0 25-5 * ? *", "2026-11-30 00:00", "2026-12-01 00:00, 2026-12-02 00:00"},
		{"0 0 ? * FRI-MON *", "2026-11-23 00:00", "2026-11-27 00:00, 2026-11-28 00:00, 2026-11-29 00:00, 2026-11-30 00:00, 2026-12-04 00:00"},
		{"0 0 1 NOV-FEB ? *", "2026-11-23 00:00", "2026-12-01 00:00, 2027-01-01 00:00, 2027-02-01 00:00, 2027-11-01 00:00"},
		{"0 0 1 1 ? 2026/2", "2026-11-23 00:00", "2028-01-01 00:00, 2030-01-01 00:00"},
		{"0 0 ? * 1 *", "2026-11-23 00:00", "2026-11-29 00:00"},
		{"0 0 ? * L *", "2026-11-23 00:00", "2026-11-28 00:00"},
		// Leap years.
		{"0 0 29 2 ? *", "2026-11-23 00:00", "2028-02-29 00:00, 2032-02-29 00:00"},
		{"0 0 29 2 ? *", "2096-02-29 00:00", "2104-02-29 00:00"},
		{"0 0 29 2 ? *", "1999-12-31 00:00", "2000-02-29 00:00"},
		{"0 0 L 2 ? *", "2027-01-01 00:00", "2027-02-28 00:00, 2028-02-29 00:00"},
		{"0 0 31 * ? *", "2026-11-23 00:00", "2026-12-31 00:00, 2027-01-31 00:00, 2027-03-31 00:00"},
		// The end of the month.
		{"0 0 L * ? *", "2026-11-23 00:00", "2026-11-30 00:00, 2026-12-31 00:00"},
		{"0 0 L-3 * ? *", "2026-11-23 00:00", "2026-11-27 00:00, 2026-12-28 00:00"},
		{"0 0 L-28 2 ? *", "2026-11-23 00:00", "2028-02-01 00:00"},
		{"0 0 LW * ? *", "2026-10-01 00:00", "2026-10-30 00:00, 2026-11-30 00:00"},
		{"0 0 L-1W 1 ? 2027", "2026-10-01 00:00", "2027-01-29 00:00"},
		// The weekday nearest to a day, and in its month.
		{"0 0 15W * ? *", "2026-08-01 00:00", "2026-08-14 00:00, 2026-09-15 00:00"},
		{"0 0 15W 11 ? 2026", "2026-08-01 00:00", "2026-11-16 00:00"},
		{"0 0 1W 8 ? 2026", "2026-07-01 00:00", "2026-08-03 00:00"},
		{"0 0 1W 11 ? 2026", "2026-07-01 00:00", "2026-11-02 00:00"},
		{"0 0 31W 1 ? 2027", "2026-07-01 00:00", "2027-01-29 00:00"},
		{"0 0 31W * ? *", "2026-11-23 00:00", "2026-12-31 00:00"},
		{"0 0 28W 2 ? 2027", "2026-07-01 00:00", "2027-02-26 00:00"},
		// Days of the week in the month.
		{"15 10 ? * 6L *", "2026-11-23 00:00", "2026-11-27 10:15, 2026-12-25 10:15"},
		{"0 0 ? * MONL *", "2026-11-01 00:00", "2026-11-30 00:00"},
		{"0 0 ? * 3#2 *", "2026-11-01 00:00", "2026-11-10 00:00, 2026-12-08 00:00"},
		{"0 0 ? * SUN#1 *", "2026-10-31 00:00", "2026-11-01 00:00"},
		{"0 0 ? * 2#5 *", "2026-11-01 00:00", "2026-11-30 00:00, 2027-03-29 00:00"},
		{"0 0 ? 2 1#5 *", "2026-11-01 00:00", "2032-02-29 00:00, 2060-02-29 00:00"},
		// Lists of all of these: each day once.
		{"0 0 1,15W,L * ? *", "2026-11-01 00:00", "2026-11-16 00:00, 2026-11-30 00:00, 2026-12-01 00:00"},
		{"0 0 30,L,LW 11 ? *", "2026-11-01 00:00", "2026-11-30 00:00, 2027-11-30 00:00"},
		{"0 0 ? * MON,6L *", "2026-11-23 00:00", "2026-11-27 00:00, 2026-11-30 00:00"},
		// The ends of time.
		{"0 0 1 1 ? *", "1066-10-14 09:00", "1970-01-01 00:00"},
		{"0 0 1 1 ? 2199", "2026-11-23 00:00", "2199-01-01 00:00"},
		{"59 23 31 12 ? *", "2198-12-31 23:59", "2199-12-31 23:59"},
	}
	for _, tt := range tests {
		want := strings.Split(tt.want, ", ")
		got := nextN(mustCron(t, tt.expr), at(t, tt.after), len(want))
		var list []string
		for _, g := range got {
			if g.Location() != time.UTC {
				t.Errorf("%q: %v is not in UTC", tt.expr, g)
			}
			list = append(list, g.Format("2006-01-02 15:04"))
		}
		if !slices.Equal(list, want) {
			t.Errorf("%q after %s:\n%s\nwant\n%s", tt.expr, tt.after, strings.Join(list, ", "), tt.want)
		}
	}
}

// nextN returns the next n times, or fewer if there are no more.
func nextN(c *Cron, after time.Time, n int) []time.Time {
	var times []time.Time
	for range n {
		next, ok := c.Next(after)
		if !ok {
			break
		}
		times = append(times, next)
		after = next
	}
	return times
}

func TestCronNextEnds(t *testing.T) {
	for expr, after := range map[string]string{
		"0 12 * * ? 2019-2022": "2022-12-31 12:00",
		"* * * * ? *":          "2199-12-31 23:59",
		"0 0 29 2 ? 2024":      "2024-02-29 00:00",
		"0 0 1 1 ? 1970":       "2500-01-01 00:00",
	} {
		if next, ok := mustCron(t, expr).Next(at(t, after)); ok {
			t.Errorf("%q after %s fires at %v", expr, after, next)
		}
	}
	if got := nextN(mustCron(t, "0 0 1 1 ? 2030,2031"), at(t, "2026-01-01 00:00"), 5); len(got) != 2 {
		t.Errorf("Next gives %v, want the two that there are", got)
	}
}

// Next agrees with looking at every minute, for schedules of any form.
func TestCronNextAgainstEveryMinute(t *testing.T) {
	const window = 40 * 24 * 60
	r := rand.New(rand.NewPCG(1, 2))
	schedules := 150
	if testing.Short() {
		schedules = 15
	}
	fired := 0
	for range schedules {
		expr := randomCron(r, "*")
		c, problems := ParseCron(expr)
		if c == nil {
			if len(problems) != 1 || problems[0].Kind != NeverFires {
				t.Fatalf("ParseCron(%q): %v", expr, problems)
			}
			continue
		}
		start := time.Date(1999+r.IntN(60), time.Month(1+r.IntN(12)), 1+r.IntN(31), r.IntN(24), r.IntN(60), 0, 0, time.UTC)
		s := newScanner(expr)
		want := scan(start, window, time.Minute, s.matches)
		got, ok := c.Next(start)
		switch {
		case want.IsZero() && ok && !got.After(start.Add(window*time.Minute)):
			t.Errorf("%q after %v: %v, but no minute up to then matches", expr, start, got)
		case !want.IsZero() && (!ok || !got.Equal(want)):
			t.Errorf("%q after %v: %v, want %v", expr, start, got, want)
		case !want.IsZero():
			fired++
		}
	}
	if fired < schedules/3 {
		t.Errorf("only %d of the random schedules fired: the test tests little", fired)
	}
}

// Next agrees with looking at every day, over decades, for schedules that fire
// once a day at most.
func TestCronNextAgainstEveryDay(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		expr := randomCron(r, "0")
		c, problems := ParseCron(expr)
		s := newScanner(expr)
		start := time.Date(1970+r.IntN(200), time.Month(1+r.IntN(12)), 1+r.IntN(31), 0, 0, 0, 0, time.UTC)
		want := scan(start, 28*366, 24*time.Hour, s.matches)
		if c == nil {
			if problems[0].Kind != NeverFires || !want.IsZero() {
				t.Errorf("ParseCron(%q): %v, but it fires at %v", expr, problems, want)
			}
			continue
		}
		if got, ok := c.Next(start); !want.IsZero() && (!ok || !got.Equal(want)) || want.IsZero() && ok && got.Year() < start.Year()+28 {
			t.Errorf("%q after %v: %v %v, want %v", expr, start, got, ok, want)
		}
	}
}

func scan(start time.Time, steps int, by time.Duration, matches func(time.Time) bool) time.Time {
	for range steps {
		if start = start.Add(by); matches(start) {
			return start
		}
	}
	return time.Time{}
}

// randomCron writes a schedule of any form. Its minutes and hours are of any
// form too, or else what fixed says.
func randomCron(r *rand.Rand, fixed string) string {
	minute, hour := "0", "0"
	if fixed == "*" {
		minute, hour = randomField(r, 0, 59, 59), randomField(r, 0, 23, 23)
	}
	dom, dow := "?", "?"
	if r.IntN(2) == 0 {
		dom = randomList(r, func() string { return randomDayOfMonth(r) })
	} else {
		dow = randomDayOfWeek(r)
	}
	month, year := "*", "*"
	if r.IntN(2) == 0 {
		month = randomField(r, 1, 12, 12)
	}
	if r.IntN(3) == 0 {
		year = fmt.Sprintf("%d/%d", 1970+r.IntN(40), 1+r.IntN(5))
	}
	return strings.Join([]string{minute, hour, dom, month, dow, year}, " ")
}

func randomList(r *rand.Rand, element func() string) string {
	list := make([]string, 1+r.IntN(3))
	for i := range list {
		list[i] = element()
	}
	return strings.Join(list, ",")
}

func randomField(r *rand.Rand, lo, hi, step int) string {
	value := func() int { return lo + r.IntN(hi-lo+1) }
	return randomList(r, func() string {
		switch r.IntN(8) {
		case 0:
			return fmt.Sprintf("%d-%d", value(), value())
		case 1:
			return fmt.Sprintf("%d/%d", value(), 1+r.IntN(step))
		case 2:
			return fmt.Sprintf("%d-%d/%d", value(), value(), 1+r.IntN(step))
		case 3:
			return fmt.Sprintf("*/%d", 1+r.IntN(step))
		}
		return fmt.Sprint(value())
	})
}

func randomDayOfMonth(r *rand.Rand) string {
	switch r.IntN(7) {
	case 0:
		return "L"
	case 1:
		return "LW"
	case 2:
		return fmt.Sprintf("L-%d", 1+r.IntN(30))
	case 3:
		return fmt.Sprintf("L-%dW", 1+r.IntN(30))
	case 4, 5:
		return fmt.Sprintf("%dW", 1+r.IntN(31))
	}
	return randomField(r, 1, 31, 31)
}

func randomDayOfWeek(r *rand.Rand) string {
	day := func() string {
		if d := r.IntN(7); r.IntN(2) == 0 {
			return dayNames[d]
		} else {
			return fmt.Sprint(d + 1)
		}
	}
	if r.IntN(3) == 0 {
		return fmt.Sprintf("%s#%d", day(), 1+r.IntN(5))
	}
	return randomList(r, func() string {
		switch r.IntN(4) {
		case 0:
			return day() + "L"
		case 1:
			return "L"
		case 2:
			a, b := dayNames[r.IntN(7)], dayNames[r.IntN(7)]
			return a + "-" + b
		}
		return day()
	})
}
