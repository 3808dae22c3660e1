package schedule

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// fieldReader reads one field of a cron expression and collects its problems.
type fieldReader struct {
	*field
	set      values    // the values of the field
	rules    []dayRule // days that depend on the month: L, W, #
	problems []Problem
}

func readField(f *field, t token) *fieldReader {
	r := &fieldReader{field: f}
	r.read(t)
	return r
}

func (r *fieldReader) report(p Problem) { r.problems = append(r.problems, p) }

func (r *fieldReader) read(t token) {
	if t.text == "?" {
		if !r.takes('?') {
			p := t.problem(Wildcard, "the %s field takes no ?: it is for the two day fields", r.name)
			p.Suggestion = "*"
			r.report(p)
		}
		return
	}
	elements := t.cut(",")
	if len(elements) > 1 && r.takes('#') && strings.Contains(t.text, "#") {
		p := t.problem(Wildcard, "a # must be alone in its field; %q is %d expressions", clip(t.text), len(elements))
		p.Remedy = "declare a rule for each"
		r.report(p)
	}
	for _, e := range elements {
		r.element(e)
	}
}

// element reads the text between two commas.
func (r *fieldReader) element(t token) {
	switch {
	case t.text == "":
		p := t.problem(Syntax, "a value is missing in the list of the %s field", r.name)
		p.Remedy = "drop the comma, or write a value"
		r.report(p)
	case !r.checkCharacters(t) || r.foreignWildcard(t):
	case r.field == &fields[dayOfMonth] && strings.ContainsAny(t.text, "LlWw"):
		r.dayFromEnd(t)
	case r.field == &fields[dayOfWeek] && isLast(t.text):
		r.lastWeekday(t)
	case strings.Contains(t.text, "#"):
		r.nthWeekday(t)
	case strings.Contains(t.text, "/"):
		r.step(t)
	default:
		if lo, hi, ok := r.base(t); ok {
			r.expand(lo, hi, 1)
		}
	}
}

// checkCharacters checks the characters of an element.
func (r *fieldReader) checkCharacters(t token) bool {
	for i, c := range t.text {
		switch {
		case c == '?':
			p := t.problem(Syntax, "a ? is the whole field, not a part of it")
			p.Remedy = "write ? alone, or leave it out"
			r.report(p)
			return false
		case c >= utf8.RuneSelf || !isLetter(byte(c)) && !isDigit(byte(c)) && !strings.ContainsRune("*/-#", c):
			_, size := utf8.DecodeRuneInString(t.text[i:])
			p := t.part(i, i+size).problem(Syntax, "%s is not a character of a cron expression", strconv.QuoteRune(c))
			p.Remedy = "the " + r.name + " field takes " + r.allowed() + " and " + r.wildcardList()
			r.report(p)
			return false
		}
	}
	return true
}

// allowed describes the field's values.
func (r *fieldReader) allowed() string {
	s := strconv.Itoa(r.min) + "-" + strconv.Itoa(r.max)
	if r.names != nil {
		s += " or " + r.names[0] + "-" + r.names[len(r.names)-1]
	}
	return s
}

// foreignWildcard reports a wildcard of other fields.
func (r *fieldReader) foreignWildcard(t token) bool {
	c := wildcardOf(t.text)
	if c == 0 || r.takes(c) {
		return false
	}
	p := t.problem(Wildcard, "the %s field takes no %c; its wildcards are %s", r.name, c, r.wildcardList())
	switch {
	case c == '/':
		p.Suggestion = r.daysOfStep(t)
		p.Remedy = "list the days"
	case c == 'L' && t.text != "L":
		p.Remedy = "6L, the month's last Friday, is for the day-of-week field"
	case c == 'L':
		p.Remedy = "L, the last day, is for the two day fields"
	case c == 'W':
		p.Remedy = "15W, the weekday nearest to the 15th, is for the day-of-month field; Monday to Friday is MON-FRI in the day-of-week field"
	case c == '#':
		p.Remedy = "6#3, the month's third Friday, is for the day-of-week field"
	}
	r.report(p)
	return true
}

