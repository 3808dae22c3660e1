package pattern

// mostShown is how many characters of an event's value are shown: what decides
// is to be seen, and a megabyte must not fill the screen.
const mostShown = 200

// shorten gives a text whole or, if it is long, what it is about: the characters
// around the first that the wanted texts don't have, or where that is near an
// end, both ends.
func shorten(text string, wanted []string) string {
	runes := []rune(text)
	if len(runes) <= mostShown {
		return text
	}
	const half = mostShown / 2
	at := firstDifference(runes, wanted)
	if at < half || at >= len(runes)-half {
		return string(runes[:half]) + "…" + string(runes[len(runes)-half:])
	}
	return "…" + string(runes[at-half:at+half]) + "…"
}

// firstDifference returns how many characters the text has in common with that
// of the wanted texts that begins most like it.
func firstDifference(text []rune, wanted []string) int {
	most := 0
	for _, w := range wanted {
		n := 0
		for _, r := range w {
			if n == len(text) || text[n] != r {
				break
			}
			n++
		}
		most = max(most, n)
	}
	return most
}
