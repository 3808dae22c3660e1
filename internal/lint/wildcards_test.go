package lint

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

func TestOverlap(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"", "", true}, {"a", "a", true}, {"a", "b", false}, {"a", "", false}, {"*", "", true}, {"?", "", false}, {"~", "", true},
		{"get*", "getobject", true}, {"get*", "get", true}, {"*object", "getobject", true}, {"g?t*", "getobject", true}, {"gt*", "getobject", false},
		{"a*", "*b", true}, {"a*c", "*b", false}, {"a*b", "ab*", true}, {"a?c", "ab*", true}, {"a?", "a", false}, {"**", "*", true},
		{"a/b", "~", false}, {"a", "~", true}, {"*", "~", true}, {"a/*", "~", false}, {"a/*", "~/*", true}, {"a", "~/*", false},
		{"a*", "~/*", true}, {"?", "~", true}, {"a?b", "~/b", true}, {"*/*", "~", false}, {"a*b", "~", true}, {"~/~", "a/b/c", false},
	}
	for _, tt := range tests {
		tt.a, tt.b = segments(tt.a), segments(tt.b)
		if overlap(tt.a, tt.b) != tt.want || overlap(tt.b, tt.a) != tt.want {
			t.Errorf("overlap of %q and %q: %t, %t; want %t", tt.a, tt.b, overlap(tt.a, tt.b), overlap(tt.b, tt.a), tt.want)
		}
	}
}

// TestOverlapFindsTexts compares overlap with a search among all short texts.
func TestOverlapFindsTexts(t *testing.T) {
	const letters = "a/"
	texts := []string{""}
	for i := 0; len(texts[i]) < 8; i++ {
		for _, r := range letters {
			texts = append(texts, texts[i]+string(r))
		}
	}
	rng := rand.New(rand.NewPCG(7, 2026))
	random := func() string {
		var b strings.Builder
		for range rng.IntN(5) {
			b.WriteByte("a/*?~"[rng.IntN(5)])
		}
		return b.String()
	}
	for range 500 {
		a, b := random(), random()
		x, y := patternRegexp(a), patternRegexp(b)
		want := false
		for _, text := range texts {
			want = want || x.MatchString(text) && y.MatchString(text)
		}
		if got := overlap(segments(a), segments(b)); got != want {
			t.Errorf("overlap of %q and %q is %t; a search says %t", a, b, got, want)
		}
	}
}

func patternRegexp(pattern string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.NewReplacer("*", ".*", "?", ".", "~", "[^/]*").Replace(pattern) + "$")
}

// segments replaces ~, by which the tests write the third wildcard.
func segments(pattern string) string { return strings.ReplaceAll(pattern, "~", string(anySegment)) }
