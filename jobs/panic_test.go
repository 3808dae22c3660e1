package jobs_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

func TestAPanicBecomesAnError(t *testing.T) {
	payload := event("panics", "y", `{}`)
	for name, tt := range map[string]struct{ handler, payload, rule string }{
		"handler":  {"Shop.Panics", payload, ""},
		"envelope": {"", enveloped("ShopPanics", payload), "ShopPanics"},
		"bare":     {"", payload, "ShopPanics"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &shop{boom: "out of stock"}
			d := s.dispatcher().WithHandler(tt.handler)
			_, err := invoke(t, d, tt.payload)
			panicked, ok := err.(*jobs.PanicError)
			if !ok || panicked.Handler != "Shop.Panics" || panicked.Rule != tt.rule || panicked.Value != "out of stock" {
				t.Fatalf("error = %#v", err)
			}
			if !strings.Contains(string(panicked.Stack), "(*shop).call") {
				t.Errorf("stack:\n%s", panicked.Stack)
			}
			if _, err := invoke(t, d, tt.payload); !errors.As(err, &panicked) || len(s.ran) != 2 {
				t.Errorf("the second event: %v, ran %v", err, s.ran)
			}
		})
	}
}

func TestAPanicsTextHoldsTheStackBelowIt(t *testing.T) {
	_, err := invoke(t, (&shop{boom: "out of stock"}).dispatcher(), event("panics", "y", `{}`))
	first, stack, ok := strings.Cut(err.Error(), "\n\n")
	if want := "jobs: Shop.Panics (rule ShopPanics): panic: out of stock"; !ok || first != want {
		t.Errorf("text begins %q, want %q", first, want)
	}
	if !strings.HasPrefix(stack, "github.com/jobgen/jobgen/jobs_test.(*shop).call(") {
		t.Errorf("the stack doesn't begin at the panic:\n%s", stack)
	}
	if strings.Contains(stack, "Invoke") || strings.Contains(stack, "debug.Stack") {
		t.Errorf("the stack holds the dispatcher's own frames:\n%s", stack)
	}
}

func TestAPanicWithAnErrorIsThatError(t *testing.T) {
	_, err := invoke(t, (&shop{boom: io.ErrNoProgress}).dispatcher(), event("panics", "y", `{}`))
	if !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("error = %v", err)
	}
	_, err = invoke(t, (&shop{boom: nil}).dispatcher(), event("panics", "y", `{}`))
	errorOf[*jobs.PanicError](t)("panic(nil)", err)
}

// boom is a result that can't be encoded.
type boom struct{}

func (boom) MarshalJSON() ([]byte, error) { panic("in MarshalJSON") }

func TestAPanicOfAResultBecomesAnError(t *testing.T) {
	table := &dispatch.Table{
		Package: "p", Path: "p",
		Rules: []dispatch.Rule{{ID: "R", Job: "T.M", Pattern: `{"source":["a"]}`}},
	}
	d := jobs.New(table, func(context.Context, string, *dispatch.Payload) (any, error) { return boom{}, nil })
	_, err := invoke(t, d, enveloped("R", event("a", "b", `{}`)))
	if panicked, ok := errors.AsType[*jobs.PanicError](err); !ok || panicked.Value != "in MarshalJSON" {
		t.Errorf("error = %v", err)
	}
	if answer, err := invoke(t, d, event("a", "b", `{}`)); err != nil || answer != "null" {
		t.Errorf("a result that is dropped is not written, but: %s, %v", answer, err)
	}
}

func TestAPanicsTextIsBounded(t *testing.T) {
	_, err := invoke(t, (&shop{boom: strings.Repeat("x", 1<<20)}).dispatcher(), event("panics", "y", `{}`))
	if n := len(err.Error()); n > 10_000 {
		t.Errorf("%d bytes", n)
	}
	made := &jobs.PanicError{Handler: "T.M", Value: 1, Stack: []byte(strings.Repeat("frame\n", 1<<16))}
	if n := len(made.Error()); n > 10_000 {
		t.Errorf("%d bytes", n)
	}
}
