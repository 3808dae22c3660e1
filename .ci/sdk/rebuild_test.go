package sdk

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"

	"github.com/jobgen/jobgen/internal/testmodule"
)

// rebuiltJobs has two rules that match each order, and one that matches every second one. Each
// job appends a line to a file: the rule, the order and the build. BUILD is replaced.
const rebuiltJobs = `package app

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/jobgen/jobgen/jobs"
)

const build = "BUILD"

type Order struct {
	ID   string
	Even bool
}

type OrderJob struct{}

func handle(rule string, o Order) error {
	time.Sleep(20 * time.Millisecond)
	f, err := os.OpenFile(os.Getenv("HANDLED"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintln(f, rule, o.ID, build)
	return err
}

//jobs:event_pattern {source: [shop.orders], detail-type: [Order Placed]}
func (j *OrderJob) First(ctx context.Context, e jobs.Event[Order]) error { return handle("First", e.Detail) }

//jobs:event_pattern {source: [shop.orders], detail-type: [Order Placed]}
func (j *OrderJob) Second(ctx context.Context, e jobs.Event[Order]) error { return handle("Second", e.Detail) }

//jobs:event_rule queue: {window: 1s}
//jobs:event_pattern {source: [shop.orders], detail: {even: [true]}}
func (j *OrderJob) Queued(ctx context.Context, e jobs.Event[Order]) error { return handle("Queued", e.Detail) }
`

const rebuiltMain = `package main

import (
	"example.com/app"
	"github.com/jobgen/jobgen/jobs"
)

func main() { jobs.Start(app.NewDispatcher(app.Jobs{OrderJob: &app.OrderJob{}})) }
`

// devServer is a running jobgen dev.
type devServer struct {
	t     *testing.T
	dir   string
	lines *bufio.Scanner // of its log
}

// startDev builds jobgen, and starts jobgen dev with -json in a module with jobs. It returns the
// SDK's configuration for its address.
func startDev(t *testing.T, handled string) (*devServer, aws.Config) {
	t.Helper()
	module := testmodule.New(t)
	jobgen := filepath.Join(t.TempDir(), "jobgen")
	build := exec.Command("go", "build", "-o", jobgen, "./cmd/jobgen")
	build.Dir = module.Root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	d := &devServer{t: t, dir: t.TempDir()}
	if err := module.Write(d.dir); err != nil {
		t.Fatal(err)
	}
	d.write("lambda/main.go", rebuiltMain)
	d.build(0)
	cmd := exec.Command(jobgen, "dev", "-json", "-http", "127.0.0.1:0", "-dead-letters", "letters.ndjson", "./lambda")
	cmd.Dir, cmd.Env = d.dir, append(append(os.Environ(), module.Env()...), "HANDLED="+handled)
	var errors bytes.Buffer
	cmd.Stderr = &errors
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil || t.Failed() {
			t.Errorf("jobgen dev: %v\n%s", err, errors.String())
		}
	})
	d.lines = bufio.NewScanner(stdout)
	d.lines.Buffer(nil, 1<<20)
	return d, useEndpoint(t, d.await("listening").URL)
}

// write writes a file of the module.
func (d *devServer) write(name, text string) {
	d.t.Helper()
	path := filepath.Join(d.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		d.t.Fatal(err)
	}
}

// build changes the number of the build in the source.
func (d *devServer) build(n int) {
	d.t.Helper()
	d.write("jobs.go", strings.Replace(rebuiltJobs, "BUILD", fmt.Sprint(n), 1))
}

// devLine is a line of the log.
type devLine struct {
	Kind  string
	URL   string
	OK    bool
	Error string
}

// await returns the next line of a kind.
func (d *devServer) await(kind string) devLine {
	d.t.Helper()
	var findings string
	for d.lines.Scan() {
		var l devLine
		if err := json.Unmarshal(d.lines.Bytes(), &l); err != nil {
			d.t.Fatalf("%v: %s", err, d.lines.Text())
		}
		if l.Kind == "finding" {
			findings += d.lines.Text() + "\n"
		}
		if l.Kind == "build" && !l.OK || l.Kind == "deadLetter" {
			d.t.Fatalf("%s%s", findings, d.lines.Text())
		}
		if l.Kind == kind {
			return l
		}
	}
	d.t.Fatalf("the log has ended, and there is no %s: %v", kind, d.lines.Err())
	return devLine{}
}

// rebuilds is the number of builds after the first one.
const rebuilds = 10

// TestRebuild puts at least 1,000 events while jobgen dev makes ten builds: 500 at once, as fast
// as the SDK can, which wait for their functions during several builds, and the others until the
// last build. Each event is handled once by each rule that it fires.
func TestRebuild(t *testing.T) {
	handled := filepath.Join(t.TempDir(), "handled")
	d, cfg := startDev(t, handled)
	client := eventbridge.NewFromConfig(cfg)
	built := make(chan struct{})
	go func() {
		defer close(built)
		for n := 1; n <= rebuilds; n++ {
			d.build(n)
			d.await("build")
		}
	}()
	var puts sync.WaitGroup
	for batch := range 50 {
		puts.Go(func() { putBatch(t, client, batch) })
	}
	puts.Wait()
	events := 500
	for done := false; !done || events < 1000; events += 10 {
		putBatch(t, client, events/10)
		select {
		case <-built:
			done = true
		case <-time.After(200 * time.Millisecond):
		}
	}
	t.Logf("%d events during %d builds", events, rebuilds)
	checkHandled(t, handled, events)
}

// putBatch puts ten orders. The number of the first one is ten times the batch's.
func putBatch(t *testing.T, client *eventbridge.Client, batch int) {
	var entries []types.PutEventsRequestEntry
	for i := range 10 {
		id := batch*10 + i
		entries = append(entries, types.PutEventsRequestEntry{
			Source: aws.String("shop.orders"), DetailType: aws.String("Order Placed"),
			Detail: aws.String(fmt.Sprintf(`{"id": "%d", "even": %v}`, id, id%2 == 0)),
		})
	}
	out, err := client.PutEvents(context.Background(), &eventbridge.PutEventsInput{Entries: entries})
	if err != nil || out.FailedEntryCount != 0 {
		t.Errorf("%v, %+v", err, out)
	}
}

// checkHandled waits until all orders are handled, and checks that each was handled once by each
// rule, and that each build handled some.
func checkHandled(t *testing.T, file string, events int) {
	t.Helper()
	want := events*2 + events/2
	var lines []string
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end) && len(lines) < want; time.Sleep(100 * time.Millisecond) {
		lines = readLines(t, file)
	}
	time.Sleep(2 * time.Second) // a line too many may follow
	lines = readLines(t, file)
	count, builds := map[string]int{}, map[string]int{}
	for _, line := range lines {
		fields := strings.Fields(line)
		if len(fields) != 3 {
			t.Fatalf("the line %q", line)
		}
		count[fields[0]+" "+fields[1]]++
		builds[fields[2]]++
	}
	for id := range events {
		rules := []string{"First", "Second"}
		if id%2 == 0 {
			rules = append(rules, "Queued")
		}
		for _, rule := range rules {
			if n := count[fmt.Sprintf("%s %d", rule, id)]; n != 1 {
				t.Errorf("order %d was handled %d times by %s, want once", id, n, rule)
			}
		}
	}
	if len(lines) != want {
		t.Errorf("%d orders were handled, want %d", len(lines), want)
	}
	if len(builds) != rebuilds+1 {
		t.Errorf("only these builds handled orders: %v, want %d", builds, rebuilds+1)
	}
	t.Logf("orders by build: %v", builds)
}

func readLines(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' })
}
