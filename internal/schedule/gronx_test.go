package schedule

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/adhocore/gronx"
)

// gronxCron translates a cron expression of AWS to one of gronx. It has seven fields, the first
// of which is the seconds, and the days of the week count from 0, Sunday. A range doesn't
// continue at the start of its field. Gronx has no LW and no L-3; gronxCron returns false for
// an expression with one of them.
func gronxCron(expr string) (string, bool) {
	texts := strings.Fields(expr)
	for i, text := range texts {
		var elements []string
		for element := range strings.SplitSeq(text, ",") {
			if i == dayOfMonth && element != "L" && strings.Contains(element, "L") {
				return "", false
			}
			elements = append(elements, gronxElement(i, element))
		}
		texts[i] = strings.Join(elements, ",")
	}
	return "0 " + strings.Join(texts, " "), true
}

// gronxLimits are the first and the last value of each field, in gronx's numbers.
var gronxLimits = [fieldCount][2]int{{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 6}, {1970, 2199}}

// gronxElement translates an element of a field.
func gronxElement(field int, element string) string {
	lowest, highest := gronxLimits[field][0], gronxLimits[field][1]
	base, step, stepped := strings.Cut(element, "/")
	from, to, ranged := strings.Cut(base, "-")
	switch {
	case element == "?", element == "*":
		return element
	case field == dayOfMonth && strings.ContainsAny(element, "LW"):
		return element
	case field == dayOfWeek && element == "L":
		return "6"
	case field == dayOfWeek && strings.HasSuffix(element, "L"):
		return gronxValue(field, strings.TrimSuffix(element, "L")) + "L"
	case strings.Contains(element, "#"):
		day, n, _ := strings.Cut(element, "#")
		return gronxValue(field, day) + "#" + n
	case !stepped && !ranged:
		return gronxValue(field, element)
	case from == "*":
		from, to = strconv.Itoa(lowest), strconv.Itoa(highest)
	case !ranged:
		from, to = gronxValue(field, from), strconv.Itoa(highest)
	default:
		from, to = gronxValue(field, from), gronxValue(field, to)
	}
	a, _ := strconv.Atoi(from)
	b, _ := strconv.Atoi(to)
	n := 1
	if stepped {
		n, _ = strconv.Atoi(step)
	}
	if a <= b {
		return fmt.Sprintf("%d-%d/%d", a, b, n)
	}
	last := a + (highest-a)/n*n                // the last value before the end of the field
	first := last + n - (highest - lowest + 1) // the value after it, from the start of the field
	if first > b {
		return fmt.Sprintf("%d-%d/%d", a, last, n)
	}
	return fmt.Sprintf("%d-%d/%d,%d-%d/%d", a, last, n, first, b, n)
}

// gronxValue translates a value or a name.
func gronxValue(field int, text string) string {
	for i, name := range fields[field].names {
		if name == text {
			return strconv.Itoa(gronxLimits[field][0] + i)
		}
	}
	n, _ := strconv.Atoi(text)
	if field == dayOfWeek {
		n--
	}
	return strconv.Itoa(n)
}

func TestGronxCron(t *testing.T) {
	for expr, want := range map[string]string{
		"0 12 * * ? *":                     "0 0 12 * * ? *",
		"05 00 01 02 ? 2030":               "0 5 0 1 2 ? 2030",
		"0/15 8-17 ? * MON-FRI *":          "0 0-59/15 8-17/1 ? * 1-5/1 *",
		"*/5 */2 */3 */4 ? */5":            "0 0-59/5 0-23/2 1-31/3 1-12/4 ? 1970-2199/5",
		"1-10/2 0 ? * 1,7 2026/2":          "0 1-10/2 0 ? * 0,6 2026-2199/2",
		"0 20-2 25-5 NOV-FEB ? *":          "0 0 20-23/1,0-2/1 25-31/1,1-5/1 11-12/1,1-2/1 ? *",
		"50-10/7 22-4/3 ? JAN/3 FRI-MON *": "0 50-57/7,4-10/7 22-22/3,1-4/3 ? 1-12/3 5-6/1,0-1/1 *",
		"50-1/7 0 ? * SAT-SUN *":           "0 50-57/7 0 ? * 6-6/1,0-0/1 *",
		"0 0 1,15W,L * ? *":                "0 0 0 1,15W,L * ? *",
		"0 0 ? * L,6L,SUNL *":              "0 0 0 ? * 6,5L,0L *",
		"0 0 ? * 3#2 *":                    "0 0 0 ? * 2#2 *",
		"0 0 ? * SUN#5 *":                  "0 0 0 ? * 0#5 *",
		"0 0 LW * ? *":                     "", "0 0 1,L-3 * ? *": "", "0 0 L-3W * ? *": "",
	} {
		mustCron(t, expr)
		if got, ok := gronxCron(expr); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t; want %q", expr, got, ok, want)
		}
	}
}

