package diag

import (
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// Reporter collects findings. Steps that report findings but don't read them take a
// Reporter. *List implements it.
type Reporter interface {
	// Add adds findings.
	Add(...Diagnostic)
	// Report adds a finding with a code, a position and a message.
	Report(code Code, pos model.Pos, format string, args ...any)
}

var _ Reporter = (*List)(nil)

// maxQuoted is the maximum length of a text that a message quotes.
const maxQuoted = 80 // bytes

// Clip shortens a text from the user's source for a message that quotes it.
func Clip(s string) string {
	if len(s) <= maxQuoted {
		return s
	}
	return strings.ToValidUTF8(s[:maxQuoted], "") + "…"
}
