package bench

import (
	"context"
	"fmt"
	"testing"

	"github.com/jobgen/jobgen/jobs"
)

// invoker is what Lambda calls.
type invoker interface {
	Invoke(ctx context.Context, payload []byte) ([]byte, error)
}

// wrap puts an event in the envelope of a function for a whole package.
func wrap(rule string, event []byte) []byte {
	return fmt.Appendf(nil, `{"jobs:rule":%q,"event":%s}`, rule, event)
}

// way is a way to hand an event to its job.
type way struct {
	name    string
	invoker func(w *Watch, k kind) invoker
	payload func(k kind, event []byte) []byte
}

func whole(_ kind, event []byte) []byte { return event }

func ways() []way {
	all := []way{
		{"hand", func(w *Watch, k kind) invoker { return hand{w, k.job == "Watch.Brief"} }, whole},
		{"handler", func(w *Watch, k kind) invoker { return dispatcher(w, k, 2, false).WithHandler(k.job) }, whole},
	}
	for _, n := range []int{2, 10, 100, 1000} {
		all = append(all,
			way{fmt.Sprintf("bare/rules=%d", n), func(w *Watch, k kind) invoker { return dispatcher(w, k, n, false) }, whole},
			way{fmt.Sprintf("enveloped/rules=%d", n), func(w *Watch, k kind) invoker { return dispatcher(w, k, n, false) },
				func(k kind, event []byte) []byte { return wrap(k.rule, event) }})
	}
	for _, n := range []int{100, 1000} {
		all = append(all, way{fmt.Sprintf("bare/same=%d", n), func(w *Watch, k kind) invoker { return dispatcher(w, k, n, true) }, whole})
	}
	return all
}

func dispatcher(w *Watch, k kind, rules int, same bool) *jobs.Dispatcher {
	return jobs.New(table(k, rules, same), (&Jobs{Watch: w}).call).WithHandler("")
}

// BenchmarkInvoke measures the whole way, from bytes to the typed job.
func BenchmarkInvoke(b *testing.B) {
	for _, k := range kinds() {
		for _, w := range ways() {
			b.Run(k.name+"/"+w.name, func(b *testing.B) { invoke(b, k, w) })
		}
	}
}

func invoke(b *testing.B, k kind, way way) {
	watch := &Watch{}
	invoker := way.invoker(watch, k)
	payloads := make([][]byte, len(k.events))
	for i, event := range k.events {
		payloads[i] = way.payload(k, event)
	}
	ctx := context.Background()
	if _, err := invoker.Invoke(ctx, payloads[0]); err != nil { // compiles what is compiled once
		b.Fatal(err)
	}
	watch.Calls = 0
	calls := 0
	b.SetBytes(int64(len(payloads[0])))
	b.ReportAllocs()
	used := cpuTime()
	for b.Loop() {
		if _, err := invoker.Invoke(ctx, payloads[calls%variants]); err != nil {
			b.Fatal(err)
		}
		calls++
	}
	b.ReportMetric(float64(cpuTime()-used)/float64(calls), "cpu-ns/op")
	if watch.Calls != calls {
		b.Fatalf("%d events, but %d calls", calls, watch.Calls)
	}
}

// BenchmarkNewDispatcher measures what every cold start pays.
func BenchmarkNewDispatcher(b *testing.B) {
	for _, n := range []int{2, 1000} {
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			t, j := table(kinds()[0], n, false), Jobs{Watch: &Watch{}}
			b.ReportAllocs()
			for b.Loop() {
				jobs.New(t, j.call)
			}
		})
	}
}

// TestEveryWayCallsTheSameJob: all that is measured does the same.
func TestEveryWayCallsTheSameJob(t *testing.T) {
	for _, k := range kinds() {
		for n, event := range k.events {
			want := &Watch{}
			if _, err := (hand{want, k.job == "Watch.Brief"}).Invoke(context.Background(), event); err != nil {
				t.Fatal(err)
			}
			for _, w := range ways() {
				got := &Watch{}
				_, err := w.invoker(got, k).Invoke(context.Background(), w.payload(k, event))
				if err != nil || *got != *want || want.Calls != 1 || want.Last == "" {
					t.Errorf("%s %d %s: %+v, %v, want %+v", k.name, n, w.name, *got, err, *want)
				}
				if n > 3 {
					break // compiling 1,000 rules for each variant takes long
				}
			}
		}
	}
}
