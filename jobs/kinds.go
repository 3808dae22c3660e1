package jobs

// kindOf returns the kind of a valid JSON value by its first byte.
//
//go:noinline
func kindOf(begin byte) string {
	switch begin {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}

// article returns a kind with its article.
//
//go:noinline
func article(kind string) string {
	switch kind[0] {
	case 'n':
		if kind == "null" {
			return kind
		}
	case 'o', 'a':
		return "an " + kind
	}
	return "a " + kind
}
