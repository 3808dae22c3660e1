package jobs_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// one returns the dispatcher of a package with one job and one rule. The job records that
// it ran.
func one(path, handler, rule, pattern string, ran *[]string) *jobs.Dispatcher {
	table := &dispatch.Table{
		Package: path[strings.LastIndex(path, "/")+1:], Path: path,
		Rules: []dispatch.Rule{{ID: rule, Job: handler, Pattern: pattern}},
	}
	return jobs.New(table, func(context.Context, string, *dispatch.Payload) (any, error) {
		*ran = append(*ran, path+" "+handler)
		return handler, nil
	})
}

func TestMux(t *testing.T) {
	const pattern = `{"source":["shop"]}`
	bare := event("shop", "y", `{}`)
	tests := map[string]struct {
		handler, payload string
		ran              []string
	}{
		"bare event":                             {"", bare, []string{"a.com/x A.Run", "b.com/y B.Run", "c.com/y C.Run"}},
		"no package":                             {"bootstrap", bare, []string{"a.com/x A.Run", "b.com/y B.Run", "c.com/y C.Run"}},
		"name":                                   {"x", bare, []string{"a.com/x A.Run"}},
		"path":                                   {"b.com/y", bare, []string{"b.com/y B.Run"}},
		"name of two":                            {"y", bare, []string{"b.com/y B.Run", "c.com/y C.Run"}},
		"job":                                    {"C.Run", bare, []string{"c.com/y C.Run"}},
		"job with name":                          {"y.C.Run", bare, []string{"c.com/y C.Run"}},
		"job with path":                          {"b.com/y.B.Run", bare, []string{"b.com/y B.Run"}},
		"envelope":                               {"", enveloped("RuleB", bare), []string{"b.com/y B.Run"}},
		"envelope in name":                       {"y", enveloped("RuleC", bare), []string{"c.com/y C.Run"}},
		"envelope of a package that is left out": {"x", enveloped("RuleC", bare), []string{"a.com/x A.Run"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var ran []string
			d := jobs.Mux(
				one("a.com/x", "A.Run", "RuleA", pattern, &ran),
				jobs.Mux(one("b.com/y", "B.Run", "RuleB", pattern, &ran), one("c.com/y", "C.Run", "RuleC", pattern, &ran)),
			)
			if _, err := invoke(t, d.WithHandler(tt.handler), tt.payload); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.ran, ran); diff != "" {
				t.Errorf("ran (-want +got):\n%s", diff)
			}
		})
	}
}

// TestParametersOfSeveralPackages checks that the error has the missing parameters of all
// packages, and that it has priority over a value that makes a pattern invalid.
func TestParametersOfSeveralPackages(t *testing.T) {
	t.Setenv("Wild", "a**b")
	withParam := func(name, pattern string) *jobs.Dispatcher {
		return jobs.New(&dispatch.Table{
			Package: name, Path: name,
			Rules: []dispatch.Rule{{ID: name, Job: name + ".Run", Pattern: pattern, Params: []string{name}}},
		}, func(context.Context, string, *dispatch.Payload) (any, error) { return nil, nil })
	}
	const source, wildcard = `{"source":["${%}"]}`, `{"source":[{"wildcard":"${%}"}]}`
	gone := func(name string) *jobs.Dispatcher { return withParam(name, strings.ReplaceAll(source, "%", name)) }
	spoilt := withParam("Wild", strings.ReplaceAll(wildcard, "%", "Wild"))

	_, err := invoke(t, jobs.Mux(gone("Gone"), gone("Lost")), event("x", "y", `{}`))
	missing, ok := errors.AsType[*jobs.ParameterError](err)
	want := []jobs.MissingParameter{{Name: "Gone", Rule: "Gone"}, {Name: "Lost", Rule: "Lost"}}
	if !ok || !cmp.Equal(missing.Missing, want) {
		t.Errorf("error = %v", err)
	}
	if _, err = invoke(t, jobs.Mux(spoilt, gone("Gone")), event("x", "y", `{}`)); !errors.As(err, &missing) {
		t.Errorf("error = %v, want a ParameterError", err)
	}
	_, err = invoke(t, spoilt, event("x", "y", `{}`))
	if _, ok := errors.AsType[*jobs.PatternError](err); !ok {
		t.Errorf("error = %v, want a PatternError", err)
	}
}

func TestMuxReadsTheHandlerFromTheEnvironment(t *testing.T) {
	t.Setenv("_HANDLER", "B.Run")
	var ran []string
	d := jobs.Mux(one("a", "A.Run", "A", `{"source":["x"]}`, &ran), one("b", "B.Run", "B", `{"source":["x"]}`, &ran))
	if answer, err := invoke(t, d, event("x", "y", `{}`)); err != nil || answer != `"B.Run"` {
		t.Errorf("answer %s, %v", answer, err)
	}
}

