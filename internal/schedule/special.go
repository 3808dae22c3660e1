package schedule

import "strings"

// dayFromEnd reads L, L-3, 15W, LW or L-3W in the day-of-month field.
func (r *fieldReader) dayFromEnd(t token) {
	upper := strings.ToUpper(t.text)
	number, weekday := strings.CutSuffix(upper, "W")
	if rest, last := strings.CutPrefix(number, "L"); last {
		if back, ok := r.daysBack(t, rest); ok {
			r.rules = append(r.rules, lastDay(back, weekday))
		}
		return
	}
	switch {
	case weekday && isDigits(number):
		if d, ok := r.value(t.part(0, len(number))); ok {
			r.rules = append(r.rules, nearestWeekday(d))
		}
	case upper == "W":
		p := t.problem(Syntax, "a W must follow a single day: 15W is the weekday nearest to the 15th")
		p.Remedy = "write the day, or LW for the last weekday of the month; Monday to Friday is MON-FRI in the day-of-week field"
		r.report(p)
	default:
		r.badDay(t, upper)
	}
}

// daysBack reads the number of days after L, which may be missing.
func (r *fieldReader) daysBack(t token, rest string) (int, bool) {
	if rest == "" {
		return 0, true
	}
	digits, minus := strings.CutPrefix(rest, "-")
	if !minus || !isDigits(digits) {
		r.badDay(t, strings.ToUpper(t.text))
		return 0, false
	}
	n := atoi(digits)
	if n < 1 || n > 30 {
		r.report(t.problem(Range, "L-n counts 1-30 days back from the month's last, not %s", clip(digits)))
		return 0, false
	}
	return n, true
}

// badDay reports an element with L or W in another form.
func (r *fieldReader) badDay(t token, upper string) {
	p := t.problem(Syntax, "in the day-of-month field L and W are written as L, L-3, LW and 15W, not as %q", clip(t.text))
	p.Remedy = "write the days as numbers, 1-31, or in one of these forms"
	switch name := fields[dayOfWeek].nearestName(upper); {
	case isLast(t.text):
		p.Remedy = "the last Friday of the month is 6L in the day-of-week field"
	case isLetters(upper) && name != "":
		p.Remedy = name + " belongs in the day-of-week field"
	case strings.Contains(upper, "W"):
		p.Remedy = "W goes with one day; list them, as in 1W,15W"
	}
	r.report(p)
}

// isLast reports whether an element of the day-of-week field is L, 6L or FRIL.
func isLast(text string) bool {
	day, ok := strings.CutSuffix(strings.ToUpper(text), "L")
	if !ok {
		return false
	}
	_, named := fields[dayOfWeek].named(day)
	return day == "" || named || isDigits(day)
}

// lastWeekday reads L, the last day of the week, or 6L, the last Friday of the month.
func (r *fieldReader) lastWeekday(t token) {
	day := t.part(0, len(t.text)-1)
	if day.text == "" {
		r.set.add(r.max)
		return
	}
	if d, ok := r.value(day); ok {
		r.rules = append(r.rules, lastOf(d))
	}
}

// nthWeekday reads 6#3: the third Friday.
func (r *fieldReader) nthWeekday(t token) {
	pieces := t.cut("#")
	if len(pieces) != 2 || pieces[0].text == "" || pieces[1].text == "" {
		p := t.problem(Syntax, "a # must be between a day of the week and its number in the month, not as in %q", clip(t.text))
		p.Remedy = "write it as in 6#3, the third Friday"
		r.report(p)
		return
	}
	d, ok := r.value(pieces[0])
	nth := pieces[1]
	n := 0
	if isDigits(nth.text) {
		n = atoi(nth.text)
	}
	if n < 1 || n > 5 {
		p := nth.problem(Range, "a month has a day of the week up to 5 times: the # must be followed by 1-5, not %q", clip(nth.text))
		p.Remedy = "for the last one in the month write L, as in 6L"
		r.report(p)
		return
	}
	if ok {
		r.rules = append(r.rules, nthOf(d, n))
	}
}
