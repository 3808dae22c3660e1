package lint

// The wildcards of IAM's patterns, and one for the catalog's ARNs that no pattern of a
// user has.
const (
	anyText    = '*'    // any text, which may be empty
	anyLetter  = '?'    // one character
	anySegment = '\x01' // any text without a slash
)

// overlap reports whether some text matches both of two patterns. In a pattern without
// wildcards that is the text itself.
func overlap(a, b string) bool {
	x, y := []rune(a), []rune(b)
	// row[j] says whether x[i:] and y[j:] overlap, below whether x[i+1:] and y[j:] do.
	row, below := make([]bool, len(y)+1), make([]bool, len(y)+1)
	for i := len(x); i >= 0; i-- {
		row, below = below, row
		for j := len(y); j >= 0; j-- {
			row[j] = i == len(x) && j == len(y) ||
				i < len(x) && isRepeated(x[i]) && below[j] ||
				j < len(y) && isRepeated(y[j]) && row[j+1] ||
				i < len(x) && j < len(y) && oneCharacter(x, y, i, j, row, below)
		}
	}
	return row[0]
}

// oneCharacter reports whether x[i:] and y[j:] overlap in a text whose first character
// both x[i] and y[j] match.
func oneCharacter(x, y []rune, i, j int, row, below []bool) bool {
	if !share(x[i], y[j]) {
		return false
	}
	switch {
	case isRepeated(x[i]) && isRepeated(y[j]):
		return false // without that character they overlap as well
	case isRepeated(x[i]):
		return row[j+1]
	case isRepeated(y[j]):
		return below[j]
	}
	return below[j+1]
}

func isRepeated(r rune) bool { return r == anyText || r == anySegment }

// share reports whether some character matches both of two characters of patterns.
func share(a, b rune) bool {
	if a == anySegment || b == anySegment {
		return a != '/' && b != '/'
	}
	return a == b || isWild(a) || isWild(b)
}

func isWild(r rune) bool { return r == anyLetter || isRepeated(r) }