// TestNextAgainstGronx compares NextIn with another implementation of cron, around changes of
// the clocks in five zones. Lord Howe changes by half an hour, Santiago at midnight, and
// Casablanca for the month of Ramadan.
func TestNextAgainstGronx(t *testing.T) {
	fixed := []string{"* * * * ? *", "0/10 * * * ? *", "30 2 * * ? *", "0 2 * * ? *", "15 1,2,3 ? * SUN *", "59 1 * * ? *", "0 0 * * ? *", "45 23 * * ? *", "5 0-3 L * ? *"}
	zones := []string{"Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca"}
	random := 60
	if testing.Short() {
		random = 6
	}
	r := rand.New(rand.NewPCG(5, 6))
	for _, name := range zones {
		zone, _ := Zone(name)
		changes := clockChanges(zone, 2026+r.IntN(10))
		if len(changes) < 2 {
			t.Fatalf("%s has %d changes", name, len(changes))
		}
		g := &gronxTest{T: t, zone: zone}
		for _, change := range changes {
			for _, expr := range fixed {
				g.compare(expr, change.At.Add(-3*time.Hour), 40)
				g.compare(expr, change.At.Add(5*time.Minute), 3) // while local times are shown again
			}
			for range random / 2 {
				g.compare(randomCron(r, "*"), change.At.Add(-time.Duration(r.IntN(72*60))*time.Minute), 6)
			}
		}
		t.Logf("%s: %d times are the same, gronx gave up %d times and returned the second of two equal local times %d times", name, g.same, g.gaveUp, g.twice)
		if g.same < 40*random/10 || g.gaveUp > g.same/20 {
			t.Errorf("%s: %d times are compared, and gronx gave up %d times", name, g.same, g.gaveUp)
		}
	}
}

// gronxTest compares times with those of gronx. They may differ in two ways, and both are faults
// of gronx 1.20.4:
//
//   - It gives up. Its loop ends after 500 steps, and with that it doesn't find a time that is
//     many years away. It doesn't get beyond a day whose midnight the clocks skip either,
//     because time.Date returns 23:00 of the day before for it (next.go, bump). It then
//     returns an error or the time that it began with. The test checks that gronx regards
//     NextIn's time as due.
//   - A local time that the clocks show twice is due for it both times. EventBridge Scheduler
//     fires at the first one only (Scheduler user guide, page schedule-types, section
//     daylist-savings-time). East of Greenwich gronx returns the second one and no first one,
//     because time.Date does (next.go, bump); west of it, it can return both.
type gronxTest struct {
	*testing.T
	zone                *time.Location
	same, gaveUp, twice int
}

// compare compares the next n times of an expression.
func (g *gronxTest) compare(expr string, from time.Time, n int) {
	g.Helper()
	c, _ := ParseCron(expr)
	theirs, ok := gronxCron(expr)
	if c == nil || !ok {
		return // it never fires, or gronx can't read it
	}
	for range n {
		next, ok := c.NextIn(g.zone, from)
		got, found := g.next(theirs, from)
		switch {
		case found && ok && got.Equal(next):
			g.same++
		case !found && !ok:
			return
		case found || !ok:
			g.Errorf("%s in %s after %v:\n%v, %t; gronx says\n%v, %t", expr, g.zone, from.In(g.zone), next, ok, got, found)
			return
		default:
			g.gaveUp++
			if due, err := gronx.New().IsDue(theirs, next); err != nil || !due {
				g.Errorf("%s in %s fires at %v; according to gronx, it is not due then", expr, g.zone, next)
			}
		}
		from = next
	}
}

// next returns gronx's next time after another. It returns the first of two times with the same
// local time. It returns false if there is none, or if gronx gives up.
func (g *gronxTest) next(expr string, after time.Time) (time.Time, bool) {
	for from := after.In(g.zone); ; {
		next, err := gronx.NextTickAfter(expr, from, false)
		if err != nil || !next.After(from) {
			return time.Time{}, false
		}
		first := firstShown(next)
		if first.Equal(next) {
			return next, true
		}
		g.twice++
		if first.After(after) {
			return first, true
		}
		from = next
	}
}

// firstShown returns the first time at which the clocks show the same local time as at t. The
// zones of the test go back by an hour or half an hour.
func firstShown(t time.Time) time.Time {
	for _, back := range []time.Duration{time.Hour, 30 * time.Minute} {
		if before := t.Add(-back); before.Format(time.DateTime) == t.Format(time.DateTime) {
			return before
		}
	}
	return t
}
