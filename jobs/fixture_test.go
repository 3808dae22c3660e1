package jobs_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// shop is a user's package with the code that jobgen generates for it. It has every kind of
// event parameter, results, inputs and parameters.
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

// whole decodes an event into a plain struct.
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
	jobTyped  = "Shop.Typed"
	jobLambda = "Shop.Lambda"
	jobRaw    = "Shop.Raw"
	jobStruct = "Shop.Struct"
	jobNone   = "Shop.None"
	jobPanics = "Shop.Panics"
)

var shopTable = &dispatch.Table{
	Package: "shop", Path: "example.com/shop",
	Rules: []dispatch.Rule{
		{ID: "ShopTyped", Job: jobTyped, Pattern: `{"source":["shop"],"detail-type":["Order Placed"]}`},
		{ID: "ShopLambda", Job: jobLambda, Pattern: `{"source":["shop"],"detail":{"id":["lambda"]}}`},
		{ID: "DetailOnly", Job: jobRaw, Pattern: `{"source":["raw"]}`, Input: &dispatch.Input{Path: "$.detail"}},
		{ID: "ShopStruct", Job: jobStruct, Pattern: `{"source":["struct"]}`},
		{ID: "ShopNone", Job: jobNone, Pattern: `{"source":["none"]}`},
		{ID: "NoneAgain", Job: jobNone, Pattern: `{"detail":{"id":["none"]}}`},
		{ID: "ShopPanics", Job: jobPanics, Pattern: `{"source":["panics"]}`},
	},
}

func (s *shop) call(ctx context.Context, job string, p *dispatch.Payload) (any, error) {
	switch job {
	case jobTyped:
		return typed(ctx, s, p)
	case jobLambda:
		e, err := dispatch.DecodeLambdaEvent(p)
		if err != nil {
			return nil, err
		}
		return map[string]string{"url": "<" + e.ID + "&>"}, s.record(ctx, "Lambda", string(e.Detail))
	case jobRaw:
		var e json.RawMessage
		decode.Raw(p.Decoder(), &e)
		if err := dispatch.End(p, &e); err != nil {
			return nil, err
		}
		return nil, s.record(ctx, "Raw", string(e))
	case jobStruct:
		var e whole
		decodeWhole(p.Decoder(), &e)
		if err := dispatch.End(p, &e); err != nil {
			return nil, err
		}
		return e.Detail.Total, s.record(ctx, "Struct", e.Source+" "+e.Detail.ID)
	case jobNone:
		return func() {}, s.record(ctx, "None", "")
	case jobPanics:
		_ = s.record(ctx, "Panics", "")
		panic(s.boom)
	}
	return nil, dispatch.NoSuchJob(job)
}

func typed(ctx context.Context, s *shop, p *dispatch.Payload) (any, error) {
	var e jobs.Event[order]
	decodeOrder(dispatch.Begin(p, &e), &e.Detail)
	if err := dispatch.End(p, &e); err != nil {
		return nil, err
	}
	return nil, s.record(ctx, "Typed", e.Detail.ID)
}

func decodeOrder(d *decode.Decoder, v *order) {
	for end := d.Object(); d.Member(end, decode.Names("id", "total", "items", "tags")); {
		switch string(d.Key()) {
		case "id":
			d.Text(&v.ID)
		case "total":
			decode.Float64(d, &v.Total)
		case "items":
			decode.Slice(d, &v.Items, decodeItem)
		case "tags":
			decode.Slice(d, &v.Tags, decode.String)
		default:
			d.Other("id,total,items,tags")
		}
	}
}

func decodeItem(d *decode.Decoder, v *item) {
	for end := d.Object(); d.Member(end, decode.Names("price")); {
		switch string(d.Key()) {
		case "price":
			decode.Int(d, &v.Price)
		default:
			d.Other("price")
		}
	}
}

func decodeWhole(d *decode.Decoder, v *whole) {
	for end := d.Object(); d.Member(end, decode.Names("source", "detail")); {
		switch string(d.Key()) {
		case "source":
			d.Text(&v.Source)
		case "detail":
			decodeOrder(d, &v.Detail)
		default:
			d.Other("source,detail")
		}
	}
}

func (s *shop) dispatcher() *jobs.Dispatcher {
	return jobs.New(shopTable, s.call).WithHandler("")
}

// event returns an event in EventBridge's form.
func event(source, detailType, detail string) string {
	return `{"version":"0","id":"e-1","detail-type":"` + detailType + `","source":"` + source +
		`","account":"123456789012","time":"2026-01-02T03:04:05Z","region":"eu-west-1","resources":[],"detail":` + detail + `}`
}

// enveloped returns the envelope that a rule sends to the function of a package.
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
