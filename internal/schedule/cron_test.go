package schedule

import (
	"strings"
	"testing"
)

func TestParseCron(t *testing.T) {
	tests := []struct{ expr, want string }{
		// The examples of the user guide.
		{"0 10 * * ? *", ""},
		{"15 12 * * ? *", ""},
		{"0 18 ? * MON-FRI *", ""},
		{"0 8 1 * ? *", ""},
		{"0/15 * * * ? *", ""},
		{"0/10 * ? * MON-FRI *", ""},
		{"0/5 8-17 ? * MON-FRI *", ""},
		{"0/30 20-2 ? * MON-FRI *", ""},
		{"5,35 14 * * ? *", ""},
		{"15 10 ? * 6L 2019-2022", ""},
		{"0 9 ? * 2#1 *", ""},
		// Every wildcard of every field.
		{"* * * * ? *", ""},
		{"*/5 */2 */3 */4 ? */5", ""},
		{"1-10/2 11-23/4 1-31/30 1-12/3 ? 2026-2199/1", ""},
		{"59 23 31 12 ? 2199", ""},
		{"0 0 1 1 ? 1970", ""},
		{"1,2-4,5/10,*/20 0 1,15W,L,LW,L-3,L-3W * ? *", ""},
		{"0 0 ? JAN-MAR,JUN,10-12 SUN,2,4-6,FRIL,2L,L *", ""},
		{"0 0 ? * FRI-MON *", ""},
		{"0 0 25-5 NOV-FEB ? *", ""},
		{"0 0 ? JAN/3 TUE#5 *", ""},
		{"05 00 01 02 ? *", ""},
		{"*/59 */23 */31 */12 ? */230", ""},
		// The form is the documentation's, whatever was written.
		{"  0\t12  *   * ? *\r\n", "0 12 * * ? *"},
		{"0 0 15w jan-Mar ? *", "0 0 15W JAN-MAR ? *"},
		{"0 0 ? * mon,fril *", "0 0 ? * MON,FRIL *"},
	}
	for _, tt := range tests {
		c, problems := ParseCron(tt.expr)
		if c == nil || problems != nil {
			t.Errorf("ParseCron(%q): %v", tt.expr, problems)
			continue
		}
		if tt.want == "" {
			tt.want = tt.expr
		}
		if got := c.String(); got != "cron("+tt.want+")" {
			t.Errorf("ParseCron(%q) = %s, want cron(%s)", tt.expr, got, tt.want)
		}
	}
}

