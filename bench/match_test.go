package bench

import (
	"context"
	"fmt"
	"testing"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
	"github.com/jobgen/jobgen/jobs"
)

// BenchmarkMatch measures what comes before decoding: reading an event, and matching it
// against rules once it is read.
func BenchmarkMatch(b *testing.B) {
	for _, k := range kinds() {
		b.Run(k.name+"/read", func(b *testing.B) {
			var tape jsonscan.Tape
			for i := 0; b.Loop(); i++ {
				if !tape.Read(k.events[i%variants]) {
					b.Fatal("it is not JSON")
				}
			}
		})
		for _, n := range []int{2, 100, 1000} {
			b.Run(fmt.Sprintf("%s/%d", k.name, n), func(b *testing.B) { benchmarkMatch(b, k, n) })
		}
	}
}

func benchmarkMatch(b *testing.B, k kind, rules int) {
	tapes := make([]jsonscan.Tape, variants)
	for i := range tapes {
		tapes[i].Read(k.events[i])
	}
	builder := match.NewBuilder()
	for i, r := range table(k, rules, false).Rules {
		if err := builder.Read(i, r.Pattern); err != nil {
			b.Fatal(err)
		}
	}
	set := builder.Set()
	var m match.Matcher
	for i := 0; b.Loop(); i++ {
		if found, err := m.Match(set, &tapes[i%variants], jsonscan.Root); err != nil || len(found) != 1 {
			b.Fatalf("%d rules match, %v", len(found), err)
		}
	}
}

// BenchmarkFirst measures the first bare event of a dispatcher, for which the patterns
// are compiled.
func BenchmarkFirst(b *testing.B) {
	k := kinds()[0]
	for _, n := range []int{2, 10, 100, 1000} {
		rules := table(k, n, false)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				d := jobs.New(rules, (&Jobs{Watch: &Watch{}}).call).WithHandler("")
				if _, err := d.Invoke(context.Background(), k.events[i%variants]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
