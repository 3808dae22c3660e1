package schedule

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/spell"
)

// unit is a unit of a rate.
type unit struct {
	singular, plural string
	length           time.Duration
	short            []string // abbreviations
}

var (
	minute = &unit{"minute", "minutes", time.Minute, []string{"m", "min", "mins"}}
	hour   = &unit{"hour", "hours", time.Hour, []string{"h", "hr", "hrs"}}
	day    = &unit{"day", "days", 24 * time.Hour, []string{"d"}}

	units = []*unit{minute, hour, day}
)

// name returns the unit in the grammatical number for a value.
func (u *unit) name(value int64) string {
	if value == 1 {
		return u.singular
	}
	return u.plural
}

// count returns a value with the unit: "1 hour", "5 hours".
func (u *unit) count(value int64) string { return strconv.FormatInt(value, 10) + " " + u.name(value) }

// max returns the largest value, which is limited by time.Duration to about 290 years. AWS
// documents no maximum.
func (u *unit) max() int64 { return math.MaxInt64 / int64(u.length) }

// lookUpUnit returns the unit that a word probably means: in another letter case,
// abbreviated, or misspelled. exact reports whether AWS accepts the word.
func lookUpUnit(word string) (u *unit, exact, known bool) {
	for _, u := range units {
		if word == u.singular || word == u.plural {
			return u, true, true
		}
	}
	lower := strings.ToLower(word)
	for _, u := range units {
		if u.means(lower) {
			return u, false, true
		}
	}
	return nil, false, false
}

// means reports whether a lower-case word is the unit, an abbreviation of it, or similar to
// it.
func (u *unit) means(word string) bool {
	limit := 1
	if len(word) > 5 {
		limit = 2
	}
	return slices.Contains(u.short, word) || min(spell.Distance(word, u.singular), spell.Distance(word, u.plural)) <= limit
}

// longer are longer units, which rates don't have, in days, or 0 if that varies.
var longer = map[string]int64{
	"week": 7, "weeks": 7, "w": 7, "wk": 7, "wks": 7,
	"month": 0, "months": 0, "mon": 0, "year": 0, "years": 0, "y": 0, "yr": 0, "yrs": 0,
}

// shorter are shorter units, which rates don't have.
var shorter = map[string]bool{
	"s": true, "sec": true, "secs": true, "second": true, "seconds": true,
	"ms": true, "millisecond": true, "milliseconds": true,
}

// explainUnit adds a message, a suggestion or a remedy about an unknown unit. value is 0 if
// it is unknown.
func explainUnit(p *Problem, word string, value int64) {
	word = strings.ToLower(word)
	if shorter[word] {
		p.Message = "a rate is counted in minutes, hours or days: EventBridge has nothing shorter than a minute"
		p.Remedy = "write 1 minute, and let the function repeat the work within it"
		return
	}
	days, known := longer[word]
	switch {
	case !known:
		p.Remedy = "write the unit as in 10 minutes, 1 hour, 7 days"
	case days == 0:
		p.Remedy = "use a cron schedule: 0 0 1 * ? * is the first of every month"
	case value > 0 && value <= day.max()/days:
		p.Suggestion = day.count(value * days)
	default:
		p.Remedy = "write the weeks as days"
	}
}

// fraction converts a decimal fraction of a unit to a rate, if it is a whole number of
// minutes: "1.5", "hours" is "90 minutes". Otherwise it returns "".
func fraction(number, unitName string) string {
	u, _, known := lookUpUnit(unitName)
	if !known || strings.Trim(number, "0123456789.") != "" {
		return ""
	}
	r, ok := new(big.Rat).SetString(number)
	if !ok {
		return ""
	}
	r.Mul(r, big.NewRat(int64(u.length/time.Minute), 1))
	if !r.IsInt() || r.Sign() == 0 || !r.Num().IsInt64() {
		return ""
	}
	return inMinutes(r.Num().Int64())
}

// inMinutes returns a number of minutes in the largest possible unit.
func inMinutes(minutes int64) string {
	u := minute
	for _, larger := range units {
		if minutes%int64(larger.length/time.Minute) == 0 {
			u = larger
		}
	}
	return u.count(minutes / int64(u.length/time.Minute))
}
