package shape

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/jobgen/jobgen/internal/match"
)

func TestMatchedNumbers(t *testing.T) {
	tests := []struct {
		numbers  *Numbers
		yes, not []string
	}{
		{Uint("uint8", 8), []string{"0", "-0", "255", "255.0", "1e2", "2.55e2"}, []string{"256", "-1", "0.5", "254.5", "1e-1"}},
		{Int("int8", 8), []string{"127", "-128"}, []string{"128", "-129"}},
		{Int("int", 64), []string{"5", "5.0", "1e2", "9223372036854775807", "-9223372036854775808", "9223372036854775000", "9.223372036854775e18"},
			[]string{"5.5", "9223372036854775808", "9223372036854776000", "-9.223372036854776e18", "9007199254740992.5", "1e19", "-1e19", "1e999"}},
		{Uint("uint64", 64), []string{"18446744073709551615", "18446744073709550000", "1.844674407370955e19"}, []string{"18446744073709551616", "18446744073709552000", "2e19", "-5"}},
		{Float("float32", 32), []string{"3.4028235e38", "-3.4028235e38", "5.5", "1e-400"}, []string{"3.41e38", "1e39", "-1e39"}},
		{Float("float64", 64), []string{"1e308", "123456789012345678901234567890"}, []string{"1e309", "-1e309"}},
	}
	for _, tt := range tests {
		for want, literals := range map[bool][]string{true: tt.yes, false: tt.not} {
			for _, literal := range literals {
				if got := tt.numbers.Matched(literal); got != want {
					t.Errorf("%s of %s: %t, want %t", literal, tt.numbers.Type, got, want)
				}
			}
		}
	}
}

func TestNumbersWithin(t *testing.T) {
	inf := math.Inf(1)
	tests := []struct {
		numbers *Numbers
		r       match.Range
		want    bool
	}{
		{Uint("uint", 64), match.Range{From: -inf, To: 0, ToOpen: true}, false},
		{Uint("uint", 64), match.Range{From: -inf, To: 0}, true},
		{Int("int", 64), match.Range{From: 0.2, To: 0.8}, false},
		{Int("int", 64), match.Range{From: 5, FromOpen: true, To: 6, ToOpen: true}, false},
		{Int("int", 64), match.Range{From: 5, FromOpen: true, To: 6}, true},
		{Int("int", 64), match.Range{From: 9223372036854775000, To: inf}, true},
		{Int("int", 64), match.Range{From: 1 << 63, To: inf}, false},
		{Int("int", 64), match.Range{From: 1 << 60, FromOpen: true, To: math.Nextafter(1<<60, inf)}, true},
		{Int("int", 64), match.Range{From: 1 << 60, FromOpen: true, To: math.Nextafter(1<<60, inf), ToOpen: true}, false},
		{Uint("uint8", 8), match.Range{From: 255, FromOpen: true, To: inf}, false},
		{Uint("uint8", 8), match.Range{From: 255, To: inf}, true},
		{Float("float32", 32), match.Range{From: 1e39, To: inf}, false},
		{Float("float32", 32), match.Range{From: 0.2, FromOpen: true, To: 0.8, ToOpen: true}, true},
		{Float("float64", 64), match.Range{From: math.MaxFloat64, FromOpen: true, To: inf}, false},
	}
	for _, tt := range tests {
		if got := tt.numbers.Within(tt.r); got != tt.want {
			t.Errorf("%s within %+v: %t, want %t", tt.numbers.Type, tt.r, got, tt.want)
		}
	}
}

// TestReadsAsEncodingJSON compares Reads with encoding/json.
func TestReadsAsEncodingJSON(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	digits := "00123456789"
	for range 20_000 {
		literal := []byte{digits[1+rng.IntN(10)]}
		for range rng.IntN(22) {
			literal = append(literal, digits[rng.IntN(len(digits))])
		}
		if literal[0] == '0' {
			literal = literal[:1]
		}
		text := []string{"", "-"}[rng.IntN(2)] + string(literal) + []string{"", "", "", ".0", ".5", "e2", "e37", "e308"}[rng.IntN(8)]
		compareReads[int8](t, Int("int8", 8), text)
		compareReads[int64](t, Int("int64", 64), text)
		compareReads[uint16](t, Uint("uint16", 16), text)
		compareReads[uint64](t, Uint("uint64", 64), text)
		compareReads[float32](t, Float("float32", 32), text)
		compareReads[float64](t, Float("float64", 64), text)
	}
}

func compareReads[T any](t *testing.T, n *Numbers, text string) {
	t.Helper()
	var v T
	if want, got := json.Unmarshal([]byte(text), &v) == nil, n.Reads(text); got != want {
		t.Errorf("%s into %s: %t, encoding/json says %t", text, fmt.Sprintf("%T", v), got, want)
	} else if got && !n.Matched(text) {
		t.Errorf("%s can be decoded into %s, and is said never to be", text, n.Type)
	}
}
