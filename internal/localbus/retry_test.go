package localbus

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/runtimeapi"
)

// fails is an answer for a handler that always fails.
func fails(fakeCall) runtimeapi.Result { return failure("no luck") }

// times returns when the calls were, relative to the first one.
func times(f *functions) []time.Duration {
	var all []time.Duration
	for _, c := range f.calls {
		all = append(all, c.at.Sub(f.calls[0].at))
	}
	return all
}

func TestRetries(t *testing.T) {
	minute, none := time.Minute, 0
	tests := []struct {
		name  string
		async *model.Async
		wait  time.Duration
		want  []time.Duration
		next  string // of the last attempt
	}{
		{"default", nil, 0, []time.Duration{0, time.Second, 3 * time.Second}, "Lambda drops the event: the function has no on_failure (RetriesExhausted)"},
		{"AWS's waits", nil, time.Minute, []time.Duration{0, time.Minute, 3 * time.Minute}, "Lambda drops the event: the function has no on_failure (RetriesExhausted)"},
		{"none", &model.Async{Retries: &none}, 0, []time.Duration{0}, "Lambda drops the event: the function has no on_failure (RetriesExhausted)"},
		{"too old", &model.Async{MaxAge: &minute, OnFailure: &model.Destination{Create: true}}, 45 * time.Second,
			[]time.Duration{0, 45 * time.Second}, "Lambda sends the event to the function's on_failure (EventAgeExceeded)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, l := &functions{answer: fails}, &log{}
				b := New(Options{Start: f.start, Sink: l.add, RetryWait: tt.wait})
				b.Swap(NewProgram(build(t, model.Function{Async: tt.async}, rule("One", "a"))))
				put(t, b, "a", "{}")
				idle(t, b)
				closeBus(t, b)
				if diff := cmp.Diff(tt.want, times(f)); diff != "" {
					t.Errorf("attempts (-want +got):\n%s", diff)
				}
				all := l.invocations()
				last := all[len(all)-1]
				if last.Next != tt.next || last.RetryIn != 0 || last.Attempt != len(tt.want) {
					t.Errorf("%+v", last)
				}
				if len(all) > 1 && (all[0].RetryIn != tt.want[1] || !strings.Contains(all[0].Next, "attempt 2 of 3")) {
					t.Errorf("%+v", all[0])
				}
			})
		})
	}
}

// letterOf returns the letters in the file of dead letters.
func lettersOf(t *testing.T, path string) []Letter {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []Letter
	for line := range strings.Lines(string(data)) {
		var l Letter
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

func TestDestination(t *testing.T) {
	path := filepath.Join(t.TempDir(), "letters.ndjson")
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{answer: fails}, &log{}
		b := New(Options{Start: f.start, Sink: l.add, DeadLetters: path})
		on := &model.Async{OnFailure: &model.Destination{ARN: model.Literal("arn:aws:sns:us-east-1:123456789012:failures")}}
		b.Swap(NewProgram(build(t, model.Function{Async: on}, rule("One", "a"))))
		id := put(t, b, "a", `{"x": 1}`)
		idle(t, b)
		closeBus(t, b)
		all := lettersOf(t, path)
		if len(all) != 1 || len(l.letters()) != 1 {
			t.Fatalf("%d letters in the file, %d in the journal", len(all), len(l.letters()))
		}
		letter := all[0]
		if letter.Kind != OnFailure || letter.Destination != "arn:aws:sns:us-east-1:123456789012:failures" || ids(letter.Rules) != "[One]" || letter.Events[0] != id {
			t.Errorf("%+v", letter)
		}
		payload := f.calls[0].payload
		want := `{"version":"1.0","timestamp":"2000-01-01T00:00:03.000Z","requestContext":{"requestId":"failed",` +
			`"functionArn":"arn:aws:lambda:us-east-1:123456789012:function:Job.OnOne:$LATEST","condition":"RetriesExhausted","approximateInvokeCount":3},` +
			`"requestPayload":` + payload + `,"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},` +
			`"responsePayload":{"errorMessage":"no luck","errorType":"errorString"}}`
		if diff := cmp.Diff(want, string(letter.Body)); diff != "" {
			t.Errorf("record (-want +got):\n%s", diff)
		}
	})
}

// TestTooLate has an event that waits for the function longer than its maximum age.
func TestTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{answer: answerAfter(2 * time.Minute)}, &log{}
		b := New(Options{Start: f.start, Sink: l.add, Processes: 1})
		minute := time.Minute
		fn := model.Function{Async: &model.Async{MaxAge: &minute, OnFailure: &model.Destination{Create: true}}}
		b.Swap(NewProgram(build(t, fn, rule("One", "a"))))
		put(t, b, "a", "{}")
		late := put(t, b, "a", "{}")
		idle(t, b)
		closeBus(t, b)
		letters := l.letters()
		if len(f.calls) != 1 || len(letters) != 1 || letters[0].Events[0] != late || !strings.HasSuffix(letters[0].Destination, ":JobOnOneFailure") ||
			!strings.Contains(string(letters[0].Body), `"condition":"EventAgeExceeded","approximateInvokeCount":0`) ||
			!strings.Contains(string(letters[0].Body), `"responseContext":null`) {
			t.Errorf("%d calls; %+v", len(f.calls), letters)
		}
	})
}

