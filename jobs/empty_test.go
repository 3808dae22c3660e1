package jobs_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// options decodes a rule's input.
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
var sentTable = &dispatch.Table{
	Package: "sent", Path: "example.com/sent",
	Rules: []dispatch.Rule{
		{ID: "Hourly", Job: "Sent.Options", Pattern: `{"source":["hourly"]}`, Input: &dispatch.Input{Constant: `{"mode":"full"}`}},
		{ID: "Made", Job: "Sent.Options", Pattern: `{"source":["made"]}`, Input: &dispatch.Input{Template: `{"mode":<m>}`, Paths: []dispatch.PathVar{{Name: "m", Path: "$.detail.mode"}}}},
		{ID: "Part", Job: "Sent.Part", Pattern: `{"source":["part"]}`, Input: &dispatch.Input{Path: "$.detail"}},
		{ID: "Empty", Job: "Sent.Empty", Pattern: `{"source":["empty"]}`, Input: &dispatch.Input{Constant: `{}`}},
	},
}

// TestNoJobGetsAnEmptyStruct checks that a job whose rules send objects with fields of its
// struct is not called for an object with none of them.
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
			d := jobs.New(sentTable, func(_ context.Context, _ string, p *dispatch.Payload) (any, error) {
				var e options
				decodeOptions(p.Decoder(), &e)
				err := dispatch.End(p, &e)
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
