package jobstest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

var errNoStock = errors.New("no stock")

// shopTable is the table that jobgen would generate.
var shopTable = &dispatch.Table{
	Package: "shop", Path: "example.com/shop",
	Rules: []dispatch.Rule{
		{ID: "Placed", Job: "Shop.Placed", Pattern: `{"source":["shop"],"detail-type":["Order Placed"],"detail":{"total":[{"numeric":[">",100]}]}}`},
		{ID: "Audit", Job: "Shop.Audit", Pattern: `{"source":["shop"]}`, Input: &dispatch.Input{Path: "$.detail"}},
		{ID: "AuditAll", Job: "Shop.Audit", Pattern: `{"detail":{"id":[{"exists":true}]}}`},
		{ID: "Fails", Job: "Shop.Fails", Pattern: `{"source":["${JobstestStage}-fails"]}`, Params: []string{"JobstestStage"}},
	},
}

type order struct {
	ID    string  `json:"id,omitempty"`
	Total float64 `json:"total"`
}

// shop records the calls of its jobs.
type shop struct{ ran []string }

func (s *shop) call(ctx context.Context, job string, p *dispatch.Payload) (any, error) {
	s.ran = append(s.ran, fmt.Sprintf("%s %s", job, p.JSON()))
	switch job {
	case "Shop.Placed":
		e, err := dispatch.Decode[jobs.Event[order]](p.JSON())
		return e.Detail.Total, err
	case "Shop.Audit":
		return nil, ctx.Err()
	}
	return nil, errNoStock
}

// dispatcher returns a dispatcher with some handler, which Fire and Routes ignore.
func (s *shop) dispatcher(t *testing.T) *jobs.Dispatcher {
	t.Setenv("JobstestStage", "dev")
	return jobs.New(shopTable, s.call).WithHandler("Shop.Fails")
}

// recorder is a testing.TB that records failures.
type recorder struct {
	testing.TB
	log   strings.Builder
	fatal bool
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { fmt.Fprintf(&r.log, format+"\n", args...) }

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	r.fatal = true
	runtime.Goexit()
}

func (r *recorder) Fatal(args ...any) { r.Fatalf("%s", fmt.Sprint(args...)) }

// record runs f with a recorder.
func record(t *testing.T, f func(testing.TB)) *recorder {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(r)
	}()
	<-done
	return r
}

// says checks that the recorded test failed with all of these texts.
func (r *recorder) says(t *testing.T, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(r.log.String(), w) {
			t.Errorf("%q is not in:\n%s", w, r.log.String())
		}
	}
}

func raw(s string) json.RawMessage { return json.RawMessage(s) }
