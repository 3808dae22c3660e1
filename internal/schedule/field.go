package schedule

import (
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// field describes one of the six fields of a cron expression.
type field struct {
	name      string
	min, max  int
	names     []string // of the values from min on
	wildcards string   // those in AWS's table
	wraps     bool     // a range may continue at the start of the field: FRI-MON
}

// The indexes of the fields.
const (
	minutes = iota
	hours
	dayOfMonth
	months
	dayOfWeek
	years
	fieldCount
)

// fields is AWS's table (user guide, "Setting a schedule pattern for scheduled
// rules").
var fields = [fieldCount]field{
	minutes:    {name: "minutes", min: 0, max: 59, wildcards: ",-*/", wraps: true},
	hours:      {name: "hours", min: 0, max: 23, wildcards: ",-*/", wraps: true},
	dayOfMonth: {name: "day-of-month", min: 1, max: 31, wildcards: ",-*?/LW", wraps: true},
	months:     {name: "month", min: 1, max: 12, names: monthNames, wildcards: ",-*/", wraps: true},
	dayOfWeek:  {name: "day-of-week", min: 1, max: 7, names: dayNames, wildcards: ",-*?L#", wraps: true},
	years:      {name: "year", min: 1970, max: 2199, wildcards: ",-*/"},
}

// fieldNames lists the fields in their order, for messages.
const fieldNames = "minutes hours day-of-month month day-of-week year"

var (
	monthNames = []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}
	dayNames   = []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}
)

func (f *field) takes(wildcard byte) bool { return strings.IndexByte(f.wildcards, wildcard) >= 0 }

// size returns the number of the field's values.
func (f *field) size() int { return f.max - f.min + 1 }

// largestStep returns the largest n of a/n. AWS refuses */60 in the minutes, as Quartz
// does.
func (f *field) largestStep() int { return min(f.max, f.size()) }

// digits returns the maximum number of digits of a value.
func (f *field) digits() int {
	if f.max > 99 {
		return 4
	}
	return 2
}

// named returns the value of a name.
func (f *field) named(word string) (int, bool) {
	for i, name := range f.names {
		if strings.EqualFold(name, word) {
			return f.min + i, true
		}
	}
	return 0, false
}

// wildcardList returns the field's wildcards for a message.
func (f *field) wildcardList() string { return strings.Join(strings.Split(f.wildcards, ""), " ") }

// nearestName returns the name that a word was probably meant to be, or "".
func (f *field) nearestName(word string) string {
	word = strings.ToUpper(word)
	for _, name := range f.names {
		if strings.HasPrefix(word, name) || len(word) == 2 && strings.HasPrefix(name, word) {
			return name
		}
	}
	for _, name := range f.names {
		if spell.Distance(word, name) == 1 {
			return name
		}
	}
	return ""
}
