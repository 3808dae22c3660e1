package jsonscan

// MaxNesting is the maximum nesting that encoding/json accepts.
const MaxNesting = 10000

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// SkipSpace skips white space.
func SkipSpace(data []byte, i int) int {
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	return i
}

// SkipLiteral skips true, false, null or a number.
func SkipLiteral(data []byte, i int) int {
	switch data[i] {
	case 't':
		if len(data)-i >= 4 && string(data[i:i+4]) == "true" {
			return i + 4
		}
	case 'f':
		if len(data)-i >= 5 && string(data[i:i+5]) == "false" {
			return i + 5
		}
	case 'n':
		if len(data)-i >= 4 && string(data[i:i+4]) == "null" {
			return i + 4
		}
	default:
		return NumberEnd(data, i)
	}
	return -1
}
