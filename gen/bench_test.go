package gen

import (
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

// BenchmarkFormats generates a large package's file in each format.
func BenchmarkFormats(b *testing.B) {
	s, err := newStack(crowdedPackage(model.PerMethod))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range formats {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := f.render(s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
