package localbus

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/sqsevent"
)

// batch is what the tests read of a batch.
type batch struct {
	Records []struct {
		MessageID         string            `json:"messageId"`
		Body              string            `json:"body"`
		Attributes        map[string]string `json:"attributes"`
		MessageAttributes map[string]any    `json:"messageAttributes"`
	}
}

func readBatch(payload string) (b batch) {
	if err := json.Unmarshal([]byte(payload), &b); err != nil {
		panic(err)
	}
	return b
}

// bodies returns the bodies of the messages in each call.
func bodies(f *functions) [][]string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all [][]string
	for _, c := range f.calls {
		var one []string
		for _, r := range readBatch(c.payload).Records {
			one = append(one, r.Body)
		}
		all = append(all, one)
	}
	return all
}

func queued(id string, q model.Queue) *model.Rule {
	r := rule(id, "a")
	r.Queue = &q
	r.Input = &model.Input{Path: "$.detail.n"}
	return r
}

func swapQueue(t *testing.T, f *functions, l *log, q model.Queue) *Bus {
	b := New(Options{Start: f.start, Sink: l.add, Processes: 4})
	b.Swap(NewProgram(build(t, model.Function{}, queued("One", q))))
	return b
}

// partly answers that the messages with these bodies failed.
func partly(failing ...string) func(fakeCall) runtimeapi.Result {
	return func(c fakeCall) runtimeapi.Result {
		failures := []map[string]string{}
		for _, r := range readBatch(c.payload).Records {
			for _, body := range failing {
				if r.Body == body {
					failures = append(failures, map[string]string{"itemIdentifier": r.MessageID})
				}
			}
		}
		payload, _ := json.Marshal(map[string]any{"batchItemFailures": failures})
		return runtimeapi.Result{RequestID: "r", Payload: payload}
	}
}

// TestWindow has a batch that waits for its window, and one that is full before.
func TestWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		b := swapQueue(t, f, l, model.Queue{Batch: 3, Window: 10 * time.Second})
		start := time.Now()
		for n := range 4 {
			put(t, b, "a", fmt.Sprintf(`{"n": %d}`, n))
		}
		synctest.Wait()
		if diff := cmp.Diff([][]string{{"0", "1", "2"}}, bodies(f)); diff != "" {
			t.Errorf("a full batch (-want +got):\n%s", diff)
		}
		idle(t, b)
		if diff := cmp.Diff([][]string{{"0", "1", "2"}, {"3"}}, bodies(f)); diff != "" || time.Since(start) != 10*time.Second {
			t.Errorf("after %v (-want +got):\n%s", time.Since(start), diff)
		}
		if inv := l.invocations(); inv[0].Queue == "" || len(inv[0].Events) != 3 || inv[0].Method != "Job.OnOne" {
			t.Errorf("%+v", inv[0])
		}
		closeBus(t, b)
	})
}

// TestPartialFailure has one message of a batch that always fails. It is received again after the
// visibility timeout, six times the timeout of the function, and goes to the dead-letter queue.
func TestPartialFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{answer: partly("1")}, &log{}
		b := swapQueue(t, f, l, model.Queue{Receives: 2, Window: time.Second})
		start := time.Now()
		for n := range 3 {
			put(t, b, "a", fmt.Sprintf(`{"n": %d}`, n))
		}
		idle(t, b)
		if diff := cmp.Diff([][]string{{"0", "1", "2"}, {"1"}}, bodies(f)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		const visibility = 6*30*time.Second + time.Second
		if got := times(f)[1]; got != visibility+time.Second { // the second batch has a window too
			t.Errorf("received again after %v", got)
		}
		if got := time.Since(start); got != 2*visibility+2*time.Second {
			t.Errorf("dead after %v", got)
		}
		second := readBatch(f.calls[1].payload).Records[0].Attributes
		if second["ApproximateReceiveCount"] != "2" || second["SentTimestamp"] != "946684800000" || second["ApproximateFirstReceiveTimestamp"] != "946684801000" {
			t.Errorf("%v", second)
		}
		inv := l.invocations()
		if len(inv) != 2 || len(inv[0].Failed) != 1 || inv[0].ErrorType != "SQS.BatchItemFailure" ||
			inv[0].Next != "the queue delivers 1 message again in 3m1s" || inv[1].Next != "1 message goes to the dead-letter queue in 3m1s" || inv[1].Attempt != 2 {
			t.Errorf("%+v\n%+v", inv[0], inv[1])
		}
		letters := l.letters()
		if len(letters) != 1 || letters[0].Kind != QueueDLQ || string(letters[0].Body) != "1" || letters[0].Attributes["ApproximateReceiveCount"] != "2" ||
			!strings.HasSuffix(letters[0].Attributes["DeadLetterQueueSourceArn"], ":OneEvents") {
			t.Errorf("%+v", letters)
		}
		closeBus(t, b)
	})
}

