package cold

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// programs are the ways to write the function, the handwritten one first.
var programs = []string{"handwritten", "generated"}

// builds are the tags with which the programs are deployed: lambda.norpc leaves out
// what only retired runtimes need.
var builds = []string{"lambda.norpc", ""}

// build builds the programs as they are deployed.
func build(b testing.TB, tags string) []string {
	b.Helper()
	if testing.Short() {
		b.Skip("it builds programs")
	}
	dir := b.TempDir()
	var paths []string
	for _, name := range programs {
		path := filepath.Join(dir, name)
		cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-tags="+tags, "-o", path, "./"+name)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("go build: %v\n%s", err, out)
		}
		paths = append(paths, path)
	}
	return paths
}

// TestNothingRunsAtStart has the Go runtime tell which packages initialize
// something when the program with a dispatcher starts: none of jobgen's does, nor
// the package with generated code.
func TestNothingRunsAtStart(t *testing.T) {
	cmd := exec.Command(build(t, builds[0])[1])
	cmd.Env = []string{"GODEBUG=inittrace=1"} // this is not Lambda: it ends at once
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 2 {
		t.Fatalf("%v\n%s", err, out)
	}
	started := 0
	for line := range strings.Lines(string(out)) {
		name, ok := strings.CutPrefix(line, "init ")
		if !ok {
			continue
		}
		if started++; strings.HasPrefix(name, "main ") || strings.HasPrefix(name, "github.com/jobgen/jobgen/") {
			t.Errorf("this package initializes something: %s", name)
		}
	}
	if started == 0 || !strings.Contains(string(out), "init encoding/json @") {
		t.Errorf("the runtime told of %d packages, and not of encoding/json:\n%s", started, out)
	}
}

// mostShare is how large the program with a dispatcher may be, as a share of the
// handwritten one.
const mostShare = 1.05

func TestSize(t *testing.T) {
	for _, tags := range builds {
		size := sizes(t, tags)
		if share := size[1] / size[0]; share > mostShare {
			t.Errorf("with the tags %q the program is %.0f bytes, %.4f of the handwritten one", tags, size[1], share)
		}
	}
}

// BenchmarkSize tells how large the programs are.
func BenchmarkSize(b *testing.B) {
	for _, tags := range builds {
		b.Run("tags="+tags, func(b *testing.B) {
			size := sizes(b, tags)
			for i, name := range programs {
				b.ReportMetric(size[i], name+"-B")
			}
			b.ReportMetric(size[1]/size[0], "share")
		})
	}
}

// sizes are those of the programs, in bytes.
func sizes(b testing.TB, tags string) []float64 {
	b.Helper()
	var sizes []float64
	for _, path := range build(b, tags) {
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, float64(info.Size()))
	}
	return sizes
}

const event = `{"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602","detail-type":"EC2 Instance State-change Notification",` +
	`"source":"aws.ec2","account":"123456789012","time":"2026-02-17T07:32:41Z","region":"eu-west-1",` +
	`"resources":["arn:aws:ec2:eu-west-1:123456789012:instance/i-abcd1111"],"detail":{"instance-id":"i-abcd1111","state":"stopping"}}`

// turnsOfCopy is how many turns copies of the programs are started in: where a file
// happens to be in memory makes a start up to 5 % faster or slower.
const turnsOfCopy = 20

// BenchmarkStart tells how long the programs take from their start to their
// first answer: the medians of many starts, by turns.
func BenchmarkStart(b *testing.B) {
	paths := build(b, builds[0])
	for _, handler := range []string{"Watch.Instance", "bootstrap"} {
		b.Run(handler, func(b *testing.B) {
			times := make([][]time.Duration, len(paths))
			var copies []string
			for turn := 0; b.Loop(); turn++ {
				if turn%turnsOfCopy == 0 {
					copies = copyAll(b, paths)
				}
				for i := range copies {
					i = (i + turn) % len(copies) // each is the first as often
					times[i] = append(times[i], start(b, copies[i], handler))
				}
			}
			for i := range times {
				slices.Sort(times[i])
				b.ReportMetric(median(times[i]), programs[i]+"-ms")
			}
			b.ReportMetric(median(times[1])/median(times[0]), "share")
		})
	}
}

// copyAll copies programs to new files.
func copyAll(b *testing.B, paths []string) []string {
	b.Helper()
	dir := b.TempDir()
	var copies []string
	for _, path := range paths {
		program, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		copies = append(copies, filepath.Join(dir, filepath.Base(path)))
		if err := os.WriteFile(copies[len(copies)-1], program, 0o755); err != nil {
			b.Fatal(err)
		}
	}
	return copies
}

func median(times []time.Duration) float64 {
	return float64(times[len(times)/2]) / float64(time.Millisecond)
}

// start runs a program until it has answered one event, and returns how long
// that took.
func start(b *testing.B, path, handler string) time.Duration {
	b.Helper()
	answered := make(chan string, 1)
	api := httptest.NewServer(runtimeAPI(answered))
	defer api.Close()
	cmd := exec.Command(path)
	cmd.Env = []string{"AWS_LAMBDA_RUNTIME_API=" + strings.TrimPrefix(api.URL, "http://"), "_HANDLER=" + handler}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	path, took := <-answered, time.Since(begin)
	if err := cmd.Process.Kill(); err != nil {
		b.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	if !strings.HasSuffix(path, "/response") {
		b.Fatalf("the answer went to %s", path)
	}
	return took
}

// runtimeAPI is what a Lambda function asks for events: it has one, and says
// where the answer went.
func runtimeAPI(answered chan<- string) http.Handler {
	sent := false
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPost:
			_, _ = io.Copy(io.Discard, r.Body)
			w.WriteHeader(http.StatusAccepted)
			answered <- r.URL.Path
		case sent:
			<-r.Context().Done() // there is no other event
		default:
			sent = true
			w.Header().Set("Lambda-Runtime-Aws-Request-Id", "one")
			w.Header().Set("Lambda-Runtime-Deadline-Ms", fmt.Sprint(time.Now().Add(time.Minute).UnixMilli()))
			_, _ = io.WriteString(w, event)
		}
	})
}
