package localbus

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jobgen/jobgen/internal/model"
)

func TestPut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		b := New(Options{Start: f.start, Sink: l.add})
		if r := b.Put(PutEntry{Source: "a", Detail: json.RawMessage("{}")}); !errors.Is(r[0].Err, ErrNoProgram) {
			t.Errorf("before the first program: %v", r[0].Err)
		}
		other := rule("Other", "a")
		other.EventBus = model.Literal("arn:aws:events:us-east-1:123456789012:event-bus/orders")
		off := rule("Off", "a")
		off.State = model.Literal(model.Disabled)
		b.Swap(NewProgram(build(t, model.Function{}, rule("One", "a"), rule("Two", "b"), other, off)))
		id := put(t, b, "a", `{"x": "<&>"}`)
		idle(t, b)
		checkEnvelope(t, f, id)
		a := l.arrivals()[0]
		if a.ID != id || ids(a.Fires) != "[One]" || len(a.Silent) != 3 {
			t.Fatalf("%+v", a)
		}
		for i, want := range []string{`"a"`, "event bus orders", model.Disabled} {
			if !strings.Contains(a.Silent[i].Reason, want) {
				t.Errorf("%s: %s", a.Silent[i].Rule, a.Silent[i].Reason)
			}
		}
		if r := b.Put(PutEntry{Bus: "orders", Source: "a", Detail: json.RawMessage("{}")}); r[0].Err != nil {
			t.Error(r[0].Err)
		}
		idle(t, b)
		if len(f.handled("Job.OnOther")) != 1 || len(f.calls) != 2 {
			t.Errorf("%+v", f.calls)
		}
		closeBus(t, b)
		if f.open != 0 {
			t.Errorf("%d instances are open", f.open)
		}
		if r := b.Put(PutEntry{Source: "a", Detail: json.RawMessage("{}")}); !errors.Is(r[0].Err, ErrClosed) {
			t.Errorf("after Close: %v", r[0].Err)
		}
	})
}

// checkEnvelope checks the only event of TestPut that is handled.
func checkEnvelope(t *testing.T, f *functions, id string) {
	t.Helper()
	got := f.handled("Job.OnOne")
	if len(got) != 1 || len(f.calls) != 1 {
		t.Fatalf("calls of One: %q; %d in all", got, len(f.calls))
	}
	var event struct {
		ID, Source, Account, Region, Time, Version string
		Resources                                  []string
	}
	if err := json.Unmarshal([]byte(got[0]), &event); err != nil || event.ID != id || event.Source != "a" || event.Version != "0" ||
		event.Account == "" || event.Region == "" || event.Resources == nil || event.Time != "2000-01-01T00:00:00Z" {
		t.Errorf("%v: %s", err, got[0])
	}
	if !strings.Contains(got[0], `"x":"<&>"`) {
		t.Errorf("the detail is changed: %s", got[0])
	}
}

// TestCloseNamesWhatRuns closes a bus while a function runs, an event waits, and another one waits
// for its next attempt.
func TestCloseNamesWhatRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &functions{}
		f.answer = answerAfter(time.Minute)
		b := New(Options{Start: f.start, Processes: 1})
		closed := 0
		made := build(t, model.Function{}, rule("One", "a"))
		made.Close = func() { closed++ }
		b.Swap(NewProgram(made))
		first, second := put(t, b, "a", "{}"), put(t, b, "a", "{}")
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		left := b.Close(ctx)
		if len(left) != 2 || left[0].Events[0] != first || !left[0].Running || left[1].Events[0] != second || left[1].Running {
			t.Errorf("%+v", left)
		}
		if f.open != 0 || closed != 1 {
			t.Errorf("%d instances are open; the program is closed %d times", f.open, closed)
		}
	})
}
