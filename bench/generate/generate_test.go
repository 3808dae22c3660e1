// Package generate measures go generate on a module with many packages: one
// line at the module's root against one line in each package.
package generate

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// packages is the number of packages with jobs in the module.
const packages = 20

// job is a package with one job; %d numbers the package.
const job = `package p%[1]d

import (
	"context"

	"github.com/jobgen/jobgen/jobs"
)
%[2]s
type Job struct{}

type Detail struct {
	State string %[3]s
}

//jobs:event_pattern {source: [shop.orders], detail: {state: [s%[1]d]}}
func (Job) Placed(ctx context.Context, e jobs.Event[Detail]) error { return nil }
`

// BenchmarkGenerate runs go generate ./... on two modules that differ only in
// where the go:generate line is, by turns. Each run finds the files up to date,
// as most runs do. The metric share is the time of one line at the root, divided
// by the time of one line in each package.
func BenchmarkGenerate(b *testing.B) {
	module := testmodule.New(b)
	root := module.Dir(b, files("", "//go:generate go tool jobgen ./...\n"))
	each := module.Dir(b, files("\n//go:generate go tool jobgen\n", ""))
	goGenerate(b, module, root)
	goGenerate(b, module, each)
	var atRoot, inEach time.Duration
	for b.Loop() {
		atRoot += goGenerate(b, module, root)
		inEach += goGenerate(b, module, each)
	}
	b.ReportMetric(atRoot.Seconds()/float64(b.N), "s/root")
	b.ReportMetric(inEach.Seconds()/float64(b.N), "s/each")
	b.ReportMetric(atRoot.Seconds()/inEach.Seconds(), "share")
}

// files are the module's sources, with the lines that run jobgen in each package
// and at the root.
func files(inPackage, atRoot string) map[string]string {
	all := map[string]string{"generate.go": "package app\n\n" + atRoot}
	for i := range packages {
		all[fmt.Sprintf("p%d/jobs.go", i)] = fmt.Sprintf(job, i, inPackage, "`json:\"state\"`")
	}
	return all
}

func goGenerate(b *testing.B, module *testmodule.Module, dir string) time.Duration {
	begin := time.Now()
	cmd := exec.Command("go", "generate", "./...")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), module.Env()...)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("go generate: %v\n%s", err, out)
	}
	return time.Since(begin)
}
