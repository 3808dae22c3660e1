package bench

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// How long a way is measured before it is the next one's turn, so that what else
// happens on the machine happens to all of them.
const turn = 2 * time.Millisecond

// BenchmarkShare measures all ways by turns, in another order each time because the
// garbage collector has turns of its own, and tells what each costs as a share
// of what handwritten code costs: the median of the shares of all rounds. Figures
// that end in "growth" compare a number of rules with 2 rules instead.
func BenchmarkShare(b *testing.B) {
	for _, k := range kinds() {
		b.Run(k.name, func(b *testing.B) {
			ways := ways()
			runs := make([]func(n int), len(ways))
			for i, w := range ways {
				runs[i] = runner(b, k, w)
			}
			times := make([][]float64, len(ways)) // of each round
			for b.Loop() {
				for _, i := range rand.Perm(len(runs)) {
					times[i] = append(times[i], perEvent(runs[i]))
				}
			}
			two := slices.IndexFunc(ways, func(w way) bool { return w.name == "bare/rules=2" })
			for i, w := range ways {
				b.ReportMetric(share(times[i], times[0]), w.name)
				if strings.HasPrefix(w.name, "bare") && i != two {
					b.ReportMetric(share(times[i], times[two]), w.name+"-growth")
				}
			}
			b.ReportMetric(slices.Min(times[0]), "hand-ns")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// runner returns a function that hands so many events to their job.
func runner(b *testing.B, k kind, w way) func(n int) {
	invoker := w.invoker(&Watch{}, k)
	payloads := make([][]byte, len(k.events))
	for i, event := range k.events {
		payloads[i] = w.payload(k, event)
	}
	next := 0
	return func(n int) {
		for range n {
			if _, err := invoker.Invoke(context.Background(), payloads[next%variants]); err != nil {
				b.Fatal(err)
			}
			next++
		}
	}
}

// perEvent measures one turn, and returns the nanoseconds of each event.
func perEvent(run func(n int)) float64 {
	const batch = 64
	events := 0
	start := time.Now()
	for time.Since(start) < turn {
		run(batch)
		events += batch
	}
	return float64(time.Since(start).Nanoseconds()) / float64(events)
}

// share is the median of the shares that each round gives.
func share(times, of []float64) float64 {
	shares := make([]float64, len(times))
	for i := range times {
		shares[i] = times[i] / of[i]
	}
	slices.Sort(shares)
	return math.Round(1000*shares[len(shares)/2]) / 1000
}
