package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// TestAnAnswerIsTheCallersAlone checks that changing an answer doesn't change other
// answers.
func TestAnAnswerIsTheCallersAlone(t *testing.T) {
	d := jobs.New(shopTable, (&shop{}).call).WithHandler("Shop.Typed")
	var all [][]byte
	for range 200 {
		answer, err := d.Invoke(t.Context(), []byte(event("shop", "Order Placed", `{"id":"o-1"}`)))
		if err != nil || string(answer) != "null" {
			t.Fatalf("%s, %v", answer, err)
		}
		all = append(all, answer)
		copy(answer, "done")
		_ = append(answer, " and more"...)
	}
	for i, answer := range all {
		if string(answer) != "done" {
			t.Fatalf("answer %d has become %s", i, answer)
		}
	}
}

func TestInvokeRunsTheJobsThatAPayloadIsFor(t *testing.T) {
	placed := event("shop", "Order Placed", `{"id":"o-1"}`)
	tests := map[string]struct {
		handler string
		payload string
		ran     []string
		answer  string
	}{
		"handler": {
			handler: "Shop.Typed", payload: placed, ran: []string{"Typed o-1"}, answer: "null",
		},
		"handler, an event that its pattern doesn't match": {
			handler: "Shop.Typed", payload: event("other", "x", `{"id":"o-2"}`), ran: []string{"Typed o-2"}, answer: "null",
		},
		"handler with the package's name": {
			handler: "shop.Shop.Typed", payload: placed, ran: []string{"Typed o-1"}, answer: "null",
		},
		"handler with the import path": {
			handler: "example.com/shop.Shop.Typed", payload: placed, ran: []string{"Typed o-1"}, answer: "null",
		},
		"handler, its result is the answer": {
			handler: "Shop.Struct", payload: event("x", "y", `{"id":"o-1","total":12.5}`), ran: []string{"Struct x o-1"}, answer: "12.5",
		},
		"handler, a result with HTML's letters": {
			handler: "Shop.Lambda", payload: placed, ran: []string{`Lambda {"id":"o-1"}`}, answer: `{"url":"<e-1&>"}`,
		},
		"handler, a job without an event": {
			handler: "Shop.None", payload: placed, ran: []string{"None"},
		},
		"handler, a job with an input": {
			handler: "Shop.Raw", payload: `["any JSON"]`, ran: []string{`Raw ["any JSON"]`}, answer: "null",
		},
		"envelope": {
			payload: enveloped("ShopTyped", placed), ran: []string{"Typed o-1"}, answer: "null",
		},
		"envelope, its result is the answer": {
			payload: enveloped("ShopStruct", event("struct", "y", `{"total":3}`)), ran: []string{"Struct struct"}, answer: "3",
		},
		"envelope, the rule alone decides": {
			payload: enveloped("ShopLambda", event("nobody's", "y", `{}`)), ran: []string{"Lambda {}"}, answer: `{"url":"<e-1&>"}`,
		},
		"envelope, a rule with an input": {
			payload: enveloped("DetailOnly", `"text"`), ran: []string{`Raw "text"`}, answer: "null",
		},
		"envelope, an unknown rule": {
			payload: enveloped("Renamed", placed), ran: []string{"Typed o-1"}, answer: "null",
		},
		"bare event": {
			payload: placed, ran: []string{"Typed o-1"}, answer: "null",
		},
		"bare event, its result is dropped": {
			payload: event("struct", "y", `{"total":3}`), ran: []string{"Struct struct"}, answer: "null",
		},
		"bare event, a result that is no JSON is dropped": {
			payload: event("none", "y", `{}`), ran: []string{"None"}, answer: "null",
		},
		"bare event, two jobs": {
			payload: event("shop", "Order Placed", `{"id":"lambda"}`), ran: []string{"Typed lambda", `Lambda {"id":"lambda"}`}, answer: "null",
		},
		"bare event, two rules of one job": {
			payload: event("none", "y", `{"id":"none"}`), ran: []string{"None", "None"}, answer: "null",
		},
		"bare event, a rule with an input": {
			payload: event("raw", "y", `{"a":[1,2]}`), ran: []string{`Raw {"a":[1,2]}`}, answer: "null",
		},
		"bare event under the package's name": {
			handler: "shop", payload: placed, ran: []string{"Typed o-1"}, answer: "null",
		},
		"bare event under the import path": {
			handler: "example.com/shop", payload: placed, ran: []string{"Typed o-1"}, answer: "null",
		},
		"bare event under a name that says nothing": {
			handler: "bootstrap", payload: placed, ran: []string{"Typed o-1"}, answer: "null",
		},
		"spaces around": {
			payload: " \n" + placed + "\t\n", ran: []string{"Typed o-1"}, answer: "null",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := &shop{}
			answer, err := invoke(t, s.dispatcher().WithHandler(tt.handler), tt.payload)
			if _, ok := errors.AsType[*jobs.ResultError](err); err != nil && (!ok || tt.answer != "") {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.ran, s.ran); diff != "" {
				t.Errorf("jobs that ran (-want +got):\n%s", diff)
			}
			if answer != tt.answer {
				t.Errorf("answer = %s, want %s", answer, tt.answer)
			}
		})
	}
}

