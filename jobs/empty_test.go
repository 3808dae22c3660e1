package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
)

// options decodes what a rule sends instead of the event.
type options struct {
	Mode string `json:"mode"`
}

func decodeOptions(d *decode.Decoder, v *options) {
	for end := d.Object(); d.Member(end, decode.Names("mode")); {
		if string(d.Key()) == "mode" {
			d.Text(&v.Mode)
		} else {
			d.Other("mode")
		}
	}
}

// sentTable has a job for each kind of input.
var sentTable = &jobs.Table{
	Package: "sent", Path: "example.com/sent",
	Rules: []jobs.Rule{
		{ID: "Hourly", Job: "Sent.Options", Pattern: `{"source":["hourly"]}`, Input: &jobs.Input{Constant: `{"mode":"full"}`}},
		{ID: "Made", Job: "Sent.Options", Pattern: `{"source":["made"]}`, Input: &jobs.Input{Template: `{"mode":<m>}`, Paths: []jobs.PathVar{{Name: "m", Path: "$.detail.mode"}}}},
		{ID: "Part", Job: "Sent.Part", Pattern: `{"source":["part"]}`, Input: &jobs.Input{Path: "$.detail"}},
		{ID: "Empty", Job: "Sent.Empty", Pattern: `{"source":["empty"]}`, Input: &jobs.Input{Constant: `{}`}},
	},
}

// TestNoJobGetsAnEmptyStruct: a job whose rules send an object with fields of their own
// is not called for another object, which would leave its struct empty.
func TestNoJobGetsAnEmptyStruct(t *testing.T) {
	const sample = `{"key1":"value1","key2":"value2"}` // what Lambda's console offers for a test
	const batch = `{"Records":[{"eventSource":"aws:sqs"}]}`
	for name, test := range map[string]struct {
		handler, payload string
		called           bool
	}{
		"what the rule sends":            {"Sent.Options", `{"mode":"full"}`, true},
		"another value":                  {"Sent.Options", `{"mode":""}`, true},
		"another letter case":            {"Sent.Options", `{"MODE":"full"}`, true},
		"a null":                         {"Sent.Options", `{"mode":null}`, true},
		"more fields":                    {"Sent.Options", `{"a":1,"mode":"full"}`, true},
		"an event":                       {"Sent.Options", event("x", "y", `{}`), false},
		"other fields":                   {"Sent.Options", sample, false},
		"a batch":                        {"Sent.Options", batch, false},
		"no field":                       {"Sent.Options", ` { } `, false},
		"null":                           {"Sent.Options", `null`, false},
		"a part has what the event has":  {"Sent.Part", sample, true},
		"an empty part":                  {"Sent.Part", `{}`, true},
		"a null for a part":              {"Sent.Part", `null`, false},
		"an empty constant":              {"Sent.Empty", `{}`, true},
		"package: what the rule sends":   {"", enveloped("Hourly", `{"mode":"full"}`), true},
		"package: what a template makes": {"", enveloped("Made", `{"mode":"full"}`), true},
		"package: other fields":          {"", enveloped("Hourly", sample), false},
		"package: no field":              {"", enveloped("Made", `{}`), false},
		"package: null":                  {"", enveloped("Hourly", `null`), false},
		"package: an event":              {"", enveloped("Hourly", event("hourly", "y", `{}`)), false},
		"package: a part":                {"", enveloped("Part", sample), true},
		"package: an event that is bare": {"", event("hourly", "x", `{}`), true},
	} {
		t.Run(name, func(t *testing.T) {
			called := false
			d := jobs.New(sentTable, func(_ context.Context, _ string, p *jobs.Payload) (any, error) {
				var e options
				decodeOptions(p.Decoder(), &e)
				err := jobs.End(p, &e)
				called = err == nil
				return nil, err
			})
			_, err := invoke(t, d.WithHandler(test.handler), test.payload)
			if called != test.called {
				t.Fatalf("called: %v (%v), want %v", called, err, test.called)
			}
			if decode, ok := errors.AsType[*jobs.DecodeError](err); !test.called && (!ok || decode.Handler != "Sent.Options" && decode.Handler != "Sent.Part") {
				t.Errorf("the error is %#v", err)
			}
		})
	}
}

// TestTakesNone holds what encoding/json has a field for against structs of all kinds.
func TestTakesNone(t *testing.T) {
	type inner struct{ In int }
	type pair[T any] struct{ Left, Right T }
	check(t, pair[int]{}, `{"right":0}`, false)
	check(t, pair[[]byte]{}, `{"right":""}`, false)
	check(t, pair[any]{}, `{"LEFT":null}`, false)
	check(t, pair[json.RawMessage]{}, `{"left":0}`, false)
	check(t, pair[json.Number]{}, `{"left":0}`, false)
	check(t, pair[time.Time]{}, `{"left":"0001-01-01T00:00:00Z"}`, false)
	check(t, pair[map[string]int]{}, `{"left":{}}`, false)
	check(t, pair[*inner]{}, `{"left":null}`, false)
	check(t, pair[bool]{}, `{"left":false}`, false)
	check(t, pair[[0]int]{}, `{"left":[]}`, false)
	check(t, pair[int]{}, `{"up":0}`, true)
	check(t, struct{ inner }{}, `{"in":0}`, false)
	check(t, struct{ inner }{}, `{"inner":{}}`, true)
	check(t, struct{}{}, `{"a":1}`, false)
	check(t, struct {
		F func() `json:"-"`
	}{}, `{"a":1}`, false)
	check(t, struct {
		A int `json:"a,string"`
	}{}, `{"a":"0"}`, false)
}

func check[E any](t *testing.T, _ E, payload string, want bool) {
	t.Helper()
	_, err := jobs.DecodeFixed[E]([]byte(payload))
	if (err != nil) != want {
		t.Errorf("%T of %s: %v", *new(E), payload, err)
	}
}
