package schedule

import (
	"strings"
	"testing"
	"time"
)

func TestParseRate(t *testing.T) {
	tests := []struct {
		expr, want string
		period     time.Duration
	}{
		{"1 minute", "rate(1 minute)", time.Minute},
		{"10 minutes", "rate(10 minutes)", 10 * time.Minute},
		{"1 hour", "rate(1 hour)", time.Hour},
		{"12 hours", "rate(12 hours)", 12 * time.Hour},
		{"1 day", "rate(1 day)", 24 * time.Hour},
		{"365 days", "rate(365 days)", 365 * 24 * time.Hour},
		{" \t10   minutes\r\n", "rate(10 minutes)", 10 * time.Minute},
		{"106751 days", "rate(106751 days)", 106751 * 24 * time.Hour},
	}
	for _, tt := range tests {
		r, problems := ParseRate(tt.expr)
		if r == nil || problems != nil {
			t.Errorf("ParseRate(%q): %v", tt.expr, problems)
			continue
		}
		if r.String() != tt.want || r.Period() != tt.period {
			t.Errorf("ParseRate(%q) = %v every %v, want %v every %v", tt.expr, r, r.Period(), tt.want, tt.period)
		}
	}
}

func TestParseRateProblems(t *testing.T) {
	tests := []struct{ expr, want string }{
		// The unit's number follows the value's.
		{"1 hours", "2-7 unit → 1 hour"},
		{"1 minutes", "2-9 unit → 1 minute"},
		{"5 hour", "2-6 unit → 5 hours"},
		{"30 day", "3-6 unit → 30 days"},
		// Units.
		{"10 minuts", "3-9 unit → minutes"},
		{"1 minuets", "2-9 unit → minute"},
		{"10 Minutes", "3-10 unit → minutes"},
		{"10 min", "3-6 unit → minutes"},
		{"2 hrs", "2-5 unit → hours"},
		{"1 d", "2-3 unit → day"},
		{"10 seconds", "3-10 unit"},
		{"10 s", "3-4 unit"},
		{"2 weeks", "2-7 unit → 14 days"},
		{"1 week", "2-6 unit → 7 days"},
		{"0 weeks", "0-1 range\n2-7 unit"},
		{"1 month", "2-7 unit"},
		{"2 years", "2-7 unit"},
		{"3 fortnights", "2-12 unit"},
		// Values.
		{"0 minutes", "0-1 range"},
		{"-5 minutes", "0-2 range → 5"},
		{"+5 minutes", "0-2 syntax → 5"},
		{"010 minutes", "0-3 syntax → 10"},
		{"1.5 hours", "0-3 syntax → 90 minutes"},
		{"0.5 days", "0-3 syntax → 12 hours"},
		{"1.1 hours", "0-3 syntax → 66 minutes"},
		{"2.0 hours", "0-3 syntax → 2 hours"},
		{"0.1 minutes", "0-3 syntax"},
		{"0.0 hours", "0-3 syntax"},
		{"1.2.3 hours", "0-5 syntax"},
		{"1e3 minutes", "0-3 syntax"},
		{"ten minutes", "0-3 syntax"},
		{"106752 days", "0-6 limit"},
		{"99999999999999999999 days", "0-20 range"},
		// Both at once.
		{"0 minuts", "0-1 range\n2-8 unit → minutes"},
		{"x y", "0-1 syntax\n2-3 unit"},
		// The shape.
		{"", "0-0 syntax"},
		{"   ", "3-3 syntax"},
		{"10", "2-2 unit"},
		{"minutes", "0-7 syntax"},
		{"daily", "0-5 syntax"},
		{"10minutes", "2-9 syntax → 10 minutes"},
		{"10m", "2-3 unit → 10 minutes"},
		{"200000d", "6-7 unit → days"},
		{"10 minutes please now", "11-21 syntax"},
		{"10\u00a0minutes", "2-4 syntax"},
		// Written as elsewhere.
		{"rate(10 minutes)", "0-5 syntax → 10 minutes"},
		{" RATE( 10  minutes ) ", "1-6 syntax → 10 minutes"},
		{"rate(1 hours)", "0-5 syntax\n7-12 unit → 1 hour"},
		{"rate(10 minutes", "0-5 syntax → 10 minutes"},
		{"rate()", "0-5 syntax\n5-5 syntax"},
		{`"10 minutes"`, "0-1 syntax → 10 minutes"},
		{`'rate(10 minutes)'`, "0-1 syntax\n1-6 syntax → 10 minutes"},
		{`"`, "0-1 syntax\n1-1 syntax"},
		{"every 10 minutes", "0-5 syntax → 10 minutes"},
		{"@every 5m", "0-6 syntax → 5 minutes"},
		{"every day", "0-5 syntax"},
		{"@daily", "0-6 syntax → 1 day"},
		{"@monthly", "0-8 syntax"},
		{"0 12 * * ? *", "0-12 syntax"},
		{"cron(0 12 * * ? *)", "0-18 syntax"},
		{"at(2030-12-24T09:30:00)", "0-23 syntax"},
		{strings.Repeat("9", 250) + " days", "0-255 limit"},
	}
	for _, tt := range tests {
		r, problems := ParseRate(tt.expr)
		if r != nil {
			t.Errorf("ParseRate(%q) is accepted as %v", tt.expr, r)
		}
		if got := brief(problems); got != tt.want {
			t.Errorf("ParseRate(%q):\n%s\nwant:\n%s", tt.expr, got, tt.want)
		}
		checkRate(t, tt.expr, r, problems)
	}
}

func TestRateMessages(t *testing.T) {
	tests := []struct{ expr, want string }{
		{"1 hours", `after 1 the unit is in the singular: hour, not hours; did you mean "1 hour"?`},
		{"5 hour", `after 5 the unit is in the plural: hours, not hour; did you mean "5 hours"?`},
		{"10", "after 10 the unit is missing; write the unit: 10 minutes, 10 hours or 10 days"},
		{"rate(10 minutes)", "write 10 minutes"},
		{"10 seconds", "nothing shorter than a minute"},
		{"1 month", "use a cron schedule: 0 0 1 * ? *"},
		{"106752 days", "write at most 106751 days"},
	}
	for _, tt := range tests {
		_, problems := ParseRate(tt.expr)
		if len(problems) != 1 || !strings.Contains(problems[0].String(), tt.want) {
			t.Errorf("ParseRate(%q) says %v, want %q", tt.expr, problems, tt.want)
		}
	}
}

func TestRateNext(t *testing.T) {
	r, _ := ParseRate("12 hours")
	berlin := time.FixedZone("CET", 3600)
	got, ok := NextIn(r, time.UTC, time.Date(2026, 1, 1, 0, 30, 0, 0, berlin))
	if want := at(t, "2026-01-01 11:30"); !ok || got != want {
		t.Errorf("NextIn = %v, want %v", got, want)
	}
}
