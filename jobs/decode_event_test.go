package jobs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// got has the parameters of jobs of each kind for a payload.
type got struct {
	Event  jobs.Event[order]
	Lambda events.EventBridgeEvent
	Whole  whole
	Raw    json.RawMessage
	Errs   [4]string
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// generated decodes like generated code.
func generated(p *dispatch.Payload) (g got) {
	decodeOrder(dispatch.Begin(p, &g.Event), &g.Event.Detail)
	g.Errs[0] = errText(dispatch.End(p, &g.Event))
	lambda, err := dispatch.DecodeLambdaEvent(p)
	g.Lambda, g.Errs[1] = lambda, errText(err)
	decodeWhole(p.Decoder(), &g.Whole)
	g.Errs[2] = errText(dispatch.End(p, &g.Whole))
	decode.Raw(p.Decoder(), &g.Raw)
	g.Errs[3] = errText(dispatch.End(p, &g.Raw))
	return g
}

// reflected decodes with encoding/json.
func reflected(payload []byte) (g got) {
	var errs [4]error
	g.Event, errs[0] = dispatch.Decode[jobs.Event[order]](payload)
	g.Lambda, errs[1] = dispatch.Decode[events.EventBridgeEvent](payload)
	g.Whole, errs[2] = dispatch.Decode[whole](payload)
	g.Raw, errs[3] = dispatch.Decode[json.RawMessage](payload)
	for i, err := range errs {
		g.Errs[i] = errText(err)
	}
	return g
}

// envelopes are events with unusual envelope fields; %s is the detail.
var envelopes = []string{
	`{"version":"0","id":"e-1","detail-type":"t","source":"s","account":"1","time":"2026-01-02T03:04:05Z","region":"r","resources":["a","b"],"detail":%s,"replay-name":"again"}`,
	`{"detail":%s,"resources":[],"region":"r","time":"2026-01-02T03:04:05.5+01:00","source":"s","detail-type":"t","id":"e-1"}`,
	" {\n\"source\" : \"s\" , \"detail-type\" : \"t\" , \"detail\" : %s }\t",
	`{"s\u006furce":"\u0073","detail\u002dtype":"t\n","det\u0061il":%s,"id":"\ud83d\ude00"}`,
	`{"source":"s","detail-type":"t","detail":{"id":"first","items":[{"price":1}]},"detail":%s}`,
	`{"source":"s","detail-type":"t","detail":{"id":"first"},"detail":null,"detail":%s}`,
	`{"source":"s","source":"again","detail-type":"t","detail":%s,"resources":["a","b"],"resources":["c"]}`,
	`{"source":"s","detail-type":"t","detail":%s,"id":null,"time":null,"resources":null,"replay-name":null}`,
	`{"source":"s","detail-type":"t","detail":%s,"id":1}`,
	`{"source":"s","detail-type":"t","detail":%s,"time":"noon"}`,
	`{"source":"s","detail-type":"t","detail":%s,"time":1}`,
	`{"source":"s","detail-type":"t","detail":%s,"resources":"a"}`,
	`{"source":"s","detail-type":"t","detail":%s,"resources":["a",1]}`,
	`{"source":"s","detail-type":"t","detail":%s,"Source":"S"}`,
	`{"source":"s","detail-type":"t","detail":%s,"\u0053ource":"S","Time":"noon"}`,
	`{"source":"s","detail-type":"t","detail":%s,"REPLAY-NAME":"again"}`,
	`{"source":"s","detail-type":"t","detail":%s,"regſon":1,"reſources":["a"]}`,
	`{"source":"s","detail-type":"t","detail":%s,"jobs:rule2":1,"event":{"source":"inner"},"more":[{"id":"x"}],"":""}`,
	"{\"source\":\"s\",\"detail-type\":\"t\",\"detail\":%s,\"id\":\"\xff\"}",
	"{\"source\":\"s\",\"detail-type\":\"t\",\"detail\":%s,\"\xff\":\"\"}",
	`{"source":"ü","detail-type":"größe","detail":%s,"id":"ünï"}`,
	`{"source":"s","detail-type":"t","detail":%s,"id":"` + strings.Repeat("long ", 1000) + `","account":"1"}`,
	`{"source":"s","detail-type":"t"}`, `{"detail":%s}`, `[%s]`, `%s`, `{"source":1,"detail-type":2,"detail":%s}`,
}

var details = []string{
	`{}`, `null`, `{"id":"o-1","total":1.5,"items":[{"price":3},{"price":4}],"tags":["x","y"]}`, `{"ID":"o-1","\u0069d":"o-2","Tags":null}`,
	`{"id":"a\"\u00e9","tags":["\n",""]}`, `{"id":"` + strings.Repeat("x", 5000) + `","tags":["` + strings.Repeat(`t","`, 200) + `"]}`,
	`{"id":1}`, `{"total":"1"}`, `{"items":[{"price":1.5}]}`, `[]`, `"text"`, `1`, `{"other":{"id":[1,2,{"id":"x"}]},"id":"last"}`,
}

// TestGeneratedCodeDecodesAsEncodingJSON checks that a job gets the result of Decode, or
// that the dispatcher returns its error, for all kinds of payloads.
func TestGeneratedCodeDecodesAsEncodingJSON(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 3
	}
	for i, envelope := range envelopes {
		for j, detail := range details {
			if (i+j)%step != 0 {
				continue
			}
			payload := strings.ReplaceAll(envelope, "%s", detail)
			same(t, "Shop.Raw", payload, payload)
			same(t, "", enveloped("DetailOnly", payload), payload)
			same(t, "", `{"event" : 1, "jobs\u003arule" : "Detail\u004fnly" , "event" : `+payload+` , "more": ["é"]}`, payload)
		}
	}
}