func TestParseCronProblems(t *testing.T) {
	tests := []struct{ expr, want string }{
		// Values out of range, each at its own place.
		{"60 24 32 13 ? 1969", `
			0-2 range
			3-5 range → 0
			6-8 range
			9-11 range
			14-18 range`},
		{"0 0 0 0 ? 2200", "4-5 range\n6-7 range\n10-14 range"},
		{"0 25 * * ? *", "2-4 range"},
		{"0 1,25,99 * * ? *", "4-6 range\n7-9 range"},
		{"0 8-25 * * ? *", "4-6 range"},
		{"61-62 0 * * ? *", "0-2 range\n3-5 range"},
		{"0 0 ? * 0 *", "8-9 range → SUN"},
		{"0 0 ? * 8 *", "8-9 range"},
		{"99999999999999999999 0 * * ? *", "0-20 range"},
		{"005 0 * * ? *", "0-3 syntax → 5"},
		{"0 0 1 1 ? 02026", "10-15 syntax → 2026"},
		{"0 0 1 1 ? 2030-2020", "10-19 range → 2020-2030"},
		// Increments.
		{"*/0 0 * * ? *", "2-3 range"},
		{"*/60 * * * ? *", "0-4 range → 0"},
		{"0 */24 * * ? *", "2-6 range → 0"},
		{"0 0 */32 * ? *", "6-8 range"},
		{"0 0 1 */13 ? *", "8-10 range"},
		{"0 0 1 1 ? */231", "12-15 range"},
		{"/5 * * * ? *", "0-2 syntax → */5"},
		{"5/ * * * ? *", "2-2 syntax"},
		{"5/x * * * ? *", "2-3 syntax"},
		{"5/-1 * * * ? *", "2-4 syntax"},
		{"1/2/3 * * * ? *", "0-5 syntax"},
		{"60/70 * * * ? *", "0-2 range\n3-5 range"},
		{"0 0 ? * 2/2 *", "8-11 wildcard → MON,WED,FRI"},
		{"0 0 ? * MON-FRI/2 *", "8-17 wildcard → MON,WED,FRI"},
		{"0 0 ? * */2 *", "8-11 wildcard → SUN,TUE,THU,SAT"},
		{"0 0 ? * */9 *", "8-11 wildcard"},
		// Names.
		{"0 0 1 FOO ? *", "6-9 name"},
		{"0 0 ? * SUNDAY *", "8-14 name → SUN"},
		{"0 0 1 January ? *", "6-13 name → JAN"},
		{"0 0 1 SEPT ? *", "6-10 name → SEP"},
		{"0 0 ? * MO *", "8-10 name → MON"},
		{"0 0 ? * FRY *", "8-11 name → FRI"},
		{"0 0 ? * MON-FRY *", "12-15 name → FRI"},
		{"0 0 ? * TEU *", "8-11 name → TUE"},
		{"0 0 1 MON ? *", "6-9 name"},
		{"0 0 ? JAN JAN *", "10-13 name"},
		{"NOW 0 * * ? *", "0-3 name"},
		{"0 0 MON * ? *", "4-7 name"},
		{"0 0 ? * MON-6 *", "8-13 name warning → MON-FRI"},
		// Wildcards where they don't belong.
		{"L 0 * * ? *", "0-1 wildcard"},
		{"0 W * * ? *", "2-3 wildcard"},
		{"0 0 1 5L ? *", "6-8 wildcard"},
		{"0 0 1 1 ? L", "10-11 wildcard"},
		{"0 0 1 3#2 ? *", "6-9 wildcard"},
		{"0 0 3#2 * ? *", "4-7 wildcard"},
		{"0 0 ? * 3W *", "8-10 wildcard"},
		{"0 0 ? * LW *", "8-10 wildcard"},
		{"? 0 * * ? *", "0-1 wildcard → *"},
		{"0 0 1 ? ? *", "6-7 wildcard → *"},
		{"0 0 1? * ? *", "4-6 syntax"},
		{"0 0 1,? * ? *", "6-7 syntax"},
		// L, W and #.
		{"0 0 W * ? *", "4-5 syntax"},
		{"0 0 1-5W * ? *", "4-8 syntax"},
		{"0 0 32W * ? *", "4-6 range"},
		{"0 0 0W * ? *", "4-5 range"},
		{"0 0 5L * ? *", "4-6 syntax"},
		{"0 0 L-31 * ? *", "4-8 range"},
		{"0 0 L-0 * ? *", "4-7 range"},
		{"0 0 L3 * ? *", "4-6 syntax"},
		{"0 0 WL * ? *", "4-6 syntax"},
		{"0 0 WED * ? *", "4-7 syntax"},
		{"0 0 ? * 8L *", "8-9 range"},
		{"0 0 ? * 3#6 *", "10-11 range"},
		{"0 0 ? * 3#0 *", "10-11 range"},
		{"0 0 ? * 9#9 *", "8-9 range\n10-11 range"},
		{"0 0 ? * #2 *", "8-10 syntax"},
		{"0 0 ? * FRI# *", "8-12 syntax"},
		{"0 0 ? * 3#2#1 *", "8-13 syntax"},
		{"0 0 ? * MON-FRI#2 *", "8-15 syntax"},
		{"0 0 ? * 3#1,6#3 *", "8-15 wildcard"},
		{"0 0 ? * 2,6#3 *", "8-13 wildcard"},
		// Other slips of the pen.
		{"0 0 1,,2 * ? *", "6-6 syntax"},
		{"0 0 1, * ? *", "6-6 syntax"},
		{"0 0 , * ? *", "4-4 syntax\n5-5 syntax"},
		{"1-2-3 0 * * ? *", "0-5 syntax"},
		{"-5 0 * * ? *", "0-2 syntax"},
		{"5- 0 * * ? *", "0-2 syntax"},
		{"1-* 0 * * ? *", "2-3 syntax"},
		{"*5 0 * * ? *", "0-2 syntax"},
		{"1;2 0 * * ? *", "1-2 syntax"},
		{"0 1é * * ? *", "3-5 syntax"},
		{"0 1\xff * * ? *", "3-4 syntax"},
		{"0 5am * * ? *", "2-5 syntax"},
		// Exactly one ?, at the later of the two fields.
		{"0 12 * * * *", "9-10 question mark → 0 12 * * ? * (5-6)"},
		{"0 12 ? * ? *", "9-10 question mark → 0 12 * * ? * (5-6)"},
		{"0 18 * * MON-FRI *", "9-16 question mark → 0 18 ? * MON-FRI * (5-6)"},
		{"0 12 15 * * *", "10-11 question mark → 0 12 15 * ? * (5-7)"},
		{"0 12 15 * MON *", "10-13 question mark (5-7)"},
		{"0 25 * * * *", "2-4 range\n9-10 question mark (5-6)"},
		// The number of fields, at the first.
		{"0 12 * * *", "0-1 field count → 0 12 * * ? *"},
		{"*/5 * * * *", "0-3 field count → */5 * * * ? *"},
		{" 0 9 * * 1-5", "1-2 field count → 0 9 ? * MON-FRI *"},
		{"0 9 * * 0,6", "0-1 field count → 0 9 ? * SUN,SAT *"},
		{"0 9 * * 5-7", "0-1 field count → 0 9 ? * FRI-SUN *"},
		{"0 9 * * 0-7", "0-1 field count → 0 9 ? * SUN-SAT *"},
		{"0 9 * * */2", "0-1 field count → 0 9 ? * SUN,TUE,THU,SAT *"},
		{"0 9 * * mon", "0-1 field count → 0 9 ? * MON *"},
		{"0 9 1 * 1", "0-1 field count"},
		{"0 9 * * 8", "0-1 field count"},
		{"0 9 * * 1/0", "0-1 field count"},
		{"0 25 * * *", "0-1 field count"},
		{"0 12 * * ?", "0-1 field count → 0 12 * * ? *"},
		{"0 0 12 * * ? *", "0-1 field count → 0 12 * * ? *"},
		{"0 12 * * ? * * *", "0-1 field count"},
		{"x", "0-1 field count"},
		{"", "0-0 field count"},
		{"  ", "2-2 field count"},
		// Seconds instead of a year: Spring's and Quartz's six fields.
		{"0 0 12 * * ?", "11-12 wildcard → 0 12 * * ? *"},
		{"0 15 10 ? * MON-FRI", "12-15 name → 15 10 ? * MON-FRI *"},
		{"0 0 12 * * MON", "11-14 name → 0 12 ? * MON *"},
		{"0 99 12 * * MON", "2-4 range\n10-11 question mark (5-7)\n12-15 name"},
		// Days that don't exist.
		{"0 0 30 FEB ? *", "4-6 never fires (7-10)"},
		{"0 0 31 4,6,9,11 ? *", "4-6 never fires (7-15)"},
		{"0 0 29 2 ? 2023", "4-6 never fires (7-8)"},
		{"0 0 29 2 ? 2100", "4-6 never fires (7-8)"},
		{"0 0 30W 2 ? *", "4-7 never fires (8-9)"},
		{"0 0 L-30 2,4 ? *", "4-8 never fires (9-12)"},
		{"0 0 ? 2 6#5 2023", "8-11 never fires (6-7)"},
		// Written as elsewhere.
		{"cron(0 12 * * ? *)", "0-5 syntax → 0 12 * * ? *"},
		{"cron(0 25 * * ? *)", "0-5 syntax\n7-9 range"},
		{"cron(0 12 * * *)", "0-5 syntax\n5-6 field count → 0 12 * * ? *"},
		{"cron(0 12 * * * *)", "0-5 syntax\n14-15 question mark → 0 12 * * ? * (10-11)"},
		{`"0 12 * * ? *"`, "0-1 syntax → 0 12 * * ? *"},
		{"`cron(0 12 * * ? *)`", "0-1 syntax\n1-6 syntax → 0 12 * * ? *"},
		{"@daily", "0-6 syntax → 0 0 * * ? *"},
		{"@Weekly", "0-7 syntax → 0 0 ? * SUN *"},
		{"@yearly", "0-7 syntax → 0 0 1 1 ? *"},
		{"@reboot", "0-7 syntax"},
		{"@every 10m", "0-10 syntax"},
		{"10 minutes", "0-10 syntax"},
		{"rate(10 minutes)", "0-16 syntax"},
		{"at(2030-12-24T09:30:00)", "0-23 syntax"},
		{"0 12\u00a0* * ? *", "4-6 syntax"},
		{"0 " + strings.Repeat("1,", 150) + "2 * * ? *", "0-311 limit"},
	}
	for _, tt := range tests {
		c, problems := ParseCron(tt.expr)
		if got, want := brief(problems), lines(tt.want); got != want {
			t.Errorf("ParseCron(%q):\n%s\nwant:\n%s", tt.expr, got, want)
		}
		checkCron(t, tt.expr, c, problems)
	}
}