func TestMuxRefusesAHandlerOfAnotherPackage(t *testing.T) {
	var ran []string
	d := jobs.Mux(one("a.com/x", "A.Run", "A", `{"source":["x"]}`, &ran), one("b.com/y", "B.Run", "B", `{"source":["x"]}`, &ran))
	for _, handler := range []string{"x.B.Run", "a.com/x.B.Run", "a.com/x.", "z.A.Run"} {
		_, err := invoke(t, d.WithHandler(handler), event("x", "y", `{}`))
		if _, ok := errors.AsType[*jobs.UnknownHandlerError](err); !ok {
			t.Errorf("%s: error = %v", handler, err)
		}
	}
	if ran != nil {
		t.Errorf("ran %v", ran)
	}
}

func TestMuxRefusesWhatItCouldNotTellApart(t *testing.T) {
	var ran []string
	make := func(path, handler, rule string) *jobs.Dispatcher {
		return one(path, handler, rule, `{"source":["x"]}`, &ran)
	}
	tests := map[string]struct {
		ds   []*jobs.Dispatcher
		want []string
	}{
		"job":     {[]*jobs.Dispatcher{make("a.com/x", "T.M", "A"), make("b.com/x", "T.M", "B")}, []string{"a.com/x", "b.com/x", "the job T.M", "//jobs:package handler"}},
		"rule":    {[]*jobs.Dispatcher{make("a.com/x", "T.M", "R"), make("b.com/x", "U.M", "R")}, []string{"a.com/x", "b.com/x", "the rule R", "event_rule id"}},
		"twice":   {[]*jobs.Dispatcher{make("a.com/x", "T.M", "A"), make("a.com/x", "T.M", "A")}, []string{"a.com/x", "T.M"}},
		"third":   {[]*jobs.Dispatcher{make("a", "T.M", "A"), make("b", "U.M", "B"), make("c", "V.M", "B")}, []string{"packages b and c", "rule B"}},
		"nil":     {[]*jobs.Dispatcher{make("a", "T.M", "A"), nil}, []string{"dispatcher 2 is nil"}},
		"nothing": {nil, []string{"no dispatcher"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			defer func() {
				text, _ := recover().(string)
				for _, want := range tt.want {
					if !strings.Contains(text, want) {
						t.Errorf("panic %q doesn't say %q", text, want)
					}
				}
			}()
			jobs.Mux(tt.ds...)
		})
	}
}

// TestMuxJoinsPackagesWithAName checks that a name in front of a package's handlers
// distinguishes them from those of another package.
func TestMuxJoinsPackagesWithAName(t *testing.T) {
	bare := event("shop", "y", `{}`)
	tests := map[string]struct {
		handler, payload, ran string
	}{
		"first":             {"T.M", bare, "a.com/x T.M"},
		"second":            {"orders.T.M", bare, "b.com/x orders.T.M"},
		"with path":         {"b.com/x.orders.T.M", bare, "b.com/x orders.T.M"},
		"envelope":          {"", enveloped("OrdersTM", bare), "b.com/x orders.T.M"},
		"exactly another's": {"x.T.M", bare, "d.com/d x.T.M"},
		"path of the first": {"a.com/x.T.M", bare, "a.com/x T.M"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var ran []string
			d := jobs.Mux(
				one("a.com/x", "T.M", "TM", `{"source":["shop"]}`, &ran),
				one("b.com/x", "orders.T.M", "OrdersTM", `{"source":["shop"]}`, &ran),
				one("d.com/d", "x.T.M", "D", `{"source":["d"]}`, &ran),
			)
			if _, err := invoke(t, d.WithHandler(tt.handler), tt.payload); err != nil || len(ran) != 1 || ran[0] != tt.ran {
				t.Errorf("ran %v, error %v", ran, err)
			}
		})
	}
	unknown, ok := errors.AsType[*jobs.UnknownHandlerError](handlerError(t, "orders.T.N"))
	if !ok || unknown.Nearest != "orders.T.M" {
		t.Errorf("nearest = %+v", unknown)
	}
}

// handlerError invokes a package with the job orders.T.M, with another handler, and returns
// the error.
func handlerError(t *testing.T, handler string) error {
	var ran []string
	d := one("b.com/x", "orders.T.M", "OrdersTM", `{"source":["shop"]}`, &ran)
	_, err := invoke(t, d.WithHandler(handler), event("shop", "y", `{}`))
	return err
}
