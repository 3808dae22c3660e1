package jobs_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/jobs"
)

// shop stands for a user's package and for what jobgen generates from it: every
// kind of event parameter, results, inputs and parameters.
type shop struct {
	ran  []string // the jobs that ran, with what they were called with
	fail map[string]error
	boom any // what Panics panics with
	ctx  context.Context
}

type order struct {
	ID    string   `json:"id"`
	Total float64  `json:"total"`
	Items []item   `json:"items"`
	Tags  []string `json:"tags"`
}

type item struct {
	Price int `json:"price"`
}

// whole decodes a whole event into a plain struct.
type whole struct {
	Source string `json:"source"`
	Detail order  `json:"detail"`
}

func (s *shop) record(ctx context.Context, job string, with any) error {
	s.ran = append(s.ran, strings.TrimSpace(fmt.Sprintf("%s %v", job, with)))
	s.ctx = ctx
	return s.fail[job]
}

const (
	jobTyped = iota
	jobLambda
	jobRaw
	jobStruct
	jobNone
	jobPanics
)

var shopTable = jobs.Table{
	Package: "shop", Path: "example.com/shop",
	Jobs: []jobs.Job{
		{Handler: "Shop.Typed"}, {Handler: "Shop.Lambda"}, {Handler: "Shop.Raw"},
		{Handler: "Shop.Struct"}, {Handler: "Shop.None"}, {Handler: "Shop.Panics"},
	},
	Rules: []jobs.Rule{
		{ID: "ShopTyped", Job: jobTyped, Pattern: `{"source":["shop"],"detail-type":["Order Placed"]}`},
		{ID: "ShopLambda", Job: jobLambda, Pattern: `{"source":["shop"],"detail":{"id":["lambda"]}}`},
		{ID: "DetailOnly", Job: jobRaw, Pattern: `{"source":["raw"]}`, Input: &jobs.Input{Path: "$.detail"}},
		{ID: "ShopStruct", Job: jobStruct, Pattern: `{"source":["struct"]}`},
		{ID: "ShopNone", Job: jobNone, Pattern: `{"source":["none"]}`},
		{ID: "NoneAgain", Job: jobNone, Pattern: `{"detail":{"id":["none"]}}`},
		{ID: "ShopPanics", Job: jobPanics, Pattern: `{"source":["panics"]}`},
	},
}

func (s *shop) call(ctx context.Context, job int, payload []byte) (any, error) {
	switch job {
	case jobTyped:
		return typed(ctx, s, payload)
	case jobLambda:
		e, err := jobs.Decode[events.EventBridgeEvent](payload)
		if err != nil {
			return nil, err
		}
		return map[string]string{"url": "<" + e.ID + "&>"}, s.record(ctx, "Lambda", string(e.Detail))
	case jobRaw:
		e, err := jobs.Decode[json.RawMessage](payload)
		if err != nil {
			return nil, err
		}
		return nil, s.record(ctx, "Raw", string(e))
	case jobStruct:
		e, err := jobs.Decode[whole](payload)
		if err != nil {
			return nil, err
		}
		return e.Detail.Total, s.record(ctx, "Struct", e.Source+" "+e.Detail.ID)
	case jobNone:
		return func() {}, s.record(ctx, "None", "")
	case jobPanics:
		_ = s.record(ctx, "Panics", "")
		panic(s.boom)
	}
	return nil, jobs.NoSuchJob(job)
}

func typed(ctx context.Context, s *shop, payload []byte) (any, error) {
	e, err := jobs.Decode[jobs.Event[order]](payload)
	if err != nil {
		return nil, err
	}
	return nil, s.record(ctx, "Typed", e.Detail.ID)
}

func (s *shop) dispatcher() *jobs.Dispatcher {
	return jobs.New(&shopTable, s.call).WithHandler("")
}

// event makes an event as EventBridge sends it.
func event(source, detailType, detail string) string {
	return `{"version":"0","id":"e-1","detail-type":"` + detailType + `","source":"` + source +
		`","account":"123456789012","time":"2026-01-02T03:04:05Z","region":"eu-west-1","resources":[],"detail":` + detail + `}`
}

// enveloped makes what the one function of a package is sent for a rule.
func enveloped(rule, payload string) string {
	return `{"jobs:rule":"` + rule + `","event":` + payload + `}`
}

func invoke(t *testing.T, d *jobs.Dispatcher, payload string) (string, error) {
	t.Helper()
	out, err := d.Invoke(t.Context(), []byte(payload))
	if err != nil && out != nil {
		t.Errorf("an error came with an answer: %s", out)
	}
	return string(out), err
}
