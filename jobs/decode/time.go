package decode

import (
	"encoding/binary"
	"time"
)

// Time decodes a time in the format of RFC 3339.
func Time(d *Decoder, v *time.Time) {
	raw := d.raw()
	if t, ok := utc(raw); ok {
		*v = t
	} else if raw != nil && v.UnmarshalJSON(raw) != nil {
		d.Fail()
	}
}

// utc parses a time in AWS's format, "2006-01-02T15:04:05Z" with quotes. The result is the
// same as that of UnmarshalJSON. It returns false for other formats.
//
// It reads eight bytes at a time, and XORs them with the format, in which all digits are
// zero. The result has the values of the digits, and zeros for all other characters.
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

// forms are the three parts of the format. If a byte of a part is wrong after the XOR, it
// is more than 127, or it becomes more than 127 when the part's Most value is added.
var forms = struct{ date, dateMost, dayTime, dayTimeMost, seconds, secondsMost uint64 }{
	date: '0' | '0'<<8 | '0'<<16 | '0'<<24 | '-'<<32 | '0'<<40 | '0'<<48 | '-'<<56, dateMost: 0x7f76767f76767676,
	dayTime: '0' | '0'<<8 | 'T'<<16 | '0'<<24 | '0'<<32 | ':'<<40 | '0'<<48 | '0'<<56, dayTimeMost: 0x76767f76767f7676,
	seconds: ':' | '0'<<8 | '0'<<16 | 'Z'<<24, secondsMost: 0x7f76767f,
}

const highs = 0x8080808080808080

// before is the number of days of a year before each month, and before the next year.
var before = [...]int{1: 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

// days returns the number of days since the first of January 1970. It returns false if
// there is no such day.
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

// daysTo1970 is the number of days from the first of January of the year 1 to 1970.
const daysTo1970 = 719162
