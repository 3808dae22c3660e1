package diag

import (
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// Reporter takes findings. It is all that a step needs which reports and does
// not read what others have reported; a *List is one.
type Reporter interface {
	// Add takes findings as they are.
	Add(...Diagnostic)
	// Report takes a finding that is made of a code, a place and a message.
	Report(code Code, pos model.Pos, format string, args ...any)
}

var _ Reporter = (*List)(nil)

// maxQuoted is how much of a text a message quotes.
const maxQuoted = 80 // bytes

// Clip shortens a text of the user's that a message quotes.
func Clip(s string) string {
	if len(s) <= maxQuoted {
		return s
	}
	return strings.ToValidUTF8(s[:maxQuoted], "") + "…"
}
