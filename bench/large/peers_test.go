package large

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// peer is another generator that reads Go packages.
type peer struct {
	name, install string // install is for go install
	args          []string
	// file is the generator's input in a package. %d is the package's number.
	file string
}

var peers = []peer{
	{
		"stringer", "golang.org/x/tools/cmd/stringer@v0.52.0",
		[]string{"-type=Level", "./..."},
		"package p%d\n\ntype Level int\n\nconst (\n\tLow Level = iota\n\tHigh\n)\n",
	},
	{
		"goverter", "github.com/jmattheis/goverter/cmd/goverter@v1.11.1",
		[]string{"gen", "./..."},
		"package p%d\n\ntype from struct{ ID string }\n\ntype to struct{ ID string }\n\n// goverter:converter\ntype converter interface {\n\tConvert(from) to\n}\n",
	},
	{
		"controller-gen", "sigs.k8s.io/controller-tools/cmd/controller-gen@v0.23.0",
		[]string{"object", "paths=./..."},
		"package p%d\n\n// +kubebuilder:object:generate=true\ntype Spec struct{ Names []string }\n",
	},
}

// BenchmarkPeers compares jobgen with other generators that read Go packages. Each has its
// own module of 200 packages, 20 of which have something to generate, and the same ordinary
// code. All of them, and the go command's list of the 20 packages, are run by turns. The
// metrics are multiples of the list's wall time and processor time.
//
// The programs are installed with go install, into the folder PEERS if it is set.
func BenchmarkPeers(b *testing.B) {
	module := testmodule.New(b)
	size := shape{200, 20, 5, anyRule}
	program := jobgen(b, module)
	dir := newModule(b, module, program, size)
	floor := command(b, module, dir, "go", append([]string{"list", "-export", "-deps"}, size.jobPackages()...)...)
	runs := []*measured{command(b, module, dir, program, "./...")}
	names := []string{"jobgen"}
	for _, p := range peers {
		files := size.files()
		for _, pattern := range size.jobPackages() {
			of := strings.TrimPrefix(pattern, "./")
			delete(files, of+"/jobs.go")
			var n int
			if _, err := fmt.Sscanf(filepath.Base(of), "p%d", &n); err != nil {
				b.Fatal(err)
			}
			files[of+"/"+"generated_for.go"] = fmt.Sprintf(p.file, n)
		}
		run := command(b, module, module.Dir(b, files), p.path(b), p.args...)
		run.run() // also compiles the packages
		runs, names = append(runs, run), append(names, p.name)
	}
	for _, r := range append(runs, floor) {
		r.forget()
	}
	for b.Loop() {
		floor.run()
		for _, r := range runs {
			r.run()
		}
	}
	for i, r := range runs {
		b.ReportMetric(ratio(r.wall, floor.wall), names[i])
		b.ReportMetric(ratio(r.cpu, floor.cpu), names[i]+"-cpu")
		b.ReportMetric(slices.Max(r.memory), names[i]+"-MB")
	}
	b.ReportMetric(0, "ns/op")
}

// path returns the program's file. It installs the program if the file doesn't exist.
func (p peer) path(b *testing.B) string {
	b.Helper()
	dir := os.Getenv("PEERS")
	if dir == "" {
		dir = b.TempDir()
	}
	path := filepath.Join(dir, p.name)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	cmd := exec.Command("go", "install", p.install)
	cmd.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("go install %s: %v\n%s", p.install, err, out)
	}
	return path
}
