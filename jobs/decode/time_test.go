package decode

import (
	"testing"
	"time"
)

// TestTimesOfAWS checks that the fast function parses AWS's format.
func TestTimesOfAWS(t *testing.T) {
	for at := time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC); at.Year() < 2026; at = at.Add(5*time.Hour + 7*time.Minute + 11*time.Second) {
		text := at.Format(`"` + time.RFC3339 + `"`)
		if got, ok := utc([]byte(text)); !ok || got != at {
			t.Fatalf("%s: %v, %v", text, got, ok)
		}
	}
}
