package schedule

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEveryZoneIsKnown(t *testing.T) {
	names := zones()
	if !slices.IsSorted(names) || len(names) < 590 {
		t.Fatalf("%d names", len(names))
	}
	for _, name := range names {
		if loc, problems := Zone(name); loc == nil || problems != nil || loc.String() != name {
			t.Errorf("%s: %v, %v", name, loc, problems)
		}
		if len(name) > 50 {
			t.Errorf("%s is longer than ScheduleExpressionTimezone may be (50)", name)
		}
	}
}

func TestUnknownZones(t *testing.T) {
	for name, want := range map[string]string{
		"Europe/Brelin": "Europe/Berlin", "europe/berlin": "Europe/Berlin", "Europe/berlin": "Europe/Berlin",
		"Berlin": "Europe/Berlin", "New York": "America/New_York", "America/New York": "America/New_York",
		"utc": "UTC", "UTC+2": "Etc/GMT-2", "GMT-05:00": "Etc/GMT+5", "+02:00": "Etc/GMT-2", "UTC+15": "", "UTC+5:30": "",
		"": "", "Local": "", "localtime": "", "posix/Europe/Berlin": "Europe/Berlin", "right/UTC": "UTC", "posixrules": "", "Factory": "",
		"../etc/passwd": "", "Mars/Phobos": "", "CEST": "", strings.Repeat("x", 1000): "",
	} {
		loc, problems := Zone(name)
		if loc != nil || len(problems) != 1 {
			t.Errorf("%q: %v, %v", name, loc, problems)
			continue
		}
		if got := problems[0].Suggestion; got != want && !(want == "" && got == "") {
			t.Errorf("%q: did you mean %q, want %q", name, got, want)
		}
		if len(problems[0].Message) > 200 {
			t.Errorf("%q: a message of %d bytes", name, len(problems[0].Message))
		}
	}
}

func TestAt(t *testing.T) {
	a, problems := ParseAt(" 2027-03-28T02:30:00 ")
	if a == nil || problems != nil || a.String() != "at(2027-03-28T02:30:00)" {
		t.Fatalf("%v, %v", a, problems)
	}
	berlin, _ := Zone("Europe/Berlin")
	if _, ok := a.In(berlin); ok {
		t.Error("the clocks of Berlin skip this time")
	}
	if change := a.Missed(berlin); change == nil || !change.Skips {
		t.Errorf("change %+v", change)
	}
	autumn, _ := ParseAt("2027-10-31T02:30:00")
	if fires, ok := autumn.In(berlin); !ok || fires.UTC().Format(time.RFC3339) != "2027-10-31T00:30:00Z" {
		t.Errorf("fires at %v, want the first 02:30", fires)
	}
	if change := autumn.Missed(berlin); change == nil || change.Skips {
		t.Errorf("change %+v", change)
	}
	if change := a.Missed(time.UTC); change != nil {
		t.Errorf("change in UTC: %+v", change)
	}
}

func TestWrongAt(t *testing.T) {
	for expr, want := range map[string]string{
		"":                          "0-0 syntax",
		"noon":                      "0-4 syntax",
		"2027-01-01":                "0-10 syntax → 2027-01-01T00:00:00",
		"2027-01-01 08:30":          "0-16 syntax → 2027-01-01T08:30:00",
		"2027-01-01T08:30":          "0-16 syntax → 2027-01-01T08:30:00",
		"2027-01-01t08:30:00":       "0-19 syntax → 2027-01-01T08:30:00",
		"2027-01-01T08:30:00.5":     "0-21 syntax → 2027-01-01T08:30:00",
		"2027-01-01T08:30:00Z":      "19-20 syntax",
		"2027-01-01T08:30:00+02:00": "19-25 syntax",
		"2027-13-01T08:30:00":       "5-7 range",
		"2027-02-30T08:30:00":       "8-10 range",
		"2027-00-01T08:30:00":       "5-7 range",
		"2027-01-01T24:00:00":       "11-13 range",
		"2027-01-01T08:60:00":       "14-16 range",
		"2027-01-01T08:30:60":       "17-19 range",
		"at(2027-01-01T00:00:00)":   "0-3 syntax → 2027-01-01T00:00:00",
		`"2027-01-01T00:00:00"`:     "0-1 syntax → 2027-01-01T00:00:00",
		"0 12 * * ? *":              "0-12 syntax",
		"10 minutes":                "0-10 syntax",
		"2027-01-01\u00a008:30":     "10-12 syntax",
	} {
		a, problems := ParseAt(expr)
		if got := brief(problems); a != nil || got != want {
			t.Errorf("%q: %v\n%s\nwant\n%s", expr, a, got, want)
		}
	}
}

