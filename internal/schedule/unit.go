package schedule

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/spell"
)

// unit is a unit of time that a rate is counted in.
type unit struct {
	singular, plural string
	length           time.Duration
	short            []string // how else people write it
}

var (
	minute = &unit{"minute", "minutes", time.Minute, []string{"m", "min", "mins"}}
	hour   = &unit{"hour", "hours", time.Hour, []string{"h", "hr", "hrs"}}
	day    = &unit{"day", "days", 24 * time.Hour, []string{"d"}}

	units = []*unit{minute, hour, day}
)

// name is the unit in the singular or plural form for value.
func (u *unit) name(value int64) string {
	if value == 1 {
		return u.singular
	}
	return u.plural
}

// count gives value and unit: "1 hour", "5 hours".
func (u *unit) count(value int64) string { return strconv.FormatInt(value, 10) + " " + u.name(value) }

// most is the largest value whose period a time.Duration holds, some 290 years.
// AWS documents no maximum.
func (u *unit) most() int64 { return math.MaxInt64 / int64(u.length) }

// lookUpUnit finds the unit that a word is, exactly as AWS has it, or is known
// to mean: in another letter case, shortened, or with a slip of the pen.
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

// means reports whether a lower-case word is the unit, its short form, or near
// enough to it.
func (u *unit) means(word string) bool {
	for _, short := range u.short {
		if word == short {
			return true
		}
	}
	near := 1
	if len(word) > 5 {
		near = 2
	}
	return min(spell.Distance(word, u.singular), spell.Distance(word, u.plural)) <= near
}

// longer are the units that people write and rates don't have, in days where
// they are a fixed number of them.
var longer = map[string]int64{
	"week": 7, "weeks": 7, "w": 7, "wk": 7, "wks": 7,
	"month": 0, "months": 0, "mon": 0, "year": 0, "years": 0, "y": 0, "yr": 0, "yrs": 0,
}

var shorter = map[string]bool{
	"s": true, "sec": true, "secs": true, "second": true, "seconds": true,
	"ms": true, "millisecond": true, "milliseconds": true,
}

// explainUnit says more of a unit that other schedulers have. value is 0 where
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
	case value > 0 && value <= day.most()/days:
		p.Suggestion = day.count(value * days)
	default:
		p.Remedy = "write the weeks as days"
	}
}

// fraction gives the rate that a decimal fraction of a unit is, if it is a whole
// number of minutes: "1.5", "hours" is "90 minutes". Otherwise it returns "".
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

// inMinutes gives a number of minutes in the largest unit that divides it.
func inMinutes(minutes int64) string {
	u := minute
	for _, larger := range units {
		if minutes%int64(larger.length/time.Minute) == 0 {
			u = larger
		}
	}
	return u.count(minutes / int64(u.length/time.Minute))
}
