// Package large measures jobgen on large modules: how long a run takes beside the go
// command's list of the same packages, and how time and memory grow with the number of jobs,
// rules and packages.
package large

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// BenchmarkGrowth runs jobgen -check on modules of growing size. The metrics of each size are
// the wall time, the processor time with that of the go command, and the memory. An exponent
// of 1 is linear growth; it compares the two largest sizes.
func BenchmarkGrowth(b *testing.B) {
	for _, g := range []struct {
		name  string
		sizes []int
		shape func(n int) shape
	}{
		{"jobs-of-a-package", []int{250, 500, 1000}, func(n int) shape { return shape{1, 1, n, anyRule} }},
		{"rules-of-a-source-apart", []int{2500, 5000, 10000}, func(n int) shape { return shape{100, 100, n / 100, apart} }},
		{"rules-of-a-source-together", []int{2500, 5000, 10000}, func(n int) shape { return shape{100, 100, n / 100, together} }},
		{"packages", []int{250, 500, 1000}, func(n int) shape { return shape{n, n, 2, anyRule} }},
	} {
		b.Run(g.name, func(b *testing.B) {
			module := testmodule.New(b)
			program := jobgen(b, module)
			var runs []*measured
			for _, n := range g.sizes {
				dir := newModule(b, module, program, g.shape(n))
				runs = append(runs, command(b, module, dir, program, "-check", "./..."))
			}
			for _, r := range runs {
				r.run() // with everything compiled
				r.forget()
			}
			for b.Loop() {
				for _, r := range runs {
					r.run()
				}
			}
			for i, r := range runs {
				r.report(b, fmt.Sprint(g.sizes[i]))
			}
			last, before := runs[len(runs)-1], runs[len(runs)-2]
			b.ReportMetric(exponent(median(before.cpu), median(last.cpu)), "exponent-cpu")
			b.ReportMetric(exponent(median(before.memory), median(last.memory)), "exponent-memory")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// exponent returns k if doubling the size multiplies a cost by 2^k.
func exponent(half, whole float64) float64 { return math.Round(100*math.Log2(whole/half)) / 100 }

// BenchmarkFloor compares jobgen -check ./... with the least that it needs from the go
// command: go list -export -deps of the packages with jobs. It alternates the two. In the
// benchmarks named warm, nothing has changed since the last run of the same command. In those
// named edited, a file of one package changes before each run, so the go command compiles the
// package again.
func BenchmarkFloor(b *testing.B) {
	for _, s := range []struct {
		name string
		shape
		one bool // check one package only
	}{
		{"packages=200,jobs=20", shape{200, 20, 5, anyRule}, false},
		{"packages=2000,jobs=200", shape{2000, 200, 5, anyRule}, false},
		{"packages=100,checked=1", shape{100, 10, 5, anyRule}, true},
	} {
		b.Run(s.name, func(b *testing.B) {
			module := testmodule.New(b)
			program := jobgen(b, module)
			begin := time.Now()
			dir := newModule(b, module, program, s.shape)
			packages, pattern := s.jobPackages(), "./..."
			if s.one {
				packages = packages[:1]
				pattern = packages[0]
			}
			floor := command(b, module, dir, "go", append([]string{"list", "-export", "-deps"}, packages...)...)
			floor.env = append(floor.env, "GOOS=linux")
			check := command(b, module, dir, program, "-check", pattern)
			floor.run() // compiles the packages
			check.run()
			b.Logf("made and compiled the module in %.1f s", time.Since(begin).Seconds())
			file := dir + "/" + strings.TrimPrefix(packages[0], "./") + "/service.go"
			b.Run("warm", func(b *testing.B) {
				for _, m := range []*measured{floor, check} {
					m.run() // after the edits of an earlier benchmark
					m.forget()
				}
				for b.Loop() {
					floor.run()
					check.run()
				}
				compare(b, check, floor)
			})
			b.Run("edited", func(b *testing.B) {
				floor.forget()
				check.forget()
				for b.Loop() {
					edit(b, file)
					floor.run()
					edit(b, file)
					check.run()
				}
				compare(b, check, floor)
			})
		})
	}
}

// compare reports the costs of jobgen and of the floor, and their ratios.
func compare(b *testing.B, check, floor *measured) {
	floor.report(b, "floor")
	check.report(b, "check")
	b.ReportMetric(ratio(check.wall, floor.wall), "ratio")
	b.ReportMetric(ratio(check.cpu, floor.cpu), "ratio-cpu")
	b.ReportMetric(0, "ns/op")
}

// edits is the number of edits until now.
var edits int

// edit changes a message in a function, so that the file has a text that it never had.
func edit(b *testing.B, file string) {
	b.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	edits++
	changed := message.ReplaceAll(data, fmt.Appendf(nil, `"no record, %d"`, edits))
	if err := os.WriteFile(file, changed, 0o666); err != nil {
		b.Fatal(err)
	}
}

// message is the message that edit changes.
var message = regexp.MustCompile(`"no record[^"]*"`)

// jobPackages returns the patterns of the packages with jobs.
func (s shape) jobPackages() []string {
	var all []string
	for name := range s.files() {
		if dir, ok := strings.CutSuffix(name, "/jobs.go"); ok {
			all = append(all, "./"+dir)
		}
	}
	slices.Sort(all)
	return all
}

// measured is a command with the costs of its runs.
type measured struct {
	b         *testing.B
	dir       string
	env       []string
	args      []string
	wall, cpu []float64 // seconds
	memory    []float64 // MB, the largest of its processes
}

func command(b *testing.B, module *testmodule.Module, dir, name string, args ...string) *measured {
	return &measured{b: b, dir: dir, env: append(os.Environ(), module.Env()...), args: append([]string{name}, args...)}
}

func (m *measured) run() {
	m.b.Helper()
	cmd := exec.Command(m.args[0], m.args[1:]...)
	cmd.Dir, cmd.Env = m.dir, m.env
	var stderr strings.Builder
	cmd.Stderr = &stderr
	begin := time.Now()
	if err := cmd.Run(); err != nil {
		m.b.Fatalf("%s: %v\n%.4000s", strings.Join(m.args[:2], " "), err, stderr.String())
	}
	m.wall = append(m.wall, time.Since(begin).Seconds())
	m.cpu = append(m.cpu, (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())
	m.memory = append(m.memory, maxMemory(cmd.ProcessState))
}

// forget drops the costs of the runs until now.
func (m *measured) forget() { m.wall, m.cpu, m.memory = nil, nil, nil }

func (m *measured) report(b *testing.B, name string) {
	b.ReportMetric(median(m.wall), name+"-s")
	b.ReportMetric(median(m.cpu), name+"-cpu-s")
	b.ReportMetric(slices.Max(m.memory), name+"-MB")
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// ratio returns the median of the ratios of consecutive runs.
func ratio(a, b []float64) float64 {
	ratios := make([]float64, len(a))
	for i := range a {
		ratios[i] = a[i] / b[i]
	}
	return math.Round(100*median(ratios)) / 100
}