// wildcardOf returns the element's wildcard other than * and -, or 0.
func wildcardOf(text string) byte {
	for _, c := range []byte("/#") {
		if strings.IndexByte(text, c) >= 0 {
			return c
		}
	}
	upper := strings.ToUpper(strings.TrimLeft(text, "0123456789"))
	switch {
	case upper == "W", upper == "LW":
		return 'W'
	case upper == "L", strings.HasPrefix(upper, "L-"):
		return 'L'
	}
	return 0
}

// daysOfStep lists the days of a step, which the day-of-week field doesn't allow, or
// returns "".
func (r *fieldReader) daysOfStep(t token) string {
	stepped := *r.field
	stepped.wildcards += "/"
	probe := &fieldReader{field: &stepped}
	probe.step(t)
	if probe.problems != nil {
		return ""
	}
	return probe.list()
}

// list returns the names of the values, separated by commas.
func (r *fieldReader) list() string {
	var names []string
	for _, v := range r.set {
		names = append(names, r.names[v-r.min])
	}
	return strings.Join(names, ",")
}

// step reads a/n, a-b/n and */n.
func (r *fieldReader) step(t token) {
	pieces := t.cut("/")
	if len(pieces) > 2 {
		p := t.problem(Syntax, "an increment has one /, not %d as in %q", len(pieces)-1, clip(t.text))
		p.Remedy = "write the value to begin with and the increment, as in 0/15"
		r.report(p)
		return
	}
	from, by := pieces[0], pieces[1]
	if from.text == "" {
		p := t.problem(Syntax, "the value to begin with is missing before the /")
		p.Suggestion = "*" + t.text
		r.report(p)
		return
	}
	if p, ok := r.wholeStep(t, from, by); ok {
		r.report(p)
		return
	}
	lo, hi, ok := r.base(from)
	n, okStep := r.increment(by)
	if !ok || !okStep {
		return
	}
	if lo == hi && !strings.Contains(from.text, "-") {
		hi = r.max
	}
	r.expand(lo, hi, n)
}

// increment reads the number after a /.
func (r *fieldReader) increment(t token) (int, bool) {
	largest := r.largestStep()
	if !isDigits(t.text) {
		p := t.problem(Syntax, "the / must be followed by a number, 1-%d in the %s field, not %q", largest, r.name, clip(t.text))
		p.Remedy = "write the increment, as in 0/15"
		r.report(p)
		return 0, false
	}
	n := atoi(t.text)
	if n < 1 || n > largest {
		p := t.problem(Range, "an increment in the %s field is 1-%d, not %s", r.name, largest, clip(t.text))
		p.Remedy = r.largeIncrement(n)
		r.report(p)
		return 0, false
	}
	return n, true
}

// wholeStep recognizes an increment as large as the field, such as 60 minutes, that is
// meant as once in an hour. The first value alone means that.
func (r *fieldReader) wholeStep(t, from, by token) (Problem, bool) {
	first, _, _ := strings.Cut(from.text, "-")
	if first == "*" {
		first = strconv.Itoa(r.min)
	}
	period := map[*field]string{&fields[minutes]: "hour", &fields[hours]: "day"}[r.field]
	if period == "" || by.text != strconv.Itoa(r.largestStep()+1) || !isDigits(first) || atoi(first) > r.max {
		return Problem{}, false
	}
	p := t.problem(Range, "an increment in the %s field is 1-%d, not %s, which would be once in each %s", r.name, r.largestStep(), by.text, period)
	p.Suggestion = first
	p.Remedy = "write the first value alone"
	return p, true
}

// largeIncrement returns the remedy for an increment that is too large.
func (r *fieldReader) largeIncrement(n int) string {
	switch {
	case n > 0 && r.field == &fields[minutes]:
		return "write one minute and an increment of the hours: 0 0/2 is every second hour; or use a rate"
	case n > 0:
		return "use a rate, as in 90 days, or list the values"
	}
	return "write * for every value"
}

// base reads the part before a /: *, a value, or a range.
func (r *fieldReader) base(t token) (lo, hi int, ok bool) {
	if t.text == "*" {
		return r.min, r.max, true
	}
	if strings.Contains(t.text, "-") {
		return r.span(t)
	}
	lo, ok = r.value(t)
	return lo, lo, ok
}

