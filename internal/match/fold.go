package match

import (
	"unicode"
	"unicode/utf8"
)

// Text is compared without regard to case by its characters: each in lower or in
// upper case. As in EventBridge the cases are taken of the pattern's characters
// alone, and of each by itself: a pattern's ß takes ß and SS, an event's ß is not
// taken by a pattern's SS.

// LowerCase and UpperCase map one character in full, as Unicode's
// SpecialCasing.txt has it where that is more than one character.
func LowerCase(r rune) string {
	if r == 'İ' {
		return "i̇"
	}
	return string(unicode.ToLower(r))
}

// UpperCase is LowerCase's counterpart.
func UpperCase(r rune) string {
	if upper := specialCase(r); upper != "" {
		return upper
	}
	return string(unicode.ToUpper(r))
}

// specialCase returns the upper case of a character that has more than one
// there, "" for any other.
func specialCase(r rune) string {
	low, high := 0, len(specialUpper)
	for low < high {
		if middle := (low + high) / 2; specialUpper[middle].char < r {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < len(specialUpper) && specialUpper[low].char == r {
		return specialUpper[low].upper
	}
	return ""
}

// foldedPrefix returns the length of the prefix of s that is the text in any
// case, or -1. No case of a character begins or ends with its other case, so
// there is at most one.
func foldedPrefix(text string, s []byte) int {
	n := 0
	for _, r := range text {
		size := caseAt(r, s[n:], false)
		if size < 0 {
			return -1
		}
		n += size
	}
	return n
}

// foldedSuffix reports whether s ends with the text in any case.
func foldedSuffix(text string, s []byte) bool {
	for len(text) > 0 {
		r, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
		found := caseAt(r, s, true)
		if found < 0 {
			return false
		}
		s = s[:len(s)-found]
	}
	return true
}

// caseAt returns the length of the case of r that s begins with, or ends with;
// -1 if it is none.
func caseAt(r rune, s []byte, atEnd bool) int {
	if r < utf8.RuneSelf {
		var c byte
		switch {
		case len(s) == 0:
			return -1
		case atEnd:
			c = s[len(s)-1]
		default:
			c = s[0]
		}
		if c == byte(r) || isLetter(c) && c^0x20 == byte(r) {
			return 1
		}
		return -1
	}
	for _, text := range [...]string{LowerCase(r), UpperCase(r)} {
		if len(s) >= len(text) && (!atEnd && string(s[:len(text)]) == text || atEnd && string(s[len(s)-len(text):]) == text) {
			return len(text)
		}
	}
	return -1
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// specialUpper holds the characters whose upper case is more than one character
// (Unicode's SpecialCasing.txt, the unconditional mappings), sorted.
var specialUpper = [...]struct {
	char  rune
	upper string
}{
	{'\u00df', "SS"}, {'\u0149', "\u02bcN"}, {'\u01f0', "J\u030c"}, {'\u0390', "\u0399\u0308\u0301"},
	{'\u03b0', "\u03a5\u0308\u0301"}, {'\u0587', "\u0535\u0552"}, {'\u1e96', "H\u0331"}, {'\u1e97', "T\u0308"},
	{'\u1e98', "W\u030a"}, {'\u1e99', "Y\u030a"}, {'\u1e9a', "A\u02be"}, {'\u1f50', "\u03a5\u0313"},
	{'\u1f52', "\u03a5\u0313\u0300"}, {'\u1f54', "\u03a5\u0313\u0301"}, {'\u1f56', "\u03a5\u0313\u0342"}, {'\u1f80', "\u1f08\u0399"},
	{'\u1f81', "\u1f09\u0399"}, {'\u1f82', "\u1f0a\u0399"}, {'\u1f83', "\u1f0b\u0399"}, {'\u1f84', "\u1f0c\u0399"},
	{'\u1f85', "\u1f0d\u0399"}, {'\u1f86', "\u1f0e\u0399"}, {'\u1f87', "\u1f0f\u0399"}, {'\u1f88', "\u1f08\u0399"},
	{'\u1f89', "\u1f09\u0399"}, {'\u1f8a', "\u1f0a\u0399"}, {'\u1f8b', "\u1f0b\u0399"}, {'\u1f8c', "\u1f0c\u0399"},
	{'\u1f8d', "\u1f0d\u0399"}, {'\u1f8e', "\u1f0e\u0399"}, {'\u1f8f', "\u1f0f\u0399"}, {'\u1f90', "\u1f28\u0399"},
	{'\u1f91', "\u1f29\u0399"}, {'\u1f92', "\u1f2a\u0399"}, {'\u1f93', "\u1f2b\u0399"}, {'\u1f94', "\u1f2c\u0399"},
	{'\u1f95', "\u1f2d\u0399"}, {'\u1f96', "\u1f2e\u0399"}, {'\u1f97', "\u1f2f\u0399"}, {'\u1f98', "\u1f28\u0399"},
	{'\u1f99', "\u1f29\u0399"}, {'\u1f9a', "\u1f2a\u0399"}, {'\u1f9b', "\u1f2b\u0399"}, {'\u1f9c', "\u1f2c\u0399"},
	{'\u1f9d', "\u1f2d\u0399"}, {'\u1f9e', "\u1f2e\u0399"}, {'\u1f9f', "\u1f2f\u0399"}, {'\u1fa0', "\u1f68\u0399"},
	{'\u1fa1', "\u1f69\u0399"}, {'\u1fa2', "\u1f6a\u0399"}, {'\u1fa3', "\u1f6b\u0399"}, {'\u1fa4', "\u1f6c\u0399"},
	{'\u1fa5', "\u1f6d\u0399"}, {'\u1fa6', "\u1f6e\u0399"}, {'\u1fa7', "\u1f6f\u0399"}, {'\u1fa8', "\u1f68\u0399"},
	{'\u1fa9', "\u1f69\u0399"}, {'\u1faa', "\u1f6a\u0399"}, {'\u1fab', "\u1f6b\u0399"}, {'\u1fac', "\u1f6c\u0399"},
	{'\u1fad', "\u1f6d\u0399"}, {'\u1fae', "\u1f6e\u0399"}, {'\u1faf', "\u1f6f\u0399"}, {'\u1fb2', "\u1fba\u0399"},
	{'\u1fb3', "\u0391\u0399"}, {'\u1fb4', "\u0386\u0399"}, {'\u1fb6', "\u0391\u0342"}, {'\u1fb7', "\u0391\u0342\u0399"},
	{'\u1fbc', "\u0391\u0399"}, {'\u1fc2', "\u1fca\u0399"}, {'\u1fc3', "\u0397\u0399"}, {'\u1fc4', "\u0389\u0399"},
	{'\u1fc6', "\u0397\u0342"}, {'\u1fc7', "\u0397\u0342\u0399"}, {'\u1fcc', "\u0397\u0399"}, {'\u1fd2', "\u0399\u0308\u0300"},
	{'\u1fd3', "\u0399\u0308\u0301"}, {'\u1fd6', "\u0399\u0342"}, {'\u1fd7', "\u0399\u0308\u0342"}, {'\u1fe2', "\u03a5\u0308\u0300"},
	{'\u1fe3', "\u03a5\u0308\u0301"}, {'\u1fe4', "\u03a1\u0313"}, {'\u1fe6', "\u03a5\u0342"}, {'\u1fe7', "\u03a5\u0308\u0342"},
	{'\u1ff2', "\u1ffa\u0399"}, {'\u1ff3', "\u03a9\u0399"}, {'\u1ff4', "\u038f\u0399"}, {'\u1ff6', "\u03a9\u0342"},
	{'\u1ff7', "\u03a9\u0342\u0399"}, {'\u1ffc', "\u03a9\u0399"}, {'\ufb00', "FF"}, {'\ufb01', "FI"},
	{'\ufb02', "FL"}, {'\ufb03', "FFI"}, {'\ufb04', "FFL"}, {'\ufb05', "ST"},
	{'\ufb06', "ST"}, {'\ufb13', "\u0544\u0546"}, {'\ufb14', "\u0544\u0535"}, {'\ufb15', "\u0544\u053b"},
	{'\ufb16', "\u054e\u0546"}, {'\ufb17', "\u0544\u053d"},
}
