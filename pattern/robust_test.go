package pattern_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jobgen/jobgen/pattern"
)

// jsonTexts are JSON and what is nearly so.
var jsonTexts = []string{
	`{}`, `[]`, `[{}]`, `{"a":{}}`, ` { "a" : [ 1 , 2 ] } `, `{"a":"x","b":["y",{"c":null}]}`,
	`{"a":1}x`, `{"a":1}}`, `{"a":1},`, `{"a":1`, `{"a":`, `{"a"`, `{"a`, `{`, ``, ` `, "\ufeff{}", `{,}`, `{"a":1,}`, `{"a" 1}`, `{a:1}`,
	`[1,]`, `[,1]`, `[1 2]`, `[1:2]`, `[`, `[1`, `[1}`, `{"a":1]`, `]`, `}`, `,`, `:`,
	`0`, `-0`, `1.5`, `-1.5e10`, `1E+2`, `1e-2`, `0e0`, `00`, `01`, `-`, `+1`, `.5`, `1.`, `1.e2`, `1e`, `1e+`, `0x1`, `1_0`, `NaN`, `Infinity`, `-01`,
	`true`, `false`, `null`, `tru`, `truex`, `nul`, `True`, `nullnull`, `t`, `f`, `n`,
	`""`, `"a"`, `"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE80"`, `"\ud83d"`, `"\x"`, `"\u12"`, `"\u12g4"`, `"\`, `"\"`, `"a`, `'a'`, "\"\x01\"", "\"\n\"", "\"a\x00b\"",
	"\"\x01n\"", "\"abcdefg\x01n23456\"", "\"\x7f\"", "\"\xff\"", "\"\xed\xa0\x80\"", `"abcdefg\nh"`, `"abcdefgh\"`, `"abcdefgh\\"`,
	"{\"a\":1}\x00", "{\"a\"\u00a0:1}", "{\"a\":\v1}", "{\"a\":1}\f", "\n{\r\"a\"\t:\n1}\n",
	`{"a":{"b":{"c":[[[1,[2,{"d":"e"}]]]]}}}`, `{"a":[[[[[[[]]]]]]]}`, `{"a":[{"a":[{"a":[}]}]}]}`,
}

// TestEventsAsEncodingJSON reads events as encoding/json does, whether or not a
// pattern asks for the part that is wrong.
func TestEventsAsEncodingJSON(t *testing.T) {
	sets := []*pattern.Set{
		pattern.Compile(),
		pattern.Compile(mustParse(t, `{"a": [{"exists": true}], "b": {"c": [1]}}`)),
		pattern.Compile(mustParse(t, `{"a": {"a": {"a": [{"prefix": "x"}]}}, "a.b": ["x"]}`)),
	}
	for _, text := range jsonTexts {
		for _, event := range []string{text, `{"a":` + text + `}`, `{"s":` + text + `}`, `{"a":[` + text + `]}`, `{"s":[0,` + text + `]}`, `{"a":{"a":` + text + `,"b":1}}`, `{"s":{"s":` + text + `,"b":1}}`} {
			for _, set := range sets {
				_, err := set.Match([]byte(event), nil)
				checkEvent(t, event, err)
			}
		}
	}
}

// TestTruncatedEvents cuts an event anywhere.
func TestTruncatedEvents(t *testing.T) {
	set := pattern.Compile(benchRules(100)...)
	for n := range cloudTrailEvent {
		if _, err := set.Match(cloudTrailEvent[:n], nil); !errors.Is(err, pattern.ErrNotJSON) {
			t.Fatalf("cut to %d bytes: got %v", n, err)
		}
	}
}

// TestMutatedEvents changes bytes of an event.
func TestMutatedEvents(t *testing.T) {
	set := pattern.Compile(benchRules(100)...)
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		event := slices.Clone(cloudTrailEvent)
		for range 1 + random.IntN(2) {
			event[random.IntN(len(event))] = `{}[]",:\0-.e tfn`[random.IntN(16)]
		}
		_, err := set.Match(event, nil)
		if !errors.Is(err, pattern.ErrAmbiguous) {
			checkEvent(t, string(event), err)
		}
	}
}