// span reads a range.
func (r *fieldReader) span(t token) (lo, hi int, ok bool) {
	ends := t.cut("-")
	if len(ends) != 2 || ends[0].text == "" || ends[1].text == "" {
		p := t.problem(Syntax, "a range is two values with a - between them, not %q", clip(t.text))
		p.Remedy = "the " + r.name + " field takes " + r.allowed()
		r.report(p)
		return 0, 0, false
	}
	lo, okLo := r.value(ends[0])
	hi, okHi := r.value(ends[1])
	if !okLo || !okHi {
		return 0, 0, false
	}
	r.mixed(t, ends, lo, hi)
	if hi < lo && !r.wraps {
		p := t.problem(Range, "the range %s ends before it begins", t.text)
		p.Suggestion = ends[1].text + "-" + ends[0].text
		r.report(p)
		return 0, 0, false
	}
	return lo, hi, true
}

// mixed warns about a range from a name to a number, which AWS doesn't document.
func (r *fieldReader) mixed(t token, ends []token, lo, hi int) {
	if isDigits(ends[0].text) == isDigits(ends[1].text) {
		return
	}
	p := t.problem(Name, "%s mixes a name and a number; AWS documents ranges of names and ranges of numbers", t.text)
	p.Suggestion = r.names[lo-r.min] + "-" + r.names[hi-r.min]
	p.Warning = true
	r.report(p)
}

// value reads one number or name.
func (r *fieldReader) value(t token) (int, bool) {
	if isDigits(t.text) {
		return r.number(t)
	}
	if v, ok := r.named(t.text); ok {
		return v, true
	}
	if !isLetters(t.text) {
		p := t.problem(Syntax, "the %s field takes %s, not %q", r.name, r.allowed(), clip(t.text))
		p.Remedy = "write one value, or separate several with commas"
		if strings.Contains(t.text, "*") {
			p.Remedy = "write * alone, or before a /, as in */5"
		}
		r.report(p)
		return 0, false
	}
	p := t.problem(Name, "the %s field takes %s, not %q", r.name, r.allowed(), clip(t.text))
	p.Suggestion = r.nearestName(t.text)
	if p.Suggestion == "" {
		p.Remedy = r.explainName(t.text)
	}
	r.report(p)
	return 0, false
}

// explainName returns the remedy for a word that is not a name of the field.
func (r *fieldReader) explainName(word string) string {
	for i := range fields {
		if _, ok := fields[i].named(word); ok {
			return word + " belongs in the " + fields[i].name + " field"
		}
	}
	if r.names == nil {
		return "write a number"
	}
	return "the names are " + strings.Join(r.names, " ")
}

// number reads a value that consists of digits.
func (r *fieldReader) number(t token) (int, bool) {
	v := atoi(t.text)
	if v < r.min || v > r.max {
		p := t.problem(Range, "the %s field takes %s, not %s", r.name, r.allowed(), clip(t.text))
		switch {
		case r.field == &fields[dayOfWeek] && v == 0:
			p.Suggestion = "SUN"
			p.Remedy = "AWS counts the days of the week from 1, Sunday, to 7, Saturday"
		case r.field == &fields[hours] && v == 24:
			p.Suggestion = "0"
		}
		r.report(p)
		return 0, false
	}
	if len(t.text) > r.digits() {
		p := t.problem(Syntax, "%s has too many digits", clip(t.text))
		p.Suggestion = strconv.Itoa(v)
		r.report(p)
		return 0, false
	}
	return v, true
}

// expand adds every n-th value from lo to hi. If hi is less than lo, the range continues at
// the start of the field.
func (r *fieldReader) expand(lo, hi, n int) {
	size := r.size()
	if hi < lo {
		hi += size
	}
	for v := lo; v <= hi; v += n {
		r.set.add(r.min + (v-r.min)%size)
	}
}

// atoi returns the value of digits, or a large number if they are too large for an int.
func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 1 << 30
	}
	return n
}
