package bench

import (
	"testing"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
)

func BenchmarkMatchOnly(b *testing.B) {
	for _, k := range kinds() {
		for _, n := range []int{2, 100, 1000} {
			t := table(k.rule, n).Matcher
			tapes := make([]jsonscan.Tape, variants)
			tops := make([]match.Top, variants)
			for i := range tapes {
				tapes[i].Read(k.events[i])
				end := tapes[i].Next(1)
				for j := 2; j < end; {
					for f, name := range match.EventKeys {
						if string(tapes[i].Content(j)) == name {
							tops[i][f] = int32(j + 1)
						}
					}
					j = tapes[i].Next(j + 1)
				}
			}
			b.Run(k.name+"/"+[]string{2: "2", 100: "100", 1000: "1000"}[n], func(b *testing.B) {
				var m match.Matcher
				var dst [8]int
				i := 0
				for b.Loop() {
					got, err := m.Match(t, nil, &tapes[i%variants], 1, &tops[i%variants], dst[:0])
					if len(got) != 1 || err != nil {
						b.Fatal(got, err)
					}
					i++
				}
			})
		}
	}
}
