package decode

import "time"

// Time reads a time in the format of RFC 3339.
func Time(d *Decoder, v *time.Time) {
	raw := d.raw()
	if t, ok := utc(raw); ok {
		*v = t
	} else if raw != nil && v.UnmarshalJSON(raw) != nil {
		d.Fail()
	}
}

// utc reads a time as AWS writes it, "2006-01-02T15:04:05Z" with its quotes, to
// the same time.Time as UnmarshalJSON. It isn't ok for any other.
func utc(raw []byte) (t time.Time, ok bool) {
	if len(raw) != 22 || raw[0] != '"' {
		return t, false
	}
	s := raw[1:21]
	if s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[19] != 'Z' {
		return t, false
	}
	century, year, month, day := two(s[0], s[1]), two(s[2], s[3]), two(s[5], s[6]), two(s[8], s[9])
	hour, minute, second := two(s[11], s[12]), two(s[14], s[15]), two(s[17], s[18])
	if century|year|month|day|hour|minute|second < 0 || hour > 23 || minute > 59 || second > 59 {
		return t, false
	}
	days, ok := days(100*century+year, month, day)
	return time.Unix(int64(((days*24+hour)*60+minute)*60+second), 0).UTC(), ok
}

// before is how many days of a year are before each month, and after the last.
var before = [...]int{1: 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

// days returns the day's number, counted from the first of 1970. It isn't ok for
// a day that there is not.
func days(year, month, day int) (n int, ok bool) {
	if year < 1 || month < 1 || month > 12 {
		return 0, false
	}
	leap, length := 0, before[month+1]-before[month]
	if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		leap = 1
	}
	if month == 2 {
		length += leap
	}
	past := year - 1
	n = 365*past + past/4 - past/100 + past/400 - daysTo1970
	if month > 2 {
		n += leap
	}
	return n + before[month] + day - 1, day >= 1 && day <= length
}

// daysTo1970 is how many days there are from the first of the year 1.
const daysTo1970 = 719162

// two reads a number of two digits; -1 if it is none.
func two(a, b byte) int {
	if a, b = a-'0', b-'0'; a > 9 || b > 9 {
		return -1
	}
	return 10*int(a) + int(b)
}