// same sends a payload to a job that accepts any payload, and checks that it gets inner.
func same(t *testing.T, handler, payload, inner string) {
	t.Helper()
	if !json.Valid([]byte(payload)) {
		t.Fatalf("not JSON: %s", payload)
	}
	ran := false
	d := jobs.New(shopTable, func(_ context.Context, _ string, p *dispatch.Payload) (any, error) {
		ran = true
		for range 2 { // several jobs may be sent one event
			if diff := cmp.Diff(reflected([]byte(inner)), generated(p)); diff != "" {
				t.Errorf("%.300s (-encoding/json +generated):\n%.2000s", payload, diff)
			}
		}
		return nil, nil
	}).WithHandler(handler)
	if _, err := d.Invoke(context.Background(), []byte(payload)); err != nil || !ran {
		t.Errorf("%.300s: ran %v, %v", payload, ran, err)
	}
}

// TestAnEventKeepsNothingOfThePayload checks that an event doesn't change when the payload
// changes and when the next event is decoded.
func TestAnEventKeepsNothingOfThePayload(t *testing.T) {
	var kept []got
	d := jobs.New(shopTable, func(_ context.Context, _ string, p *dispatch.Payload) (any, error) {
		kept = append(kept, generated(p))
		return nil, nil
	}).WithHandler("Shop.Typed")
	var payloads []string
	for i := range 20 {
		detail := fmt.Sprintf(`{"id":"%d\n","tags":["%s"]}`, i, strings.Repeat(fmt.Sprint(i), 100*i))
		payloads = append(payloads, strings.NewReplacer(
			"123456789012", fmt.Sprint(123456789012+i/2%3), "eu-west-1", fmt.Sprint("eu-west-", i/3%2),
			`"resources":[]`, `"resources":[`+strings.TrimSuffix(strings.Repeat(fmt.Sprintf(`"arn:%d",`, i), i%4), ",")+`]`,
		).Replace(event(fmt.Sprint("source", i), "t", detail)))
		payload := []byte(payloads[i])
		if _, err := d.Invoke(t.Context(), payload); err != nil {
			t.Fatal(err)
		}
		clear(payload)
	}
	for i := range kept {
		_ = append(kept[i].Event.Resources, "of one event alone")
	}
	for i, payload := range payloads {
		if diff := cmp.Diff(reflected([]byte(payload)), kept[i]); diff != "" {
			t.Errorf("event %d has changed:\n%.2000s", i, diff)
		}
	}
}

// TestInvokeWithinAJob checks that a job can invoke its dispatcher.
func TestInvokeWithinAJob(t *testing.T) {
	var d *jobs.Dispatcher
	levels := 0
	d = jobs.New(shopTable, func(ctx context.Context, _ string, p *dispatch.Payload) (any, error) {
		if levels++; levels < 5 {
			if _, err := d.Invoke(ctx, []byte(event(fmt.Sprint("inner", levels), "t", `{"id":"inner"}`))); err != nil {
				return nil, err
			}
		}
		if diff := cmp.Diff(reflected(p.JSON()), generated(p)); diff != "" {
			t.Error(diff)
		}
		return nil, nil
	}).WithHandler("Shop.Typed")
	if _, err := d.Invoke(t.Context(), []byte(sample)); err != nil || levels != 5 {
		t.Errorf("%d levels, %v", levels, err)
	}
}

