package jobstest_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
	"github.com/jobgen/jobgen/jobs/jobstest"
)

func TestFireRunsTheJobsThatAnEventIsFor(t *testing.T) {
	s := &shop{}
	fired := jobstest.Fire(t, s.dispatcher(t), jobstest.Event("shop", "Order Placed", order{ID: "o-1", Total: 200}))
	fired.Ran("Shop.Placed", "Shop.Audit", "Shop.Audit")
	var total float64
	fired.Answer("Shop.Placed", &total)
	if total != 200 {
		t.Errorf("answer = %v", total)
	}
	var rules []string
	for _, run := range fired.Runs {
		rules = append(rules, run.Rule+" "+run.Handler+" "+string(run.Answer))
	}
	want := []string{"Placed Shop.Placed 200", "Audit Shop.Audit null", "AuditAll Shop.Audit null"}
	if diff := cmp.Diff(want, rules); diff != "" {
		t.Error(diff)
	}
	if len(s.ran) != 3 || s.ran[1] != `Shop.Audit {"id":"o-1","total":200}` || s.ran[2] != "Shop.Audit "+string(fired.Runs[0].Payload) {
		t.Errorf("called with %q", s.ran)
	}
}

func TestFireTakesEventsInEveryForm(t *testing.T) {
	const text = `{"source": "shop", "detail-type": "<x>", "detail": {}}`
	for name, event := range map[string]any{"string": text, "bytes": []byte(text), "raw": raw(text)} {
		s := &shop{}
		fired := jobstest.Fire(t, s.dispatcher(t), event)
		fired.Ran("Shop.Audit")
		if string(fired.Runs[0].Payload) != "{}" || s.ran[0] != "Shop.Audit {}" {
			t.Errorf("%s: called with %q", name, s.ran)
		}
	}
}

func TestFireWithAnEventThatNothingWants(t *testing.T) {
	s := &shop{}
	fired := jobstest.Fire(t, s.dispatcher(t), jobstest.Event("other", "x", struct{}{}))
	fired.Ran()
	if len(fired.Runs) != 0 || s.ran != nil {
		t.Errorf("runs %v, called %v", fired.Runs, s.ran)
	}
}

// TestFireTakesDeliveries fires what a subscriber of a custom event bus delivers.
func TestFireTakesDeliveries(t *testing.T) {
	event := func(id string) string {
		return `{"source":"shop","detail-type":"x","detail":{"total":1,"name":"` + id + `"}}`
	}
	withMetadata := func(event string) string {
		return `{"Data":` + event + `,"Metadata":{},"SystemMetadata":{"aws:DeliveryType":"LIVE"}}`
	}
	for name, c := range map[string]struct {
		delivery any
		calls    []string
	}{
		"a list":                 {"[" + event("a") + "," + event("b") + "]", []string{`Shop.Audit {"total":1,"name":"a"}`, `Shop.Audit {"total":1,"name":"b"}`}},
		"with metadata":          {raw("[" + withMetadata(event("a")) + "," + withMetadata(event("b")) + "]"), []string{`Shop.Audit {"total":1,"name":"a"}`, `Shop.Audit {"total":1,"name":"b"}`}},
		"one with metadata":      {withMetadata(event("a")), []string{`Shop.Audit {"total":1,"name":"a"}`}},
		"a slice of Go's events": {[]jobs.Event[order]{jobstest.Event("shop", "x", order{Total: 1}), jobstest.Event("shop", "x", order{Total: 2})}, []string{`Shop.Audit {"total":1}`, `Shop.Audit {"total":2}`}},
	} {
		s := &shop{}
		fired := jobstest.Fire(t, s.dispatcher(t), c.delivery)
		want := make([]string, len(c.calls))
		for i, run := range fired.Runs {
			want[i] = "Shop.Audit"
			if run.Event != i {
				t.Errorf("%s: run %d is of event %d", name, i, run.Event)
			}
		}
		fired.Ran(want...)
		if diff := cmp.Diff(c.calls, s.ran); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		jobstest.Routes(t, s.dispatcher(t), c.delivery, want...)
	}
	placed := jobstest.Event("shop", "Order Placed", order{Total: 1})
	record(t, func(tb testing.TB) {
		jobstest.Fire(tb, (&shop{}).dispatcher(t), []any{placed, jobstest.Event("other", "x", struct{}{})}).Ran("Shop.Placed", "Shop.Audit")
	}).says(t, "the event is not for Shop.Placed\n\tevent 1: rule Placed: detail.total is 1", "event 2: rule Placed: source is \"other\"")
	record(t, func(tb testing.TB) {
		jobstest.Fire(tb, (&shop{}).dispatcher(t), []any{placed, jobstest.Event("dev-fails", "x", struct{}{})}).Ran("Shop.Audit", "Shop.Fails")
	}).says(t, "event 2: Shop.Fails (rule Fails) failed: ")
	record(t, func(tb testing.TB) { jobstest.Fire(tb, (&shop{}).dispatcher(t), []any{placed, 1}) }).says(t, "jobstest: event 2: ")
	record(t, func(tb testing.TB) { jobstest.Fire(tb, (&shop{}).dispatcher(t), "[]") }).says(t, "jobstest: the list is empty")
}

