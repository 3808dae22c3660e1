package jobs_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

func TestMatchesTellsWhatAnEventFiresAndCallsNothing(t *testing.T) {
	s := &shop{}
	lambda := event("shop", "Order Placed", `{"id":"lambda"}`)
	tests := map[string]struct {
		payload string
		want    []string // rule, handler, payload
	}{
		"none":  {event("x", "y", `{}`), nil},
		"two":   {lambda, []string{"ShopTyped Shop.Typed " + lambda, "ShopLambda Shop.Lambda " + lambda}},
		"input": {event("raw", "y", `{"a": 1}`), []string{`DetailOnly Shop.Raw {"a": 1}`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			matches, err := s.dispatcher().Matches([]byte(tt.payload))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range matches {
				got = append(got, m.Rule.ID+" "+m.Rule.Handler+" "+string(m.Payload))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if s.ran != nil {
		t.Errorf("ran %v", s.ran)
	}
}

func TestMatchesAndTheHandler(t *testing.T) {
	var ran []string
	const pattern = `{"source":["shop"]}`
	d := jobs.Mux(one("a.com/x", "A.Run", "RuleA", pattern, &ran), one("b.com/y", "B.Run", "RuleB", pattern, &ran))
	for handler, want := range map[string]int{"": 2, "x": 1, "A.Run": 2} {
		matches, err := d.WithHandler(handler).Matches([]byte(event("shop", "y", `{}`)))
		if err != nil || len(matches) != want {
			t.Errorf("handler %q: %d rules, %v, want %d", handler, len(matches), err, want)
		}
	}
}

func TestMatchesRefusesWhatInvokeRefuses(t *testing.T) {
	d := (&shop{}).dispatcher()
	_, err := d.Matches([]byte(`{"Records":[]}`))
	errorOf[*jobs.ForeignPayloadError](t)("foreign", err)
	table := *shopTable
	table.Rules = []dispatch.Rule{{ID: "Gone", Job: jobRaw, Pattern: `{"source":["raw"]}`, Input: &dispatch.Input{Path: "$.detail.gone"}}}
	_, err = jobs.New(&table, (&shop{}).call).Matches([]byte(event("raw", "y", `{}`)))
	errorOf[*jobs.InputError](t)("input", err)
}

func TestRulesAndHandlers(t *testing.T) {
	d := (&shop{}).dispatcher()
	rules := d.Rules()
	want := jobs.RuleInfo{ID: "NoneAgain", Package: "example.com/shop", Handler: "Shop.None", Pattern: `{"detail":{"id":["none"]}}`}
	if len(rules) != len(shopTable.Rules) || rules[5] != want {
		t.Errorf("rules = %+v", rules)
	}
	if got := strings.Join(d.Handlers(), " "); got != "Shop.Typed Shop.Lambda Shop.Raw Shop.Struct Shop.None Shop.Panics" {
		t.Errorf("handlers = %s", got)
	}
}

func TestRulesHaveTheValuesOfTheirParameters(t *testing.T) {
	const pattern = `{"source":["${Stage}"],"detail-type":["${JobsTestGone}"]}`
	t.Setenv("Stage", "dev")
	d := jobs.New(withParams(pattern, "Stage", "JobsTestGone"), (&shop{}).call)
	if got := d.Rules()[0].Pattern; got != pattern {
		t.Errorf("one value is missing, but the pattern is %s", got)
	}
	t.Setenv("JobsTestGone", "here")
	if got := d.Rules()[0].Pattern; got != `{"source":["dev"],"detail-type":["here"]}` {
		t.Errorf("pattern = %s", got)
	}
}

// TestADetailIsNoList checks that a detail is an object, whose fields need not be matched
// element by element, and that the last of several details is matched.
func TestADetailIsNoList(t *testing.T) {
	d := jobs.New(withParams(`{"detail":{"a":[1],"b":[2]}}`), (&shop{}).call)
	for payload, want := range map[string]int{
		event("x", "y", `[{"a":1,"b":2}],"detail":{"a":1,"b":2}`): 1,
		event("x", "y", `[{"a":1,"b":2}],"detail":{"a":1}`):       0,
		event("x", "y", `{"a":1},"detail":{"b":2}`):               0,
	} {
		if matches, err := d.Matches([]byte(payload)); err != nil || len(matches) != want {
			t.Errorf("%s: %d rules, %v, want %d", payload, len(matches), err, want)
		}
	}
}

func withParams(pattern string, params ...string) *dispatch.Table {
	return &dispatch.Table{
		Package: "p", Path: "p",
		Rules: []dispatch.Rule{{ID: "R", Pattern: pattern, Params: params, Job: "Shop.Typed"}},
	}
}

func TestParametersComeFromTheEnvironment(t *testing.T) {
	tests := map[string]struct {
		pattern string
		params  []string
		source  string // of an event that matches, as JSON
	}{
		"whole":          {`{"source":["${Stage}"]}`, []string{"Stage"}, `"dev"`},
		"part":           {`{"source":["shop-${Stage}-1"]}`, []string{"Stage"}, `"shop-dev-1"`},
		"two":            {`{"source":["${Stage}${Odd}"]}`, []string{"Stage", "Odd"}, `"dev\"\\<&>\u0001ü"`},
		"escaped":        {`{"source":["${Odd}"]}`, []string{"Odd"}, `"\"\\<&>\u0001ü"`},
		"empty":          {`{"source":["a${Empty}b"]}`, []string{"Empty"}, `"ab"`},
		"literal":        {`{"source":["$${Stage}${Stage}"]}`, []string{"Stage"}, `"${Stage}dev"`},
		"dollars":        {`{"source":["$$x$$${Stage}"],"detail-type":["${Stage}"]}`, []string{"Stage"}, `"$$x$${Stage}"`},
		"never closed":   {`{"source":["${Stage"]}`, []string{"Stage"}, `"${Stage"`},
		"value not read": {`{"source":["${Nested}"]}`, []string{"Nested"}, `"${Stage}"`},
		"no parameters":  {`{"source":["${Stage}$${x}"]}`, nil, `"${Stage}$${x}"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv("Stage", "dev")
			t.Setenv("Odd", "\"\\<&>\x01ü")
			t.Setenv("Empty", "")
			t.Setenv("Nested", "${Stage}")
			s := &shop{}
			d := jobs.New(withParams(tt.pattern, tt.params...), s.call).WithHandler("")
			_, err := invoke(t, d, `{"source":`+tt.source+`,"detail-type":"dev","detail":{}}`)
			if err != nil || len(s.ran) != 1 {
				t.Errorf("ran %v, %v", s.ran, err)
			}
		})
	}
}

func TestAMissingParameterIsAnError(t *testing.T) {
	t.Setenv("Stage", "dev")
	table := withParams(`{"source":["${Gone}","${Stage}","${Lost}"]}`, "Gone", "Stage", "Lost")
	table.Rules = append(table.Rules, dispatch.Rule{ID: "Other", Pattern: `{"source":["shop"]}`})
	s := &shop{}
	d := jobs.New(table, s.call).WithHandler("")
	_, err := invoke(t, d, event("shop", "y", `{}`))
	missing, ok := errors.AsType[*jobs.ParameterError](err)
	want := []jobs.MissingParameter{{Name: "Gone", Rule: "R"}, {Name: "Lost", Rule: "R"}}
	if !ok || !cmp.Equal(missing.Missing, want) || s.ran != nil {
		t.Fatalf("error = %v, ran %v", err, s.ran)
	}
	for _, part := range []string{"Gone (rule R), Lost (rule R)", "environment variables"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in: %s", part, err)
		}
	}
	if _, err := invoke(t, d, enveloped("R", event("x", "y", `{}`))); err != nil {
		t.Errorf("an envelope needs no parameter, but: %v", err)
	}
	if _, err := invoke(t, d.WithHandler("Shop.Typed"), event("x", "y", `{}`)); err != nil {
		t.Errorf("a handler needs no parameter, but: %v", err)
	}
}

func TestAParameterThatSpoilsThePattern(t *testing.T) {
	t.Setenv("Wild", "a**b")
	d := jobs.New(withParams(`{"source":[{"wildcard":"${Wild}"}]}`, "Wild"), (&shop{}).call).WithHandler("")
	_, err := invoke(t, d, event("x", "y", `{}`))
	spoilt, ok := errors.AsType[*jobs.PatternError](err)
	if !ok || spoilt.Rule != "R" || errors.Unwrap(spoilt) == nil || !strings.Contains(err.Error(), "a**b") {
		t.Errorf("error = %v, want a PatternError", err)
	}
}
