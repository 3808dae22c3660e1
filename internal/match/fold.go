package match

import (
	"sort"
	"unicode"
	"unicode/utf8"
)

// equals-ignore-case matches the lower and the upper case of each character. As in
// EventBridge, it converts the characters of the pattern, one by one, and not those of the
// event: ß in a pattern matches ß and SS, but SS in a pattern doesn't match ß.
//
// A character beyond U+FFFF matches only two question marks. AWS's matcher converts each half
// of its surrogate pair to UTF-8, which gives a question mark.
const halves = "??"

// LowerCase returns the full lower-case mapping of a character, which may be several
// characters (Unicode's SpecialCasing.txt).
func LowerCase(r rune) string {
	switch {
	case r == 'İ':
		return "i̇"
	case r > 0xFFFF:
		return halves
	}
	return string(unicode.ToLower(r))
}

// UpperCase returns the full upper-case mapping of a character.
func UpperCase(r rune) string {
	switch upper := specialCase(r); {
	case upper != "":
		return upper
	case r > 0xFFFF:
		return halves
	}
	return string(unicode.ToUpper(r))
}

// specialCase returns the upper case of a character if it is several characters, or "".
func specialCase(r rune) string {
	i := sort.Search(len(specialUpper), func(i int) bool { return specialUpper[i].char >= r })
	if i < len(specialUpper) && specialUpper[i].char == r {
		return specialUpper[i].upper
	}
	return ""
}

// foldedPrefix returns the length of the prefix of s that equals text in any case, or -1.
// There is at most one, because neither case of a character is a prefix or suffix of the
// other.
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

// caseAt returns the length of the lower or upper case of r at the start or end of s, or
// -1.
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
