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
// the same time.Time as UnmarshalJSON. It isn't ok for any other, nor for the
// last days of a month, which not every month has.
func utc(raw []byte) (t time.Time, ok bool) {
	if len(raw) != 22 || raw[0] != '"' {
		return t, false
	}
	s := raw[1:21]
	if s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[19] != 'Z' {
		return t, false
	}
	century, year, month, day := two(s[0:]), two(s[2:]), two(s[5:]), two(s[8:])
	hour, minute, second := two(s[11:]), two(s[14:]), two(s[17:])
	if century|year|month|day|hour|minute|second < 0 ||
		month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59 {
		return t, false
	}
	return time.Date(100*century+year, time.Month(month), day, hour, minute, second, 0, time.UTC), true
}

// two reads a number of two digits; -1 if it is none.
func two(s []byte) int {
	a, b := s[0]-'0', s[1]-'0'
	if a > 9 || b > 9 {
		return -1
	}
	return 10*int(a) + int(b)
}