// TestNoConcurrency sends an event to a function that can't be called.
func TestNoConcurrency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		b := New(Options{Start: f.start, Sink: l.add})
		none := 0
		fn := model.Function{ReservedConcurrency: &none, Async: &model.Async{OnFailure: &model.Destination{Create: true}}}
		b.Swap(NewProgram(build(t, fn, rule("One", "a"))))
		put(t, b, "a", "{}")
		idle(t, b)
		if _, err := b.Invoke(t.Context(), "Job.OnOne", []byte("{}")); err != ErrThrottled {
			t.Errorf("Invoke: %v", err)
		}
		closeBus(t, b)
		if len(f.calls) != 0 || len(l.letters()) != 1 || !strings.Contains(string(l.letters()[0].Body), `"condition":"ZeroReservedConcurrency","approximateInvokeCount":0`) {
			t.Errorf("%d calls; %+v", len(f.calls), l.letters())
		}
	})
}

// TestInvalidInput has a rule whose input can't be made: the event goes to the rule's dead-letter
// queue, with EventBridge's attributes, and the function is not called.
func TestInvalidInput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		b := New(Options{Start: f.start, Sink: l.add})
		dropped, kept := rule("Dropped", "a"), rule("Kept", "a")
		for _, r := range []*model.Rule{dropped, kept} {
			r.Input = &model.Input{Path: "$.detail.absent"}
		}
		kept.DLQ = &model.DLQ{ARN: model.Literal("arn:aws:sqs:us-east-1:123456789012:dead")}
		b.Swap(NewProgram(build(t, model.Function{}, dropped, kept)))
		put(t, b, "a", "{}")
		idle(t, b)
		closeBus(t, b)
		all := l.letters()
		if len(f.calls) != 0 || len(all) != 1 || all[0].Kind != RuleDLQ || all[0].Destination != "arn:aws:sqs:us-east-1:123456789012:dead" {
			t.Fatalf("%d calls; %+v", len(f.calls), all)
		}
		for name, want := range map[string]string{
			"RULE_ARN": "rule/Kept", "TARGET_ARN": "function:Job.OnKept", "ERROR_CODE": "INVALID_JSON", "ERROR_MESSAGE": "$.detail.absent", "RETRY_ATTEMPTS": "0",
		} {
			if !strings.Contains(all[0].Attributes[name], want) {
				t.Errorf("%s is %q", name, all[0].Attributes[name])
			}
		}
		if inv := l.invocations(); len(inv) != 2 || inv[0].Next == inv[1].Next {
			t.Errorf("%+v", inv)
		}
	})
}

// TestNoJobRan has a function that answers without running a job. Lambda takes that as a success.
func TestNoJobRan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, l := &functions{}, &log{}
		b := New(Options{Start: f.start, Sink: l.add})
		made := build(t, model.Function{}, rule("One", "a"))
		made.Rules[0].Package.Path = "example.com/other" // not what the fake function reports
		b.Swap(NewProgram(made))
		put(t, b, "a", "{}")
		idle(t, b)
		closeBus(t, b)
		if inv := l.invocations(); len(inv) != 1 || inv[0].ErrorType != "Jobgen.OtherJobRan" || inv[0].Next != "" {
			t.Errorf("%+v", inv)
		}
	})
}

func TestInvoke(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &functions{}
		f.answer = func(c fakeCall) runtimeapi.Result {
			if strings.Contains(c.payload, "bad") {
				return failure("bad")
			}
			return runtimeapi.Result{RequestID: "r", Payload: []byte(c.payload)}
		}
		b := New(Options{Start: f.start})
		b.Swap(NewProgram(build(t, model.Function{PhysicalName: model.Literal("named")}, rule("One", "a"))))
		for _, name := range []string{"Job.OnOne", "JobOnOne", "named", "named:live", "arn:aws:lambda:us-east-1:123456789012:function:named", "123456789012:function:named"} {
			if r, err := b.Invoke(t.Context(), name, []byte(`"hello"`)); err != nil || string(r.Payload) != `"hello"` {
				t.Errorf("%s: %+v, %v", name, r, err)
			}
		}
		if r, err := b.Invoke(t.Context(), "named", []byte(`"bad"`)); err != nil || r.FunctionError == "" {
			t.Errorf("%+v, %v", r, err)
		}
		if _, err := b.Invoke(t.Context(), "Job.OnOn", nil); err == nil || !strings.Contains(err.Error(), `did you mean "Job.OnOne"?`) {
			t.Errorf("another name: %v", err)
		}
		calls := len(f.calls)
		if err := b.InvokeAsync("named", []byte(`"bad"`)); err != nil {
			t.Error(err)
		}
		idle(t, b)
		if n := len(f.calls) - calls; n != 3 {
			t.Errorf("%d attempts", n)
		}
		closeBus(t, b)
	})
}
