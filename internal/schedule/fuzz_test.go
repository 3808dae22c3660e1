package schedule

import (
	"strings"
	"testing"
	"time"
)

func FuzzParseRate(f *testing.F) {
	for _, s := range []string{"10 minutes", "1 hours", "1.5 hours", "rate(1 day)", "'2 weeks'", "@every 10m", "10\u00a0minutes", "every 5 minuts"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, expr string) {
		r, problems := ParseRate(expr)
		checkRate(t, expr, r, problems)
		if r == nil {
			return
		}
		inner := strings.TrimSuffix(strings.TrimPrefix(r.String(), "rate("), ")")
		again, more := ParseRate(inner)
		if again == nil || more != nil || *again != *r {
			t.Fatalf("%q is %v, which is read as %v: %v", expr, r, again, more)
		}
		if r.Period() < time.Minute {
			t.Fatalf("%q has a period of %v", expr, r.Period())
		}
	})
}

func FuzzParseCron(f *testing.F) {
	for _, s := range []string{
		"0 12 * * ? *", "*/5 8-17/2 ? * MON-FRI 2026/2", "0 0 L-3W,15w,1 jan-MAR ? *", "0 0 ? 2 6#5 *", "0 0 ? * 6L,L *",
		"0 12 * * 1-5", "0 0 12 * * ?", "cron(0 12 * * * *)", "@daily", "0 0 30 2 ? *", "60 24 0 13 8 1", "0 0 ? * 2/2 *", "1,,2 5-2/3/4 #W L# MON-6 2030-2020",
	} {
		f.Add(s)
	}
	now := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, expr string) {
		c, problems := ParseCron(expr)
		checkCron(t, expr, c, problems)
		if c == nil {
			return
		}
		inner := strings.TrimSuffix(strings.TrimPrefix(c.String(), "cron("), ")")
		again, _ := ParseCron(inner)
		if again == nil || again.String() != c.String() {
			t.Fatalf("%q is %v, which is read as %v", expr, c, again)
		}
		first, ok := c.Next(now)
		second, ok2 := again.Next(now)
		if ok != ok2 || first != second || ok && !first.After(now) {
			t.Fatalf("%q fires at %v, %v at %v", expr, first, again, second)
		}
		if ok == (c.Check(now) != nil) {
			t.Fatalf("%q: Next and Check disagree", expr)
		}
	})
}