// TestConcurrency has more batches than may run at the same time.
func TestConcurrency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{answer: answerAfter(time.Second)}, &log{}
		b := swapQueue(t, f, l, model.Queue{Batch: 1, Concurrency: 2})
		for n := range 6 {
			put(t, b, "a", fmt.Sprintf(`{"n": %d}`, n))
		}
		idle(t, b)
		want := []time.Duration{0, 0, time.Second, time.Second, 2 * time.Second, 2 * time.Second}
		if diff := cmp.Diff(want, times(f)); diff != "" || f.started != 2 {
			t.Errorf("%d processes (-want +got):\n%s", f.started, diff)
		}
		closeBus(t, b)
	})
}

// TestFIFO has a queue with two groups. A message that fails holds back its group only.
func TestFIFO(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		failed := false
		f.answer = func(c fakeCall) runtimeapi.Result {
			if strings.Contains(c.payload, `"a1"`) && !failed {
				failed = true
				return failure("once")
			}
			time.Sleep(time.Second)
			return runtimeapi.Result{RequestID: "r", Payload: []byte("null")}
		}
		b := swapQueue(t, f, l, model.Queue{ARN: model.Literal("arn:aws:sqs:us-east-1:123456789012:orders.fifo"), Group: "g", Batch: 1})
		for n := range 3 {
			for _, group := range []string{"a", "b"} {
				sent, err := b.Send("https://sqs.us-east-1.amazonaws.com/123456789012/orders.fifo", Message{Body: fmt.Appendf(nil, "%s%d", group, n), Group: group})
				if err != nil || sent.Sequence == "" || sent.Duplicate {
					t.Fatalf("%+v, %v", sent, err)
				}
			}
		}
		again, err := b.Send("orders.fifo", Message{Body: []byte("a0"), Group: "a"})
		if err != nil || !again.Duplicate {
			t.Errorf("a second message with the same body: %+v, %v", again, err)
		}
		idle(t, b)
		var a, bb []string
		for _, one := range bodies(f) {
			if strings.HasPrefix(one[0], "a") {
				a = append(a, one...)
			} else {
				bb = append(bb, one...)
			}
		}
		if fmt.Sprint(a) != "[a0 a1 a1 a2]" || fmt.Sprint(bb) != "[b0 b1 b2]" {
			t.Errorf("%v %v", a, bb)
		}
		if got := f.calls[len(f.calls)-1].at.Sub(f.calls[0].at); got < 3*time.Minute {
			t.Errorf("the group went on after %v", got)
		}
		closeBus(t, b)
	})
}

func TestSend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		b := swapQueue(t, f, l, model.Queue{})
		value := "blue"
		sent, err := b.Send("OneEvents", Message{
			Body: []byte("hello"), Delay: 5 * time.Second,
			Attributes: map[string]sqsevent.Attribute{"color": {StringValue: &value, DataType: "String"}},
		})
		if err != nil || sent.MD5OfBody != "5d41402abc4b2a76b9719d911017c592" || sent.ID == "" || sent.Sequence != "" {
			t.Errorf("%+v, %v", sent, err)
		}
		start := time.Now()
		idle(t, b)
		if time.Since(start) != 5*time.Second {
			t.Errorf("delivered after %v", time.Since(start))
		}
		r := readBatch(f.calls[0].payload).Records[0]
		want := map[string]any{"color": map[string]any{"stringValue": "blue", "dataType": "String", "stringListValues": []any{}, "binaryListValues": []any{}}}
		if diff := cmp.Diff(want, r.MessageAttributes); diff != "" || r.MessageID != sent.ID {
			t.Errorf("%s (-want +got):\n%s", r.MessageID, diff)
		}
		if a := l.arrivals(); len(a) != 1 || a[0].Origin != FromMessage || ids(a[0].Fires) != "[One]" {
			t.Errorf("%+v", a)
		}
		if _, err := b.Send("OneEvent", Message{}); err == nil || !strings.Contains(err.Error(), `did you mean "OneEvents"?`) {
			t.Errorf("another name: %v", err)
		}
		closeBus(t, b)
	})
}

// TestShortVisibility has a message that is visible again before the function has failed on it.
func TestShortVisibility(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		f.answer = func(fakeCall) runtimeapi.Result {
			time.Sleep(time.Second)
			return failure("no luck")
		}
		b := New(Options{Start: f.start, Sink: l.add, Visibility: time.Millisecond})
		b.Swap(NewProgram(build(t, model.Function{}, queued("One", model.Queue{Receives: 3}))))
		put(t, b, "a", `{"n": 1}`)
		idle(t, b)
		closeBus(t, b)
		if len(f.calls) != 3 || len(l.letters()) != 1 {
			t.Errorf("%d calls, %d dead letters", len(f.calls), len(l.letters()))
		}
	})
}