func TestNestingAsEncodingJSON(t *testing.T) {
	set := pattern.Compile(mustParse(t, `{"a": {"a": ["x"]}, "l": ["x"]}`))
	for _, depth := range []int{1, 63, 64, 65, 127, 128, 129, 9998, 9999, 10000, 10001} {
		for _, key := range []string{"a", "l", "skipped"} {
			for _, event := range []string{
				`{"` + key + `":` + strings.Repeat(`[`, depth-1) + strings.Repeat(`]`, depth-1) + `}`,
				strings.Repeat(`{"`+key+`":`, depth) + `1` + strings.Repeat(`}`, depth),
				strings.Repeat(`{"`+key+`":[{"b":`, depth/3) + `1` + strings.Repeat(`}]}`, depth/3),
			} {
				if !json.Valid([]byte(event)) && depth <= 10000 && depth > 1 {
					t.Fatalf("depth %d: not an event", depth)
				}
				if depth == 1 && !json.Valid([]byte(event)) {
					continue
				}
				_, err := set.Match([]byte(event), nil)
				checkEvent(t, event, err)
			}
		}
	}
}

// TestHostileEvents are 6 MB each. Anything but linear time would take minutes.
func TestHostileEvents(t *testing.T) {
	size := 6 << 20
	if testing.Short() {
		size /= 10
	}
	set := pattern.Compile(append(benchRules(200),
		mustParse(t, `{"l": {"a": ["x"], "b": [{"exists": false}, "y"], "c": {"d": [{"wildcard": "*ab*ab*ab*c"}]}}}`),
		mustParse(t, `{"l": [{"wildcard": "*aab*aab*aac"}, {"suffix": {"equals-ignore-case": "É"}}, {"anything-but": {"wildcard": ["*aaab*", "a*aaab"]}}]}`),
		mustParse(t, `{"n": [{"numeric": [">", 1]}, 12345678901234567890]}`))...)
	fill := func(s string) string { return strings.TrimSuffix(strings.Repeat(s, size/len(s)), ",") }
	tests := []struct{ name, event string }{
		{"deep lists", `{"l":` + strings.Repeat(`[`, 9999) + strings.Repeat(`]`, 9999) + `}`},
		{"deep objects", strings.Repeat(`{"l":`, 9999) + `1` + strings.Repeat(`}`, 9999)},
		{"deep lists, many", `{"l":[` + fill(strings.Repeat(`[`, 5000)+`"x"`+strings.Repeat(`]`, 5000)+`,`) + `]}`},
		{"objects in a list", `{"l":[` + fill(`{"a":"x","b":"z","c":{"d":"q"}},`) + `]}`},
		{"lists in objects in a list", `{"l":[` + fill(`{"a":["x","x","x"],"c":[{"d":"ab"},{"d":"abab"}]},`) + `]}`},
		{"strings to go back in", `{"l":{"c":{"d":"` + fill(`ab`) + `"}}}`},
		{"strings of nearly the same", `{"l":"` + fill(`a`) + `"}`},
		{"many strings", `{"l":[` + fill(`"aaaaaaaaaaaaaaaaaaaaaaaab",`) + `]}`},
		{"escapes", `{"l":"` + fill(`\u00e9`) + `"}`},
		{"a long number", `{"n":` + fill(`1`) + `}`},
		{"a long fraction", `{"n":0.` + fill(`0`) + `1}`},
		{"long numbers", `{"n":[` + fill(strings.Repeat("9", 1000)+`e-5,`) + `]}`},
		{"a key over and over", `{` + fill(`"l":{"a":"x"},`) + `}`},
		{"a key over and over in a list", `{"l":[` + fill(`{"a":"x","a":"y"},`) + `]}`},
		{"many keys", `{` + fill(`"kkkkkkkkkkkkkkkk":1,`) + `}`},
		{"dotted keys", `{` + fill(`"l.c.d":"x",`) + `}`},
		{"dotted and nested", `{"l.c.d":"x","l":[` + fill(`{"a":"x","c":{"d":"ab"}},`) + `]}`},
		{"white space", `{"l":` + fill(` `) + `1}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := set.Match([]byte(tt.event), nil)
			if err != nil && !errors.Is(err, pattern.ErrAmbiguous) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestHostilePatterns compile in bounded time: the test ends.
func TestHostilePatterns(t *testing.T) {
	var mixed []string
	for i := range 55 {
		mixed = append(mixed, fmt.Sprintf(`"%d":{"x":[{"exists":false},"v"],"y":[{"exists":false},"v"]}`, i))
	}
	patterns := []string{
		`{"d": {` + strings.Join(mixed, ",") + `}}`,
		strings.Repeat(`{"a":`, 650) + `["x"]` + strings.Repeat(`}`, 650),
		`{` + manyOr(9) + `"z": ["x"]}`,
	}
	for _, src := range patterns {
		match(t, mustParse(t, src), []byte(`{}`))
	}
}

func TestMatchAllocatesNothing(t *testing.T) {
	if raceDetector {
		t.Skip("under the race detector sync.Pool drops what it holds; run without -race")
	}
	set := pattern.Compile(benchRules(1000)...)
	dst := make([]int, 0, 1000)
	for _, e := range benchEvents() {
		allocs := testing.AllocsPerRun(100, func() {
			if _, err := set.Match(e.event, dst[:0]); err != nil {
				t.Fatal(err)
			}
		})
		if allocs >= 1 { // less is the garbage collector emptying the pool
			t.Errorf("%s: %v allocations", e.name, allocs)
		}
	}
}

func TestSetIsSmall(t *testing.T) {
	patterns := benchRules(1000)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	set := pattern.Compile(patterns...)
	after := heap()
	size := int64(after) - int64(before)
	t.Logf("1,000 rules take %d KB", size>>10)
	if size > 4<<20 {
		t.Error("more than 4 MB")
	}
	runtime.KeepAlive(patterns)
	runtime.KeepAlive(set)
}

func TestSetIsConcurrent(t *testing.T) {
	set := pattern.Compile(benchRules(200)...)
	p := mustParse(t, `{"source": ["aws.ec2"]}`)
	want, err := set.Match(cloudTrailEvent, nil)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				for _, event := range [][]byte{cloudTrailEvent, ec2Event} {
					if ok, err := p.Match(event); !ok || err != nil {
						t.Errorf("got %v, %v", ok, err)
					}
				}
				if got, err := set.Match(cloudTrailEvent, nil); err != nil || !slices.Equal(got, want) {
					t.Errorf("got %v, %v, want %v", got, err, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestSetAppends(t *testing.T) {
	var patterns []*pattern.Pattern
	for i := range 200 {
		patterns = append(patterns, mustParse(t, fmt.Sprintf(`{"$or": [{"a": ["x%d"]}, {"b": ["y"]}, {"c": ["y"]}]}`, i%3)))
	}
	got, err := pattern.Compile(patterns...).Match([]byte(`{"a": "x0", "b": "n", "c": "n"}`), []int{7})
	if err != nil || len(got) != 1+67 || got[0] != 7 || got[1] != 0 || !slices.IsSorted(got[1:]) {
		t.Errorf("got %v, %v", got, err)
	}
	if got, err := pattern.Compile(patterns...).Match([]byte(`{"b": "y", "c": "y"}`), nil); err != nil || len(got) != 200 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestAnalysisAgreesWithEvents(t *testing.T) {
	for seed := range uint64(300) {
		checkAnalysis(t, seed)
	}
}
