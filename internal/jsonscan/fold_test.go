package jsonscan_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

// TestFolds: keys are names as strings.EqualFold, and so encoding/json, has them equal.
func TestFolds(t *testing.T) {
	letters := []string{"a", "A", "k", "K", "\u212a", "s", "ſ", "é", "É", "-", "M", "\x7f", "_"}
	r := rand.New(rand.NewPCG(1, 2))
	equal := 0
	for range 200_000 {
		var name, key strings.Builder
		for range r.IntN(20) {
			letter := letters[r.IntN(len(letters))]
			name.WriteString(letter)
			switch r.IntN(20) {
			case 0:
				letter = letters[r.IntN(len(letters))]
			case 1, 2, 3:
				letter = strings.ToUpper(letter)
			case 4, 5, 6:
				letter = strings.ToLower(letter)
			}
			key.WriteString(letter)
		}
		want := strings.EqualFold(name.String(), key.String())
		if want {
			equal++
		}
		if got := jsonscan.Folds(name.String(), []byte(key.String())); got != want {
			t.Fatalf("name %q, key %q: %v, want %v", name.String(), key.String(), got, want)
		}
	}
	if equal < 10_000 {
		t.Errorf("only %d were equal", equal)
	}
}
