package bench

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
)

type small struct {
	EventSource string `json:"eventSource"`
	EventName   string `json:"eventName"`
	AWSRegion   string `json:"awsRegion"`
}

func decodeSmall(d *decode.Decoder, v *small) {
	for end := d.Object(); d.Member(end); {
		switch string(d.Key()) {
		case "eventSource":
			decode.String(d, &v.EventSource)
		case "eventName":
			decode.String(d, &v.EventName)
		case "awsRegion":
			decode.String(d, &v.AWSRegion)
		default:
			d.Other("eventSource", "eventName", "awsRegion")
		}
	}
}

var last string

func callSmall(ctx context.Context, job int, p *jobs.Payload) (any, error) {
	var event jobs.Event[small]
	decodeSmall(jobs.Begin(p, &event), &event.Detail)
	if err := jobs.End(p, &event); err != nil {
		return nil, err
	}
	return nil, takeSmall(ctx, event)
}

//go:noinline
func takeSmall(_ context.Context, e jobs.Event[small]) error { last = e.Detail.EventName; return nil }

type handSmall struct{}

func (handSmall) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var e events.EventBridgeEvent
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, err
	}
	var detail small
	if err := json.Unmarshal(e.Detail, &detail); err != nil {
		return nil, err
	}
	last = detail.EventName
	return []byte("null"), nil
}

func BenchmarkSmallShare(b *testing.B) {
	k := kinds()[1]
	ways := []way{{"hand", func(*Watch, kind) invoker { return handSmall{} }, whole},
		{"handler", func(_ *Watch, k kind) invoker { return jobs.New(table(k.rule, 2), callSmall).WithHandler(k.job) }, whole},
		{"bare/rules=2", func(_ *Watch, k kind) invoker { return jobs.New(table(k.rule, 2), callSmall).WithHandler("") }, whole},
		{"bare/rules=100", func(_ *Watch, k kind) invoker { return jobs.New(table(k.rule, 100), callSmall).WithHandler("") }, whole},
		{"bare/rules=1000", func(_ *Watch, k kind) invoker { return jobs.New(table(k.rule, 1000), callSmall).WithHandler("") }, whole}}
	times := make([][]float64, len(ways))
	for b.Loop() {
		for i, w := range ways {
			times[i] = append(times[i], perEvent(runner(b, k, w)))
		}
	}
	for i, w := range ways {
		b.ReportMetric(share(times[i], times[0]), w.name)
	}
}