func TestCronMessages(t *testing.T) {
	tests := []struct{ expr, want string }{
		{"0 25 * * ? *", "the hours field takes 0-23, not 25"},
		{"0 0 1 13 ? *", "the month field takes 1-12 or JAN-DEC, not 13"},
		{"0 0 1 FOO ? *", "the names are JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"},
		{"0 0 MON * ? *", "MON belongs in the day-of-week field"},
		{"0 0 WED * ? *", "WED belongs in the day-of-week field"},
		{"0 0 ? * 0 *", "AWS counts the days of the week from 1, Sunday, to 7, Saturday"},
		{"0 12 * * *", "as in a Unix crontab; AWS has a year at the end"},
		{"0 0 12 * * ? *", "as with Quartz; AWS has no seconds at the beginning"},
		{"0 12 15 * MON *", "declare two rules"},
		{"0 0 29 2 ? 2023", "there is no such day: 29 in month 2 of 2023"},
		{"0 0 5L * ? *", "the last Friday of the month is 6L in the day-of-week field"},
		{"0 0 1-5W * ? *", "list them, as in 1W,15W"},
		{"*/60 * * * ? *", "once in each hour"},
		{"*/61 * * * ? *", "0 0/2 is every second hour"},
		{"cron(0 12 * * ? *)", "write 0 12 * * ? *"},
		{"0 " + strings.Repeat("9", 99) + " * * ? *", "not 9999999999999999999999999999999999999999…"},
	}
	for _, tt := range tests {
		_, problems := ParseCron(tt.expr)
		if len(problems) != 1 || !strings.Contains(problems[0].String(), tt.want) {
			t.Errorf("ParseCron(%q) says %v, want %q", tt.expr, problems, tt.want)
		}
	}
}

