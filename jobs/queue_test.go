package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/jobgen/jobgen/jobs"
)

// mustQuote returns a JSON string in which every character is escaped that may be.
func mustQuote(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}

// receive sends an SQS batch and returns the ids of the messages that failed.
func receive(ctx context.Context, t *testing.T, d *jobs.Dispatcher, payload string) []string {
	t.Helper()
	out, err := d.Invoke(ctx, []byte(payload))
	if err != nil {
		t.Fatal(err)
	}
	var answer events.SQSEventResponse
	if err := json.Unmarshal(out, &answer); err != nil || answer.BatchItemFailures == nil {
		t.Fatalf("the answer is %s: %v", out, err)
	}
	var ids []string
	for _, failure := range answer.BatchItemFailures {
		ids = append(ids, failure.ItemIdentifier)
	}
	return ids
}

// TestQueue sends 1,000 messages in batches of 10. Every 17th can't be decoded, every
// 50th makes its job panic, and every 90th is not an event. Exactly these are reported as failed.
// The others run once.
func TestQueue(t *testing.T) {
	for layout, enclose := range map[string]func(source, e string) string{
		"method": func(_, e string) string { return e },
		"package": func(source, e string) string {
			return enveloped(map[string]string{"shop": "ShopTyped", "panics": "ShopPanics"}[source], e)
		},
	} {
		t.Run(layout, func(t *testing.T) {
			s := &shop{boom: "boom"}
			var want, got, ok []string
			for from := 0; from < 1000; from += 10 {
				var batch []string
				for i := from; i < from+10; i++ {
					id, source, total, failing := fmt.Sprintf("m-%q-%d", "é", i), "shop", "1", i%17 == 0 || i%50 == 0 || i%90 == 0
					if i%17 == 0 {
						total = `"not a number"`
					}
					if i%50 == 0 {
						source = "panics"
					}
					body := enclose(source, event(source, "Order Placed", `{"id":"`+strconv.Itoa(i)+`","total":`+total+`}`))
					if i%90 == 0 {
						body = "no event"
					}
					if batch = append(batch, message(id, body, "orders", "")); failing {
						want = append(want, id)
					} else {
						ok = append(ok, "Typed "+strconv.Itoa(i))
					}
				}
				got = append(got, receive(t.Context(), t, s.dispatcher(), batchOf(batch...))...)
			}
			if !slices.Equal(got, want) {
				t.Errorf("these came back: %q\nwant %q", got, want)
			}
			ran := slices.DeleteFunc(s.ran, func(job string) bool { return job == "Panics" })
			if !slices.Equal(ran, ok) {
				t.Errorf("%d jobs ran, want %d: %q", len(ran), len(ok), ran)
			}
		})
	}
}

// TestQueueIsLikeTheEventAlone compares what a job gets from a queue with what it gets from
// a rule.
func TestQueueIsLikeTheEventAlone(t *testing.T) {
	for _, tt := range []struct{ handler, payload string }{
		{"Shop.Typed", event("shop", "Order Placed", `{"id":"\"\\\u00e9\n"}`)},
		{"Shop.Raw", `{"mode":"full"}`},
		{"", enveloped("DetailOnly", `{"mode":["full"]}`)},
		{"", event("shop", "Order Placed", `{"id":"bare"}`)},
	} {
		s := &shop{}
		d := s.dispatcher().WithHandler(tt.handler)
		if _, err := invoke(t, d, tt.payload); err != nil {
			t.Fatal(err)
		}
		if failed := receive(t.Context(), t, d, batchOf(message("m", tt.payload, "orders", ""))); failed != nil {
			t.Errorf("%s failed", tt.payload)
		}
		if len(s.ran) != 2 || s.ran[0] != s.ran[1] {
			t.Errorf("%q ran", s.ran)
		}
	}
}

// TestQueueInOrder sends a batch of a FIFO queue. After a failure, the later messages of its
// group are not begun; those of other groups are. A standard queue has no order.
func TestQueueInOrder(t *testing.T) {
	for queue, want := range map[string]string{
		"orders.fifo": "a2 a3 b2",
		"orders":      "a2 b2",
	} {
		s := &shop{}
		var batch []string
		for _, id := range []string{"a1", "b1", "a2", "c1", "b2", "a3", "c2"} {
			detail := `{"id":"` + id + `"}`
			if id == "a2" || id == "b2" {
				detail = `{"id":7}`
			}
			batch = append(batch, message(id, event("shop", "Order Placed", detail), queue, id[:1]))
		}
		failed := receive(t.Context(), t, s.dispatcher(), batchOf(batch...))
		slices.Sort(failed)
		if got := strings.Join(failed, " "); got != want {
			t.Errorf("%s: %s came back, want %s", queue, got, want)
		}
		if want := 7 - len(failed); len(s.ran) != want {
			t.Errorf("%s: %q ran, want %d", queue, s.ran, want)
		}
	}
}

// TestQueueNearTheDeadline sends a batch for which the time isn't enough. The messages that
// are not begun come back.
func TestQueueNearTheDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	s := &shop{}
	one := message("first", event("shop", "Order Placed", `{"id":"1"}`), "orders", "")
	if failed := receive(ctx, t, s.dispatcher(), batchOf(one)); failed != nil {
		t.Errorf("%q came back", failed)
	}
	deadline, _ := s.ctx.Deadline()
	if end, _ := ctx.Deadline(); !deadline.Before(end) {
		t.Error("the job's context doesn't end before the function's time")
	}
	ctx, cancel = context.WithTimeout(t.Context(), 400*time.Millisecond)
	defer cancel()
	if failed := receive(ctx, t, s.dispatcher(), batchOf(one)); len(failed) != 1 || len(s.ran) != 1 {
		t.Errorf("%q came back, %q ran", failed, s.ran)
	}
}

// TestQueueOfAWrongFunction sends a batch to a function whose handler names no job. The
// error is the function's.
func TestQueueOfAWrongFunction(t *testing.T) {
	s := &shop{}
	_, err := invoke(t, s.dispatcher().WithHandler("Shop.Type"), batchOf(message("m", "{}", "orders", "")))
	if _, ok := errors.AsType[*jobs.UnknownHandlerError](err); !ok {
		t.Errorf("error %v", err)
	}
}

// TestNoQueue sends payloads that only resemble an SQS batch.
func TestNoQueue(t *testing.T) {
	whole := message("m", event("shop", "Order Placed", `{"id":"1"}`), "orders", "")
	for _, payload := range []string{
		`{"Records":[]}`, `{"Records":{}}`, `{"Records":[7]}`,
		batchOf(whole, `{}`),
		batchOf(strings.Replace(whole, `"messageId":"m"`, `"messageId":1`, 1)),
		batchOf(strings.Replace(whole, `"eventSource":"aws:sqs"`, `"eventSource":"aws:kinesis"`, 1)),
		batchOf(strings.Replace(whole, `"body":`, `"Body":`, 1)),
	} {
		s := &shop{}
		_, err := invoke(t, s.dispatcher(), payload)
		if _, ok := errors.AsType[*jobs.ForeignPayloadError](err); !ok || len(s.ran) != 0 {
			t.Errorf("%.80s: error %v, %q ran", payload, err, s.ran)
		}
	}
}
