package jsonscan

import (
	"unicode"
	"unicode/utf8"
)

// Folds reports whether a key equals a name, ignoring case as encoding/json does. Most keys
// differ in the first eight bytes or in the first letter.
func Folds(name string, key []byte) bool {
	if len(name) >= 8 && len(key) >= 8 {
		a, b := Word(name), Word(key)
		if (a|b)&highs == 0 && (a^b)&^CaseBits != 0 {
			return false
		}
	}
	for _, a := range name {
		b, size := utf8.DecodeRune(key)
		key = key[size:]
		switch {
		case size == 0, a|b < utf8.RuneSelf && (a^b)&^('a'-'A') != 0:
			return false
		case a != b && fold(a) != fold(b):
			return false
		}
	}
	return len(key) == 0
}

// fold returns the smallest of the characters that are equal to r, ignoring case.
//
//go:noinline
func fold(r rune) rune {
	for {
		next := unicode.SimpleFold(r)
		if next <= r {
			return next
		}
		r = next
	}
}