// TestEventsAtTheSameTime checks that each of several concurrent jobs gets its event.
func TestEventsAtTheSameTime(t *testing.T) {
	d := jobs.New(shopTable, func(_ context.Context, _ string, p *dispatch.Payload) (any, error) {
		return generated(p).Event.Detail.ID, nil
	}).WithHandler("Shop.Typed")
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for n := range 200 {
				id := strings.Repeat(fmt.Sprint(i), n)
				answer, err := d.Invoke(context.Background(), []byte(event("s", "t", fmt.Sprintf(`{"id":%q}`, id))))
				if want := fmt.Sprintf("%q", id); err != nil || string(answer) != want {
					t.Errorf("got %s, %v, want %s", answer, err, want)
				}
			}
		})
	}
	wait.Wait()
}

// TestAnEventIsDecodedInLittleMemory counts the allocations besides the user's values: the
// strings and the answer.
func TestAnEventIsDecodedInLittleMemory(t *testing.T) {
	ran := 0
	d := jobs.New(shopTable, func(_ context.Context, _ string, p *dispatch.Payload) (any, error) {
		var e jobs.Event[order]
		decodeOrder(dispatch.Begin(p, &e), &e.Detail)
		if err := dispatch.End(p, &e); err != nil {
			return nil, err
		}
		ran += len(e.Detail.ID)
		return nil, nil
	})
	placed := []byte(event("shop", "Order Placed", `{"id":"o-1","total":12,"more":{"a":["b"]}}`))
	for name, tt := range map[string]struct {
		handler string
		payload []byte
	}{
		"handler":  {"Shop.Typed", placed},
		"envelope": {"", []byte(enveloped("ShopTyped", string(placed)))},
	} {
		d := d.WithHandler(tt.handler)
		allocs := testing.AllocsPerRun(200, func() {
			if _, err := d.Invoke(context.Background(), tt.payload); err != nil {
				t.Fatal(err)
			}
		})
		if allocs > 3 { // an empty list of resources is none
			t.Errorf("%s: %v allocations", name, allocs)
		}
	}
}

func TestAPayloadIsWhatTheJobIsSent(t *testing.T) {
	placed := event("shop", "Order Placed", `{"id":"o-1"}`)
	for name, tt := range map[string]struct{ handler, payload, want string }{
		"handler":  {"Shop.Typed", " " + placed + "\n", " " + placed + "\n"},
		"envelope": {"", enveloped("ShopTyped", " "+placed+"\n"), placed},
		"bare":     {"", " " + placed, " " + placed},
		"input":    {"", event("raw", "t", `{"a": 1}`), `{"a": 1}`},
	} {
		var got []byte
		d := jobs.New(shopTable, func(_ context.Context, _ string, p *dispatch.Payload) (any, error) {
			got = bytes.Clone(p.JSON())
			return nil, nil
		}).WithHandler(tt.handler)
		if _, err := invoke(t, d, tt.payload); err != nil || string(got) != tt.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tt.want)
		}
	}
}

// TestTextsOfAnEvent reads the texts of an event as encoding/json does: with escapes,
// twice, and with bytes that are not UTF-8.
func TestTextsOfAnEvent(t *testing.T) {
	payloads := []string{
		event("shop", "Order Placed", `{"id":"1"}`),
		event(`s\u0068op`, `Order\u0020Placed`, `{"id":"1"}`),
		event("shop", "Order Placed", `{"id":"1"},"source":"other"`),
		event("s\xffop", "Order Placed", `{"id":"1"}`),
	}
	for _, payload := range payloads {
		var got jobs.Event[order]
		d := jobs.New(withParams(`{"source":[{"exists":true}]}`), func(_ context.Context, _ string, p *dispatch.Payload) (any, error) {
			decodeOrder(dispatch.Begin(p, &got), &got.Detail)
			return nil, dispatch.End(p, &got)
		})
		_, err := invoke(t, d.WithHandler(""), payload)
		want, wantErr := dispatch.Decode[jobs.Event[order]]([]byte(payload))
		if diff := cmp.Diff(want, got); diff != "" || (err == nil) != (wantErr == nil) {
			t.Errorf("%s: %v, want %v\n%s", payload, err, wantErr, diff)
		}
	}
}