// The limit is for the deployed expression: 256 characters, including cron( ) and one space
// between the fields.
func TestCronLength(t *testing.T) {
	list := strings.Repeat("1,", 118)
	for _, tt := range []struct {
		expr   string
		length int
	}{
		{list + "1,11 0 1 1 ? *", 256},
		{list + "1,11 0  1  1  ?  *", 256},
		{list + "11,11 0 1 1 ? *", 257},
	} {
		c, problems := ParseCron(tt.expr)
		if want := tt.length <= maxExpression; (c != nil) != want {
			t.Errorf("%d characters: accepted is %v, want %v: %v", tt.length, c != nil, want, problems)
		}
		if c != nil && len(c.String()) != tt.length {
			t.Errorf("%d characters became %d", tt.length, len(c.String()))
		}
	}
}

func TestCronCheck(t *testing.T) {
	now := at(t, "2026-11-23 06:00")
	for expr, past := range map[string]bool{
		"0 12 * * ? *":            false,
		"0 12 * * ? 2026":         false,
		"0 12 * * ? 2019-2022":    true,
		"0 5 23 11 ? 2026":        true,
		"0 0 29 2 ? 2024-2027":    true,
		"0 0 29 2 ? 2024-2028":    false,
		"59 23 31 12 ? 2010,2199": false,
	} {
		c := mustCron(t, expr)
		problems := c.Check(now)
		if past != (len(problems) == 1) {
			t.Errorf("%q: Check says %v", expr, problems)
			continue
		}
		if !past {
			continue
		}
		p := problems[0]
		if p.Kind != Passed || !p.Warning || p.Offset != strings.LastIndex(expr, " ")+1 || p.End != len(expr) {
			t.Errorf("%q: Check says %+v", expr, p)
		}
	}
}
