package localbus

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
)

// counted returns a program that counts how often it is closed.
func counted(t *testing.T, closed *atomic.Int32, binary string, rules ...*model.Rule) *Program {
	b := build(t, model.Function{}, rules...)
	b.Binary = binary
	b.Close = func() { closed.Add(1) }
	return NewProgram(b)
}

// TestSwapLosesNothing puts 1,000 events from several goroutines while the program is replaced ten
// times. Each event fires two rules, one of them with a queue, and is handled once for each.
func TestSwapLosesNothing(t *testing.T) {
	const events, swaps, senders = 1000, 10, 4
	f, l := &functions{}, &log{}
	f.answer = func(c fakeCall) runtimeapi.Result {
		time.Sleep(50 * time.Microsecond)
		return runtimeapi.Result{RequestID: "r", Payload: []byte("null")}
	}
	b := New(Options{Start: f.start, Sink: l.add})
	var closed atomic.Int32
	program := func(n int) *Program {
		queued := rule("Queued", "a")
		queued.Queue = &model.Queue{Batch: 7}
		return counted(t, &closed, fmt.Sprint("build", n), rule("Direct", "a"), queued, rule("None", "b"))
	}
	b.Swap(program(0))
	var sending sync.WaitGroup
	for range senders {
		sending.Go(func() {
			for range events / senders {
				put(t, b, "a", "{}")
			}
		})
	}
	for n := range swaps {
		time.Sleep(3 * time.Millisecond)
		b.Swap(program(n + 1))
	}
	sending.Wait()
	idle(t, b)
	if n := closed.Load(); n != swaps {
		t.Errorf("before Close, %d programs are closed, want %d", n, swaps)
	}
	closeBus(t, b)
	if f.open != 0 || closed.Load() != swaps+1 {
		t.Errorf("%d instances are open, %d programs are closed", f.open, closed.Load())
	}
	once(t, l, events)
	binaries := map[string]bool{}
	for _, c := range f.calls {
		binaries[c.binary] = true
	}
	if len(binaries) < 3 {
		t.Errorf("the events ran in %d programs; the test needs several", len(binaries))
	}
}

// once checks that each event was handled once for each of its two rules.
func once(t *testing.T, l *log, events int) {
	t.Helper()
	if n := len(l.arrivals()); n != events {
		t.Errorf("%d events arrived", n)
	}
	handled := map[string]int{}
	for _, inv := range l.invocations() {
		if inv.IsFailure() {
			t.Fatalf("%+v", inv)
		}
		for _, id := range inv.Events {
			handled[inv.Rules[0]+" "+id]++
		}
	}
	for _, a := range l.arrivals() {
		for _, id := range []string{"Direct", "Queued"} {
			if n := handled[id+" "+a.ID]; n != 1 {
				t.Errorf("rule %s handled event %s %d times", id, a.ID, n)
			}
		}
	}
	if len(handled) != 2*events {
		t.Errorf("%d pairs of event and rule", len(handled))
	}
}

// notYet fails the first call of a function.
func notYet(c fakeCall) runtimeapi.Result {
	if c.number == 1 {
		return failure("not yet")
	}
	return runtimeapi.Result{RequestID: "r", Payload: []byte("null")}
}

// TestSwapKeepsRemovedRule replaces the program by one without the rule while an event waits for
// its retry: the retry goes to the old program, which is closed after it. The retry of a rule that
// is still there goes to the new program.
func TestSwapKeepsRemovedRule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &functions{}
		f.answer = notYet
		b := New(Options{Start: f.start})
		var closed, current atomic.Int32
		b.Swap(counted(t, &closed, "old", rule("Stays", "a"), rule("Goes", "a")))
		put(t, b, "a", "{}")
		synctest.Wait()
		b.Swap(counted(t, &current, "new", rule("Stays", "a")))
		synctest.Wait()
		if closed.Load() != 0 {
			t.Error("the old program is closed before its event is handled")
		}
		idle(t, b)
		synctest.Wait()
		ran := map[string]string{}
		for _, c := range f.calls {
			ran[c.handler+fmt.Sprint(c.number)] = c.binary
		}
		if len(f.calls) != 4 || ran["Job.OnStays2"] != "new" || ran["Job.OnGoes2"] != "old" {
			t.Errorf("%v", ran)
		}
		if closed.Load() != 1 || current.Load() != 0 {
			t.Errorf("closed: the old program %d times, the new one %d times", closed.Load(), current.Load())
		}
		closeBus(t, b)
	})
}