func TestInvokeReadsTheHandlerFromTheEnvironment(t *testing.T) {
	t.Setenv("_HANDLER", "Shop.Struct")
	s := &shop{}
	d := jobs.New(shopTable, s.call)
	t.Setenv("_HANDLER", "Shop.None") // too late: it is read once
	answer, err := invoke(t, d, event("shop", "Order Placed", `{"total":1}`))
	if err != nil || answer != "1" {
		t.Errorf("answer = %s, %v, want 1 from Shop.Struct", answer, err)
	}
}

func TestInvokePassesTheContextOn(t *testing.T) {
	type key struct{}
	deadline := time.Now().Add(time.Hour)
	ctx, cancel := context.WithDeadline(context.WithValue(t.Context(), key{}, "kept"), deadline)
	defer cancel()
	s := &shop{}
	if _, err := s.dispatcher().Invoke(ctx, []byte(event("shop", "Order Placed", `{}`))); err != nil {
		t.Fatal(err)
	}
	if got, ok := s.ctx.Deadline(); !ok || !got.Equal(deadline) {
		t.Errorf("deadline = %v, %v, want %v", got, ok, deadline)
	}
	if s.ctx.Value(key{}) != "kept" {
		t.Error("the context's value is lost")
	}
}

func TestInvokeKeepsNothingBetweenEvents(t *testing.T) {
	s := &shop{}
	d := s.dispatcher()
	for _, payload := range []string{
		event("shop", "Order Placed", `{"id":"a"}`), `{"nonsense":1}`,
		event("shop", "Order Placed", `{}`), enveloped("ShopStruct", event("x", "y", `{}`)),
	} {
		_, _ = invoke(t, d, payload)
	}
	want := []string{"Typed a", "Typed", "Struct x"}
	if diff := cmp.Diff(want, s.ran); diff != "" {
		t.Errorf("jobs that ran (-want +got):\n%s", diff)
	}
}

func TestInvokeMayBeCalledConcurrently(t *testing.T) {
	seen := make(chan string, 100)
	d := jobs.New(shopTable, func(_ context.Context, job string, _ *dispatch.Payload) (any, error) {
		seen <- job
		return nil, nil
	}).WithHandler("shop")
	payload := []byte(event("shop", "Order Placed", `{}`))
	done := make(chan error)
	for range cap(seen) {
		go func() {
			_, err := d.Invoke(context.Background(), payload)
			done <- err
		}()
	}
	for range cap(seen) {
		if err := <-done; err != nil {
			t.Error(err)
		}
		if handler := <-seen; handler != "Shop.Typed" {
			t.Errorf("%s ran", handler)
		}
	}
}