func TestFailed(t *testing.T) {
	s := &shop{}
	fired := jobstest.Fire(t, s.dispatcher(t), jobstest.Event("dev-fails", "x", struct{}{}))
	if err := fired.Failed("Shop.Fails"); !errors.Is(err, errNoStock) {
		t.Errorf("error = %v", err)
	}
	fired = jobstest.Fire(t, s.dispatcher(t), jobstest.Event("shop", "Order Placed", map[string]any{"total": 200, "id": 1}))
	if err, ok := errors.AsType[*jobs.DecodeError](fired.Failed("Shop.Placed")); !ok || err.Field != "detail.id" {
		t.Errorf("error = %v", err)
	}
}

func TestRoutesCallsNothing(t *testing.T) {
	s := &shop{}
	d := s.dispatcher(t)
	jobstest.Routes(t, d, jobstest.Event("shop", "Order Placed", order{Total: 200}), "Shop.Audit", "Shop.Placed")
	jobstest.Routes(t, d, jobstest.Event("dev-fails", "x", struct{}{}), "Shop.Fails")
	jobstest.Routes(t, d, jobstest.Event("other", "x", struct{}{}))
	if s.ran != nil {
		t.Errorf("called %v", s.ran)
	}
}

func TestFailuresSayWhatIsWrong(t *testing.T) {
	small := jobstest.Event("shop", "Order Placed", order{Total: 99})
	both := jobstest.Event("shop", "x", order{ID: "o-1"})
	fails := jobstest.Event("dev-fails", "x", struct{}{})
	tests := map[string]struct {
		test func(testing.TB, *jobs.Dispatcher)
		want []string
	}{
		"missing": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Fire(t, d, small).Ran("Shop.Placed", "Shop.Audit") },
			[]string{"the event is not for Shop.Placed\n\trule Placed: detail.total is 99, wants > 100\n"},
		},
		"missing, two reasons": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Routes(t, d, fails, "Shop.Placed", "Shop.Fails") },
			[]string{`rule Placed: source is "dev-fails", wants "shop"; detail-type is "x"`},
		},
		"missing, a parameter's value": {
			func(t testing.TB, d *jobs.Dispatcher) {
				jobstest.Routes(t, d, jobstest.Event("other", "x", order{}), "Shop.Fails")
			},
			[]string{`rule Fails: source is "other", wants "dev-fails"`},
		},
		"surplus": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Routes(t, d, small) },
			[]string{"the event is for Shop.Audit too, by Audit\n"},
		},
		"too few": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Routes(t, d, small, "Shop.Audit", "Shop.Audit") },
			[]string{"the event is for Shop.Audit 1 times, by Audit; want 2 times\n\trule AuditAll: detail.id is absent"},
		},
		"too many": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Routes(t, d, both, "Shop.Audit") },
			[]string{"the event is for Shop.Audit 2 times, by Audit, AuditAll; want 1 times\n"},
		},
		"misspelled": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Routes(t, d, small, "Shop.Adit", "Shop.Audit") },
			[]string{"the event is not for Shop.Adit: there is no such job; did you mean Shop.Audit?\n"},
		},
		"unknown": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Fire(t, d, small).Ran("Nothing.Alike", "Shop.Audit") },
			[]string{"there is no such job; the jobs are Shop.Placed, Shop.Audit, Shop.Fails\n"},
		},
		"failed": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Fire(t, d, fails).Ran("Shop.Fails") },
			[]string{"Shop.Fails (rule Fails) failed: no stock\n"},
		},
		"did not fail": {
			func(t testing.TB, d *jobs.Dispatcher) { _ = jobstest.Fire(t, d, small).Failed("Shop.Audit") },
			[]string{"Shop.Audit ran, and did not fail\n"},
		},
		"did not run": {
			func(t testing.TB, d *jobs.Dispatcher) { _ = jobstest.Fire(t, d, small).Failed("Shop.Fails") },
			[]string{"Shop.Fails did not run\n\trule Fails: source is"},
		},
		"no answer": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Fire(t, d, fails).Answer("Shop.Fails", new(int)) },
			[]string{"Shop.Fails (rule Fails) failed: no stock\n"},
		},
		"another answer": {
			func(t testing.TB, d *jobs.Dispatcher) {
				jobstest.Fire(t, d, jobstest.Event("shop", "Order Placed", order{Total: 200})).Answer("Shop.Placed", new(string))
			},
			[]string{"Shop.Placed answered 200: " + json.Unmarshal([]byte("200"), new(string)).Error()},
		},
		"no event": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Fire(t, d, `{"source":"a"}`) },
			[]string{`"detail-type" is missing`},
		},
		"detail as text": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Fire(t, d, jobstest.Event("a", "b", `{"id":"x"}`)) },
			[]string{`"detail" is a string, not an object`},
		},
		"no JSON": {
			func(t testing.TB, d *jobs.Dispatcher) { jobstest.Fire(t, d, jobstest.Event("a", "b", math.NaN())) },
			[]string{"the event can't be written as JSON"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := (&shop{}).dispatcher(t)
			got := record(t, func(tb testing.TB) { tt.test(tb, d) })
			got.says(t, tt.want...)
			if lines := strings.Count(got.log.String(), "\n"); lines > 2 {
				t.Errorf("it says more than that:\n%s", got.log.String())
			}
		})
	}
}