// TestSwapKeepsQueue removes a rule with a queue while a message is not yet visible again.
func TestSwapKeepsQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &functions{}
		f.answer = notYet
		b := New(Options{Start: f.start})
		var closed, current atomic.Int32
		queued := rule("Queued", "a")
		queued.Queue = &model.Queue{}
		b.Swap(counted(t, &closed, "old", queued))
		put(t, b, "a", "{}")
		synctest.Wait()
		b.Swap(counted(t, &current, "new", rule("Other", "b")))
		idle(t, b)
		synctest.Wait()
		if len(f.calls) != 2 || f.calls[1].binary != "old" || closed.Load() != 1 {
			t.Errorf("%+v; the old program is closed %d times", f.calls, closed.Load())
		}
		closeBus(t, b)
		if f.open != 0 || current.Load() != 1 {
			t.Errorf("%d instances are open; the new program is closed %d times", f.open, current.Load())
		}
	})
}

// TestBackpressure puts more events than may wait. Each event that Put takes is handled.
func TestBackpressure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &functions{}
		release := make(chan struct{})
		f.answer = func(fakeCall) runtimeapi.Result {
			<-release
			return runtimeapi.Result{RequestID: "r", Payload: []byte("null")}
		}
		b := New(Options{Start: f.start, Processes: 3})
		b.Swap(NewProgram(build(t, model.Function{}, rule("One", "a"))))
		b.maxLive, b.maxBytes = 500, 1<<20
		detail := json.RawMessage(`{"x": "` + strings.Repeat("x", 10<<10) + `"}`)
		taken, refused := 0, 0
		for range 200 {
			if r := b.Put(PutEntry{Source: "a", Detail: detail}); errors.Is(r[0].Err, ErrBusy) {
				refused++
			} else if r[0].Err == nil {
				taken++
			} else {
				t.Fatal(r[0].Err)
			}
		}
		synctest.Wait()
		if f.started != 3 {
			t.Errorf("%d processes", f.started)
		}
		if refused == 0 || taken*len(detail) > b.maxBytes {
			t.Errorf("%d taken, %d refused", taken, refused)
		}
		close(release)
		idle(t, b)
		if len(f.calls) != taken {
			t.Errorf("%d calls for %d events", len(f.calls), taken)
		}
		closeBus(t, b)
	})
}

// TestGoroutines puts 10,000 events for functions that don't answer: the events wait without a
// goroutine each. Then the functions fail, and all events wait for their retry.
func TestGoroutines(t *testing.T) {
	const events, processes = 10_000, 2
	f := &functions{}
	release := make(chan struct{})
	f.answer = func(fakeCall) runtimeapi.Result {
		<-release
		return failure("no luck")
	}
	b := New(Options{Start: f.start, Processes: processes, RetryWait: time.Hour})
	queued := rule("Queued", "a")
	queued.Queue = &model.Queue{}
	b.Swap(NewProgram(build(t, model.Function{}, rule("Direct", "a"), queued)))
	before := runtime.NumGoroutine()
	for range events {
		put(t, b, "a", "{}")
	}
	if n := runtime.NumGoroutine() - before; n > 2*processes {
		t.Errorf("%d goroutines for %d events", n, events)
	}
	close(release)
	deadline := time.Now().Add(time.Minute)
	for len(f.handled("Job.OnDirect")) < events && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	if n := runtime.NumGoroutine() - before; n > 2*processes {
		t.Errorf("%d goroutines for %d events that wait for a retry", n, events)
	}
	if left := b.Close(t.Context()); len(left) != 2*events {
		t.Errorf("%d events are not finished, want %d", len(left), 2*events)
	}
	if f.open != 0 {
		t.Errorf("%d instances are open", f.open)
	}
}