// TestNextIn compares NextIn with a search minute by minute around the changes of the clocks
// of several zones. Lord Howe changes by half an hour, and Apia once skipped a day.
func TestNextIn(t *testing.T) {
	exprs := []string{"* * * * ? *", "0/10 * * * ? *", "30 2 * * ? *", "0 2 * * ? *", "15 1,2,3 ? * SUN *", "59 1 * * ? *", "0 0 * * ? *", "45 23 * * ? *", "5 0-3 L * ? *"}
	for _, tt := range []struct {
		zone string
		from string
	}{
		{"Europe/Berlin", "2027-03-27 12:00"}, {"Europe/Berlin", "2027-10-30 12:00"},
		{"America/New_York", "2027-03-13 12:00"}, {"America/New_York", "2027-11-06 12:00"},
		{"Australia/Lord_Howe", "2027-04-03 06:00"}, {"Australia/Lord_Howe", "2027-10-02 06:00"},
		{"America/Santiago", "2027-04-03 12:00"}, {"America/Santiago", "2027-09-04 12:00"},
		{"Pacific/Apia", "2011-12-29 12:00"}, {"Africa/Casablanca", "2027-02-06 12:00"}, {"Africa/Casablanca", "2027-03-13 12:00"},
		{"Asia/Kolkata", "2027-03-27 12:00"}, {"UTC", "2027-03-27 12:00"},
	} {
		zone, _ := Zone(tt.zone)
		for _, expr := range exprs {
			c := mustCron(t, expr)
			from := at(t, tt.from)
			var want, got []time.Time
			seen := map[string]bool{}
			for m := from.Add(-30 * time.Hour); m.Before(from.Add(36 * time.Hour)); m = m.Add(time.Minute) {
				local := m.In(zone).Format("2006-01-02 15:04")
				if !seen[local] && m.After(from) && fires(c, wallTime(m.In(zone))) {
					want = append(want, m)
				}
				seen[local] = true
			}
			for next := from; ; {
				var ok bool
				if next, ok = c.NextIn(zone, next); !ok || !next.Before(from.Add(36*time.Hour)) {
					break
				}
				got = append(got, next.UTC())
			}
			if !slices.EqualFunc(got, want, time.Time.Equal) {
				t.Errorf("%s in %s from %s:\n%v\nwant\n%v", expr, tt.zone, tt.from, got, want)
			}
		}
	}
}

// fires reports whether a schedule in UTC fires at a time.
func fires(c *Cron, at time.Time) bool {
	next, ok := c.Next(at.Add(-time.Minute))
	return ok && next.Equal(at)
}

func TestMissed(t *testing.T) {
	for _, tt := range []struct{ expr, zone, want string }{
		{"30 2 * * ? *", "Europe/Berlin", "skips 2026-03-29 02:00 to 03:00"},
		{"30 2 ? * MON-FRI *", "Europe/Berlin", ""},
		{"0 2 28 3 ? *", "Europe/Berlin", "skips 2027-03-28 02:00 to 03:00"},
		{"0 2 28 3 ? 2028", "Europe/Berlin", ""},
		{"30 2 25 10 ? *", "Europe/Berlin", "repeats 2026-10-25 02:00 to 03:00"},
		{"30 2,14 * * ? *", "Europe/Berlin", ""},
		{"0 * * * ? *", "Europe/Berlin", ""},
		{"30 2 * * ? *", "UTC", ""},
		{"30 2 * * ? *", "Asia/Tokyo", ""},
		{"10 2 * * ? *", "Australia/Lord_Howe", "skips 2026-10-04 02:00 to 02:30"},
		{"0 0 * * ? *", "America/Santiago", "skips 2026-09-06 00:00 to 01:00"},
	} {
		zone, _ := Zone(tt.zone)
		got := ""
		if change := mustCron(t, tt.expr).Missed(zone); change != nil {
			got = map[bool]string{true: "skips ", false: "repeats "}[change.Skips] + change.From.Format("2006-01-02 15:04") + " to " + change.To.Format("15:04")
		}
		if got != tt.want {
			t.Errorf("%s in %s: %q, want %q", tt.expr, tt.zone, got, tt.want)
		}
	}
}