// TestDefaultsOfParameters fires a rule whose pattern has a parameter with a default. The
// environment overrides it.
func TestDefaultsOfParameters(t *testing.T) {
	d := jobs.New(&dispatch.Table{
		Package: "p", Path: "p", Defaults: []dispatch.Default{{Name: "JobstestShops", Value: "shop.a,shop.b"}},
		Rules: []dispatch.Rule{{
			ID: "R", Job: "T.M", Pattern: `{"source":["${JobstestShops}"]}`, Params: []string{"JobstestShops"}, Lists: []string{"JobstestShops"},
		}},
	}, (&shop{}).call)
	jobstest.Routes(t, d, jobstest.For(t, d, "R"), "T.M")
	jobstest.Routes(t, d, jobstest.Event("shop.b", "x", struct{}{}), "T.M")
	t.Setenv("JobstestShops", "shop.c")
	d = d.WithHandler("")
	jobstest.Routes(t, d, jobstest.Event("shop.b", "x", struct{}{}))
	jobstest.Routes(t, d, jobstest.Event("shop.c", "x", struct{}{}), "T.M")
}

func TestAMissingParameterEndsTheTest(t *testing.T) {
	d := jobs.New(&dispatch.Table{
		Package: "p", Path: "p",
		Rules: []dispatch.Rule{{ID: "R", Job: "T.M", Pattern: `{"source":["${JobstestGone}"]}`, Params: []string{"JobstestGone"}}},
	}, (&shop{}).call)
	got := record(t, func(tb testing.TB) { jobstest.Fire(tb, d, jobstest.Event("a", "b", struct{}{})) })
	got.says(t, "JobstestGone (rule R)")
	if !got.fatal {
		t.Error("the test went on")
	}
}
