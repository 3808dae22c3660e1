package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/localbus"
	"github.com/jobgen/jobgen/internal/model"
)

// TestBus puts events on a local event bus that runs the program.
func TestBus(t *testing.T) {
	t.Parallel()
	p := build(t, "bus.txtar")
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run(string(layout), func(t *testing.T) {
			for _, pkg := range p.packages {
				pkg.Layout = layout
			}
			t.Run("swaps", func(t *testing.T) { swaps(t, p) })
			t.Run("retries", func(t *testing.T) { retries(t, p) })
		})
	}
}

// output counts the lines that functions write.
type output struct {
	mu    sync.Mutex
	lines map[string]int
}

func (o *output) Write(line []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.lines[strings.TrimSpace(string(line))]++
	return len(line), nil
}

// copied returns the program with a copy of the binary in a folder that is removed when nothing
// runs it any more.
func (p *program) copied(t *testing.T, closed *atomic.Int32) *localbus.Program {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "build")
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "bootstrap")
	if err := os.Link(p.binary, binary); err != nil {
		t.Fatal(err)
	}
	rules, err := deployed.Rules(p.packages, nil)
	if err != nil {
		t.Fatal(err)
	}
	return localbus.NewProgram(localbus.Build{Rules: rules, Binary: binary, Close: func() {
		closed.Add(1)
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	}})
}

// swaps puts 1,000 events while the program is replaced ten times. Each rule handles each event
// once, and no process and no program are left.
func swaps(t *testing.T, p *program) {
	const events, builds = 1000, 10
	out := &output{lines: map[string]int{}}
	var closed atomic.Int32
	b := localbus.New(localbus.Options{Logs: out})
	b.Swap(p.copied(t, &closed))
	done := make(chan error, 1)
	go func() {
		for n := range events {
			detail := fmt.Appendf(nil, `{"n": %d}`, n)
			if r := b.Put(localbus.PutEntry{Source: "shop.orders", DetailType: "Order", Detail: detail}); r[0].Err != nil {
				done <- r[0].Err
				return
			}
		}
		done <- nil
	}()
	for range builds {
		time.Sleep(50 * time.Millisecond)
		b.Swap(p.copied(t, &closed))
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if err := b.Idle(ctx); err != nil {
		t.Fatal(err)
	}
	if left := b.Close(ctx); len(left) > 0 {
		t.Errorf("not finished: %+v", left)
	}
	for n := range events {
		for _, job := range []string{"Direct", "Queued"} {
			line := fmt.Sprintf("called %s %d", job, n)
			if out.lines[line] != 1 {
				t.Errorf("%q: %d times", line, out.lines[line])
			}
		}
	}
	if len(out.lines) != 2*events {
		t.Errorf("%d different lines", len(out.lines))
	}
	if closed.Load() != builds+1 {
		t.Errorf("%d programs are removed", closed.Load())
	}
}

// retries has a job that fails: it is called again, and then its event is a dead letter. A call
// that a client waits for is not repeated. When the bus closes, a running job gets a moment.
func retries(t *testing.T, p *program) {
	out := &output{lines: map[string]int{}}
	var closed atomic.Int32
	letters := filepath.Join(t.TempDir(), "letters.ndjson")
	b := localbus.New(localbus.Options{Logs: out, DeadLetters: letters, RetryWait: time.Millisecond})
	b.Swap(p.copied(t, &closed))
	if r := b.Put(localbus.PutEntry{Source: "shop.broken", DetailType: "Order", Detail: []byte(`{"n": 1}`)}); r[0].Err != nil {
		t.Fatal(r[0].Err)
	}
	if err := b.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := out.lines["called Fails 1"]; n != 2 {
		t.Errorf("the job is called %d times", n)
	}
	data, err := os.ReadFile(letters)
	if err != nil {
		t.Fatal(err)
	}
	var letter struct {
		Kind string
		Body struct {
			ResponsePayload struct{ ErrorMessage string }
		}
	}
	if err := json.Unmarshal(data, &letter); err != nil || letter.Kind != localbus.OnFailure || letter.Body.ResponsePayload.ErrorMessage != "no luck" {
		t.Errorf("%v: %s", err, data)
	}
	fn := b.Program().Functions[len(b.Program().Functions)-1]
	event := `{"source": "shop.broken", "detail-type": "Order", "detail": {"n": 2}}`
	if r, err := b.Invoke(t.Context(), fn.Name, []byte(event)); err != nil || r.ErrorMessage != "no luck" || out.lines["called Fails 2"] != 1 {
		t.Errorf("%+v, %v, called %d times", r, err, out.lines["called Fails 2"])
	}
	if left := b.Close(t.Context()); len(left) > 0 || closed.Load() != 1 {
		t.Errorf("%+v; the program is removed %d times", left, closed.Load())
	}
}
