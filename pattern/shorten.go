package pattern

// maxShown is the maximum number of characters of an event's value in an explanation.
const maxShown = 200

// shorten shortens a long text to the characters around the first difference from the
// operands or, if that is near an end, to the characters at both ends.
func shorten(text string, operands []string) string {
	runes := []rune(text)
	if len(runes) <= maxShown {
		return text
	}
	const half = maxShown / 2
	at := firstDifference(runes, operands)
	if at < half || at >= len(runes)-half {
		return string(runes[:half]) + "…" + string(runes[len(runes)-half:])
	}
	return "…" + string(runes[at-half:at+half]) + "…"
}

// firstDifference returns the length of the longest common prefix of the text and one of
// the operands.
func firstDifference(text []rune, operands []string) int {
	longest := 0
	for _, operand := range operands {
		n := 0
		for _, r := range operand {
			if n == len(text) || text[n] != r {
				break
			}
			n++
		}
		longest = max(longest, n)
	}
	return longest
}
