package match

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

func TestParseNumber(t *testing.T) {
	tests := []struct {
		text       string
		value      float64
		comparable bool
	}{
		{"0", 0, true}, {"-0", 0, true}, {"0e-999999999999", 0, true}, {"0.000", 0, true},
		{"300", 300, true}, {"3.0e2", 300, true}, {"30000E-2", 300, true}, {"-1.5", -1.5, true},
		{"9007199254740992", 1 << 53, true}, {"9007199254740993", 0, false},
		{"0.1", 0.1, true}, {"0.12345678901234567", 0, false}, {"0.7005517895326226", 0.7005517895326226, true},
		{"123456789012345678", 0, false}, {"12345678901234568", 12345678901234568, true},
		{"1.7976931348623157e308", math.MaxFloat64, true}, {"1.7976931348623158e308", 0, false}, {"1.8e308", 0, false},
		{"1e309", 0, false}, {"1e-400", 0, false}, {"1e-999999999999999999999", 0, false}, {"1e99999999999999999999", 0, false},
		{"5e-324", 5e-324, true}, {"4.94e-324", 0, false}, {"2.2250738585072014e-308", 0x1p-1022, true},
		{"1" + strings.Repeat("0", 300), 1e300, true}, {"0." + strings.Repeat("0", 300) + "1", 1e-301, true},
		{strings.Repeat("1", 18), 0, false}, {"1" + strings.Repeat("0", 16) + "1", 0, false},
	}
	for _, tt := range tests {
		n := ParseNumber([]byte(tt.text))
		if n.Comparable != tt.comparable || n.Value != tt.value {
			t.Errorf("ParseNumber(%.40s) = %v, %v; want %v, %v", tt.text, n.Value, n.Comparable, tt.value, tt.comparable)
		}
	}
}

// TestParseNumberIsExact compares ParseNumber with exact arithmetic, for numbers of up to 19
// digits of all sizes.
func TestParseNumberIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		digits := strconv.FormatUint(random.Uint64(), 10)
		text := digits[:1+random.IntN(len(digits))]
		switch random.IntN(3) {
		case 0:
			text += "e" + strconv.Itoa(random.IntN(680)-350)
		case 1:
			text = "0." + text
		}
		value, err := strconv.ParseFloat(text, 64)
		want := false
		if err == nil {
			exact, _ := new(big.Rat).SetString(text)
			shortest, _ := new(big.Rat).SetString(strconv.FormatFloat(value, 'e', -1, 64))
			want = exact.Cmp(shortest) == 0
		}
		if n := ParseNumber([]byte(text)); n.Comparable != want || want && n.Value != value {
			t.Fatalf("ParseNumber(%s) = %v, %v; want %v, %v", text, n.Value, n.Comparable, value, want)
		}
	}
}
