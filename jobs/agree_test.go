package jobs_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
	"github.com/jobgen/jobgen/pattern"
)

// chooser makes rules and events from few names and values, so that many rules match.
type chooser struct{ *rand.Rand }

func (c chooser) of(texts ...string) string { return texts[c.IntN(len(texts))] }

func (c chooser) value() string {
	return c.of(`"a"`, `"b"`, `"ab"`, `"10.0.0.1"`, `1`, `2.0`, `true`, `null`, `"\u0061"`, `"é"`)
}

func (c chooser) alternatives() string {
	var all []string
	for range 1 + c.IntN(2) {
		all = append(all, c.of(c.value(), c.value(), `{"prefix":"a"}`, `{"suffix":"b"}`, `{"exists":true}`, `{"exists":false}`,
			`{"anything-but":"a"}`, `{"anything-but":{"prefix":"a"}}`, `{"wildcard":"a*"}`, `{"wildcard":"*b*"}`,
			`{"numeric":[">",1]}`, `{"cidr":"10.0.0.0/8"}`, `{"equals-ignore-case":"A"}`))
	}
	return "[" + strings.Join(all, ",") + "]"
}

func (c chooser) pattern() string {
	fields := map[string]string{}
	for range 1 + c.IntN(4) {
		switch key := c.of("source", "source", "detail-type", "detail-type", "detail", "detail", "account", "resources", "x", "detail.k"); key {
		case "detail":
			fields[key] = fmt.Sprintf(`{%q:%s,%q:{%q:%s}}`, c.of("k", "l"), c.alternatives(), c.of("m", "n"), c.of("k", "l"), c.alternatives())
		case "source", "detail-type": // what guards are made of, mostly
			fields[key] = c.of(`["a"]`, `["b","ab"]`, `["c"]`, `["é"]`, c.alternatives())
		default:
			fields[key] = c.alternatives()
		}
	}
	var members []string
	for _, key := range []string{"source", "detail-type", "account", "resources", "x", "detail", "detail.k"} {
		if fields[key] != "" {
			members = append(members, fmt.Sprintf("%q:%s", key, fields[key]))
		}
	}
	if c.IntN(5) == 0 {
		members = append(members, fmt.Sprintf(`"$or":[{"region":%s},{"detail":{"k":%s}}]`, c.alternatives(), c.alternatives()))
	}
	return "{" + strings.Join(members, ",") + "}"
}

func (c chooser) json(depth int) string {
	switch n := c.IntN(6); {
	case n == 0 && depth > 0:
		return "[" + c.json(depth-1) + "," + c.json(depth-1) + "]"
	case n < 3 && depth > 0:
		return fmt.Sprintf(`{%q:%s,%q:%s}`, c.of("k", "l"), c.json(depth-1), c.of("m", "n", "k", "k.l"), c.json(depth-1))
	}
	return c.value()
}

// event makes an event. Some of its keys may be missing, unknown or repeated.
func (c chooser) event() string {
	members := []string{
		`"source":` + c.of(`"a"`, `"b"`, `"ab"`, `"\u0061"`, `"é"`, `""`), `"detail-type":` + c.of(`"a"`, `"b"`, `"c"`, `"\u0062"`),
		fmt.Sprintf(`"detail":{%q:%s,%q:%s}`, c.of("k", "l"), c.json(2), c.of("m", "n"), c.json(3)),
	}
	for range c.IntN(3) {
		members = append(members, c.of(`"account":`, `"resources":`, `"region":`, `"id":`)+c.json(1))
	}
	if c.IntN(4) == 0 {
		members = append(members, c.of(`"x":`, `"source":`, `"detail-type":`, `"detail.k":`, `"sourc\u0065":`)+c.of(`"a"`, `"b"`))
	}
	c.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + strings.Join(members, ",") + "}"
}

// agree compares a dispatcher whose rules have these patterns with the Match method of
// each pattern.
func agree(t *testing.T, patterns []string, events ...string) {
	t.Helper()
	table := &dispatch.Table{Package: "p", Path: "p"}
	var parsed []*pattern.Pattern
	for i, text := range patterns {
		p, err := pattern.Parse([]byte(text))
		if err != nil {
			continue
		}
		parsed = append(parsed, p)
		table.Rules = append(table.Rules, dispatch.Rule{ID: fmt.Sprint(i), Job: "T.M", Pattern: text})
	}
	d := jobs.New(table, (&shop{}).call).WithHandler("")
	for _, event := range events {
		matches, err := d.Matches([]byte(event))
		if foreign, ok := errors.AsType[*jobs.ForeignPayloadError](err); ok && foreign != nil {
			continue // it is no event to a dispatcher
		}
		var got, want []string
		for _, m := range matches {
			got = append(got, m.Rule.ID)
		}
		for i, p := range parsed {
			if ok, err := p.Match([]byte(event)); err != nil {
				t.Fatal(err)
			} else if ok {
				want = append(want, table.Rules[i].ID)
			}
		}
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("got %v, %v, want %v\nevent %s\n%s", got, err, want, event, strings.Join(patterns, "\n"))
		}
	}
}

func agreeOn(t *testing.T, seed uint64) {
	t.Helper()
	c := chooser{rand.New(rand.NewPCG(seed, 1))}
	patterns := make([]string, 1+c.IntN(12))
	for i := range patterns {
		patterns[i] = c.pattern()
	}
	events := make([]string, 8)
	for i := range events {
		events[i] = c.event()
	}
	agree(t, patterns, events...)
}

func TestDispatcherAgreesWithPatterns(t *testing.T) {
	seeds := uint64(3000)
	if testing.Short() {
		seeds = 300
	}
	for seed := range seeds {
		agreeOn(t, seed)
	}
}

func FuzzDispatcherAgrees(f *testing.F) {
	for seed := range uint64(50) {
		f.Add(seed)
	}
	f.Fuzz(agreeOn)
}

// TestDispatcherAgreesOnConformanceCases runs the cases that were recorded from the
// service, if the files exist. Each case's event is the detail of an event.
func TestDispatcherAgreesOnConformanceCases(t *testing.T) {
	files, _ := filepath.Glob("../../shared/conformance/*.ndjson")
	if len(files) == 0 {
		t.Skip("the conformance files are not beside the project")
	}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for i := 0; lines.Scan(); i++ {
			if testing.Short() && i%10 > 0 {
				continue
			}
			var c struct{ Pattern, Event json.RawMessage }
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			text, event := string(c.Pattern), string(c.Event)
			for _, s := range []*string{&text, &event} {
				if strings.HasPrefix(*s, `"`) {
					_ = json.Unmarshal([]byte(*s), s)
				}
			}
			agree(t, []string{`{"source":["s"],"detail":` + text + `}`, `{"detail":` + text + `}`, `{"source":["other"],"detail":` + text + `}`, text},
				`{"source":"s","detail-type":"t","detail":`+event+`}`, event)
		}
	}
}
