package decode

import (
	"encoding/binary"
	"time"
)

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
//
// It reads eight bytes at a time. What differs from a form with zeros for digits is
// the digits' values, and nothing where the form has something else.
func utc(raw []byte) (t time.Time, ok bool) {
	if len(raw) != 22 || raw[0] != '"' {
		return t, false
	}
	date := binary.LittleEndian.Uint64(raw[1:]) ^ forms.date
	dayTime := binary.LittleEndian.Uint64(raw[9:]) ^ forms.dayTime
	seconds := uint64(binary.LittleEndian.Uint32(raw[17:])) ^ forms.seconds
	if wrong := date | (date + forms.dateMost) | dayTime | (dayTime + forms.dayTimeMost) | seconds | (seconds + forms.secondsMost); wrong&highs != 0 {
		return t, false
	}
	date, dayTime, seconds = date*10+date>>8, dayTime*10+dayTime>>8, seconds*10+seconds>>8
	year, month, day := int(byte(date))*100+int(byte(date>>16)), int(byte(date>>40)), int(byte(dayTime))
	hour, minute, second := int(byte(dayTime>>24)), int(byte(dayTime>>48)), int(byte(seconds>>8))
	if hour > 23 || minute > 59 || second > 59 {
		return t, false
	}
	days, ok := days(year, month, day)
	return time.Unix(int64(((days*24+hour)*60+minute)*60+second), 0).UTC(), ok
}

// forms are the parts of a time, and what makes a byte of each more than 127 that
// isn't right: a digit of more than 9, or another character.
var forms = struct{ date, dateMost, dayTime, dayTimeMost, seconds, secondsMost uint64 }{
	date: '0' | '0'<<8 | '0'<<16 | '0'<<24 | '-'<<32 | '0'<<40 | '0'<<48 | '-'<<56, dateMost: 0x7f76767f76767676,
	dayTime: '0' | '0'<<8 | 'T'<<16 | '0'<<24 | '0'<<32 | ':'<<40 | '0'<<48 | '0'<<56, dayTimeMost: 0x76767f76767f7676,
	seconds: ':' | '0'<<8 | '0'<<16 | 'Z'<<24, secondsMost: 0x7f76767f,
}

const highs = 0x8080808080808080

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
