package decode_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/jobs/decode"
)

// agree compares a decoder with encoding/json. It reports whether the Decoder has not
// failed.
func agree[T any](t *testing.T, data string, read func(*decode.Decoder, *T)) bool {
	t.Helper()
	var got, want T
	if !decode.Value([]byte(data), &got, read) {
		return false
	}
	if err := json.Unmarshal([]byte(data), &want); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%.200s: got %.200s, encoding/json has %.200s, %v", data, fmt.Sprint(got), fmt.Sprint(want), err)
	}
	return true
}

func stringsOf(d *decode.Decoder, v *[]string) { decode.Slice(d, v, decode.String) }

// TestStringsOfEveryLength decodes few and many strings, short ones and ones that are
// longer than the arena, with and without escapes.
func TestStringsOfEveryLength(t *testing.T) {
	for _, lengths := range [][]int{
		{}, {0}, {0, 0, 1}, {1, 1, 1, 1}, {5000}, {1, 5000, 1}, {5000, 1, 5000}, {0, 100_000}, {2047, 1, 2048, 1, 2049},
	} {
		for _, text := range []string{"x", "ü", `\n`, `\u00fc`, `\ud83d\ude00`, `\ud800`} {
			var list []string
			for i, n := range lengths {
				list = append(list, fmt.Sprintf(`"%d%s"`, i, strings.Repeat(text, n)))
			}
			data := "[" + strings.Join(list, " , ") + "]"
			for range 3 { // what one value wants is the measure for the next
				if !agree(t, data, stringsOf) {
					t.Errorf("not read: %.200s", data)
				}
				agree(t, `["short"]`, stringsOf)
			}
		}
	}
}

// TestStringsStayWhatTheyAre checks that strings don't change when another value is
// decoded.
func TestStringsStayWhatTheyAre(t *testing.T) {
	var all [][]string
	for i := range 50 {
		var list []string
		data, err := json.Marshal([]string{strings.Repeat(fmt.Sprint(i), i*i), "\n", fmt.Sprint("last ", i)})
		if err != nil {
			t.Fatal(err)
		}
		if !decode.Value(data, &list, stringsOf) {
			t.Fatalf("not read: %s", data)
		}
		clear(data)
		all = append(all, list)
	}
	for i, list := range all {
		if want := []string{strings.Repeat(fmt.Sprint(i), i*i), "\n", fmt.Sprint("last ", i)}; !reflect.DeepEqual(list, want) {
			t.Errorf("%d: %.200q", i, list)
		}
	}
}

// TestWhatIsNotWantedTakesNoMemory checks that skipped parts of a large value take little
// memory.
func TestWhatIsNotWantedTakesNoMemory(t *testing.T) {
	data := []byte(`{"state":"on","rest":["` + strings.Repeat("x", 1<<20) + `"]}`)
	var v stateChange
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 100 {
		if !decode.Value(data, &v, decodeStateChange) || v.State != "on" {
			t.Fatal("not read")
		}
	}
	runtime.ReadMemStats(&after)
	if kept := (after.TotalAlloc - before.TotalAlloc) / 100; kept > 1<<14 {
		t.Errorf("%d bytes are allocated for %q", kept, v.State)
	}
}

