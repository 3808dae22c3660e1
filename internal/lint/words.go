package lint

import (
	"fmt"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// conjoin joins names with a word such as and. Of more than four it names three.
func conjoin(names []string, word string) string {
	const most = 4
	n := len(names)
	switch {
	case n == 1:
		return names[0]
	case n > most:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most-1], ", "), n-most+1)
	}
	return strings.Join(names[:n-1], ", ") + " " + word + " " + names[n-1]
}

// nearestName returns the name that is nearest to one, or "" if none is near.
func nearestName(name string, names []string) string {
	near, _ := spell.Nearest(name, names)
	return near
}