// TestTimes checks that times are exactly those of encoding/json, for each day and all
// formats.
func TestTimes(t *testing.T) {
	days := []string{"0000-01-01", "0000-12-31", "0001-01-01", "1900-02-29", "2000-02-29", "2100-02-29", "9999-12-31", "1970-01-01"}
	for day := time.Date(1899, 12, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2105; day = day.AddDate(0, 0, 1) {
		days = append(days, day.Format(time.DateOnly))
	}
	for month := range 14 {
		for day := range 34 {
			days = append(days, fmt.Sprintf("2026-%02d-%02d", month, day), fmt.Sprintf("2024-%02d-%02d", month, day))
		}
	}
	for i, day := range days {
		agree(t, fmt.Sprintf(`"%sT%02d:%02d:%02dZ"`, day, i%25, i%61, i*7%61), decode.Time)
	}
	for _, text := range []string{
		`"2026-01-02T03:04:05Z"`, `"2026-01-02t03:04:05Z"`, `"2026-01-02T03:04:05z"`, `"2026-01-02T03:04:05.123456789Z"`, `"2026-01-02T03:04:05+00:00"`,
		`"2026-01-02T03:04:05-11:30"`, `"2026-01-02 03:04:05Z"`, `"2026-1-02T03:04:05Z"`, `"2026-01-02T03:04:05"`, `"2026-01-02T3:04:05ZZ"`, `"+026-01-02T03:04:05Z"`,
		`"2026-01-02T03:04:60Z"`, `"2026-01-02T24:00:00Z"`, `"2026-01-02T03:04:0\u0035Z"`, `""`, `null`, `1`, `["2026-01-02T03:04:0Z"]`, `1234567890123456789012`,
	} {
		agree(t, text, decode.Time)
	}
	const text = `"2026-01-31T23:59:59Z"`
	for i := range text {
		for c := range 256 {
			agree(t, text[:i]+string([]byte{byte(c)})+text[i+1:], decode.Time)
		}
	}
	if !agree(t, text, decode.Time) {
		t.Error("not read")
	}
}

func TestNumbers(t *testing.T) {
	numbers := []string{"0", "-0", "1", "-1", "127", "128", "-128", "-129", "255", "256", "1.0", "1e2", "1E2", "-1e-2", "0.1", "1e309", "null", `"1"`, "true"}
	for _, n := range []string{"999999999999999999", "1000000000000000000", "9223372036854775807", "9223372036854775808", "9223372036854775809",
		"18446744073709551615", "18446744073709551616", strings.Repeat("9", 40)} {
		numbers = append(numbers, n, "-"+n)
	}
	for _, n := range numbers {
		agree(t, n, decode.Int[int64])
		agree(t, n, decode.Int[int8])
		agree(t, n, decode.Uint[uint64])
		agree(t, n, decode.Uint[uint8])
		agree(t, n, decode.Float64[float64])
		agree(t, n, decode.Float32[float32])
	}
	for _, n := range []string{"0", "-5", "9223372036854775807", "-9223372036854775808"} {
		if !agree(t, n, decode.Int[int64]) {
			t.Errorf("not read: %s", n)
		}
	}
}

// names has fields with similar names.
type names struct {
	State string `json:"state"`
	Upper string `json:"STATE"`
	Kind  string `json:"kind"`
}

func decodeNames(d *decode.Decoder, v *names) {
	for end := d.Object(); d.Member(end, decode.Names("state", "STATE", "kind")); {
		switch string(d.Key()) {
		case "state":
			d.Text(&v.State)
		case "STATE":
			d.Text(&v.Upper)
		case "kind":
			d.Text(&v.Kind)
		default:
			d.Other("state,STATE,kind")
		}
	}
}

func TestKeys(t *testing.T) {
	for _, key := range []string{
		"state", "STATE", "State", `st\u0061te`, `\u0053TATE`, `\u0073TATE`, `ſtate`, `\u017ftate`, "kind", "Kind", "\u212aind", `\u212aind`, `kind\u0000`, `kind\\`, "", `\"`, "kın",
	} {
		for _, data := range []string{
			`{"` + key + `":"x"}`, `{"` + key + `":"x","` + key + `":"y"}`, `{"state":"a","` + key + `":"x","STATE":"b"}`,
			`{"` + key + `":{"state":[1]},"state":"b"}`, `{"` + key + `":null,"kind":"b"}`,
		} {
			agree(t, data, decodeNames)
		}
		if data := `{"` + key + `":"x"}`; !agree(t, data, decodeNames) {
			t.Errorf("not read: %s", data)
		}
	}
}

// TestNothingIsReadAfterAFailure checks that functions decode nothing after a failure.
func TestNothingIsReadAfterAFailure(t *testing.T) {
	read := func(d *decode.Decoder, v *int) {
		d.Fail()
		if end := d.Object(); d.Member(end, decode.Names("a")) {
			*v++
		}
		var text string
		var flag *bool
		var list []int
		var labels map[string]string
		var raw json.RawMessage
		var at time.Time
		var float float32
		var fixed [2]int
		decode.String(d, &text)
		decode.Pointer(d, &flag, decode.Bool)
		decode.Slice(d, &list, decode.Int)
		decode.Map(d, &labels, decode.String)
		decode.Raw(d, &raw)
		decode.Time(d, &at)
		decode.Float32(d, &float)
		decode.Array(d, fixed[:], decode.Int)
		decode.JSON(d, v)
		d.Skip()
		if text != "" || len(list)+len(labels)+len(raw) > 0 || !at.IsZero() || float != 0 || !d.Failed() {
			*v++
		}
	}
	var v int
	if decode.Value([]byte(`{"a":1}`), &v, read) || v != 0 {
		t.Errorf("%d was read", v)
	}
}
