package busaws

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/localbus"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/testmodule"
	"github.com/jobgen/jobgen/parse"
)

// source is a package with all that the operations show.
const source = `// Package shop has jobs.
//
//jobs:package params: {Stage: {default: test}}
package shop

import (
	"context"
	"encoding/json"

	"github.com/jobgen/jobgen/jobs"
)

type Orders struct{}

//jobs:event_rule {id: Placed, description: New orders, event_bus: 'arn:aws:events:eu-west-1:210987654321:event-bus/shop', dlq: create, retry: {attempts: 3, max_age: 1h}}
//jobs:event_pattern {source: [shop.orders], detail-type: ["order.${Stage}"]}
func (Orders) Placed(context.Context, jobs.Event[struct{ ID int }]) (int, error) { return 0, nil }

//jobs:event_rule {id: Mail, name: shop-mail, state: DISABLED, queue: {arn: 'arn:aws:sqs:eu-west-1:210987654321:mail.fifo', group: mail}}
//jobs:event_pattern {source: [shop.mail]}
func (Orders) Mail(context.Context, jobs.Event[json.RawMessage]) error { return nil }

//jobs:event_rule {id: Text, input_transformer: {paths: {id: $.detail.id}, template: '{"id": <id>}'}}
//jobs:event_pattern {source: [shop.text]}
func (Orders) Text(context.Context, json.RawMessage) error { return nil }

//jobs:event_rule {id: Sweep, input: {all: true}}
//jobs:rate 10 minutes
//jobs:function {arn: 'arn:aws:lambda:eu-west-1:210987654321:function:sweeper', qualifier: live}
func (Orders) Sweep(context.Context, json.RawMessage) error { return nil }

//jobs:schedule {id: Report, group: nightly, timezone: Europe/Berlin, window: 15m, start: 2026-01-01T00:00:00Z, after: delete, input: {kind: daily}}
//jobs:cron 0 6 * * ? *
func (Orders) Report(context.Context, jobs.Event[json.RawMessage]) error { return nil }
`

// functions runs the functions of a bus.
type functions struct {
	mu    sync.Mutex
	calls []string
}

func (f *functions) start(_ context.Context, fn runtimeapi.Function) (localbus.Instance, error) {
	return &instance{f, fn.Handler}, nil
}

type instance struct {
	*functions
	handler string
}

func (i *instance) Invoke(_ context.Context, payload []byte) (runtimeapi.Result, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.calls = append(i.calls, i.handler+" "+string(payload))
	result := runtimeapi.Result{RequestID: "1", Payload: payload, Log: []byte("working\n"), Duration: 1500 * time.Microsecond, InitDuration: 2 * time.Millisecond}
	if i.handler == "Orders.Text" {
		result.FunctionError, result.ErrorMessage, result.Payload = runtimeapi.Unhandled, "no text", []byte(`{"errorMessage":"no text"}`)
	}
	return result, nil
}

func (i *instance) Close() {}

// build parses the package.
func build(t *testing.T) localbus.Build {
	t.Helper()
	dir := testmodule.New(t).Dir(t, map[string]string{"shop.go": source})
	for _, entry := range testmodule.New(t).Env() {
		name, value, _ := strings.Cut(entry, "=")
		t.Setenv(name, value)
	}
	res, err := parse.Parse(t.Context(), parse.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics.Sorted() {
		if d.Severity == diag.Error {
			t.Fatalf("%+v", d)
		}
	}
	rules, err := deployed.Rules(res.Packages, nil)
	if err != nil {
		t.Fatal(err)
	}
	return localbus.Build{Rules: rules, Binary: "bootstrap", Event: func(r *deployed.Rule, now time.Time) ([]byte, error) {
		return r.Event(nil, nil, now)
	}}
}

func start(t *testing.T) (*functions, *localbus.Bus, string) {
	t.Helper()
	f := new(functions)
	bus := localbus.New(localbus.Options{Start: f.start, RetryWait: time.Millisecond})
	bus.Swap(localbus.NewProgram(build(t)))
	server := httptest.NewServer(Handler(bus, nil))
	t.Cleanup(func() {
		server.Close()
		bus.Close(context.Background())
	})
	return f, bus, server.URL
}

// send sends a request with a header of the form NAME=VALUE.
func send(t *testing.T, method, url, header, body string) (answer string, headers http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	name, value, _ := strings.Cut(header, "=")
	r.Header.Set(name, value)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data), response.Header
}

// TestStack checks what clients see of a program.
func TestStack(t *testing.T) {
	_, _, url := start(t)
	events := func(operation, body, want string) {
		t.Helper()
		if got, _ := send(t, http.MethodPost, url, "X-Amz-Target=AWSEvents."+operation, body); got != want {
			t.Errorf("%s %s: got\n%s, want\n%s", operation, body, got, want)
		}
	}
	events("ListRules", `{}`, `{"Rules":[`+
		`{"Name":"Sweep","Arn":"arn:aws:events:us-east-1:123456789012:rule/Sweep","EventBusName":"default","ScheduleExpression":"rate(10 minutes)","State":"ENABLED"},`+
		`{"Name":"Text","Arn":"arn:aws:events:us-east-1:123456789012:rule/Text","EventBusName":"default","EventPattern":"{\"source\":[\"shop.text\"]}","State":"ENABLED"},`+
		`{"Name":"shop-mail","Arn":"arn:aws:events:us-east-1:123456789012:rule/shop-mail","EventBusName":"default","EventPattern":"{\"source\":[\"shop.mail\"]}","State":"DISABLED"}]}`)
	events("DescribeRule", `{"Name":"Placed","EventBusName":"shop"}`, `{"Name":"Placed","Arn":"arn:aws:events:us-east-1:123456789012:rule/Placed","EventBusName":"shop",`+
		`"EventPattern":"{\"source\":[\"shop.orders\"],\"detail-type\":[\"order.test\"]}","State":"ENABLED","Description":"New orders","CreatedBy":"123456789012"}`)
	events("ListTargetsByRule", `{"Rule":"Placed","EventBusName":"shop"}`, `{"Targets":[{"Id":"Placed","Arn":"arn:aws:lambda:us-east-1:123456789012:function:Orders.Placed",`+
		`"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:123456789012:Placed"},"RetryPolicy":{"MaximumRetryAttempts":3,"MaximumEventAgeInSeconds":3600}}]}`)
	events("ListTargetsByRule", `{"Rule":"shop-mail"}`, `{"Targets":[{"Id":"Mail","Arn":"arn:aws:sqs:eu-west-1:210987654321:mail.fifo","SqsParameters":{"MessageGroupId":"mail"}}]}`)
	events("ListTargetsByRule", `{"Rule":"Text"}`, `{"Targets":[{"Id":"Text","Arn":"arn:aws:lambda:us-east-1:123456789012:function:Orders.Text",`+
		`"InputTransformer":{"InputPathsMap":{"id":"$.detail.id"},"InputTemplate":"{\"id\": \u003cid\u003e}"}}]}`)
	events("ListTargetsByRule", `{"Rule":"Sweep"}`, `{"Targets":[{"Id":"Sweep","Arn":"arn:aws:lambda:eu-west-1:210987654321:function:sweeper:live","Input":"{\"all\":true}"}]}`)

	var schedule map[string]any
	got, _ := send(t, http.MethodGet, url+"/schedules/Report?groupName=nightly", "Accept=*/*", "")
	if err := json.Unmarshal([]byte(got), &schedule); err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]any{
		"Arn": "arn:aws:scheduler:us-east-1:123456789012:schedule/nightly/Report", "ActionAfterCompletion": "DELETE", "State": "ENABLED",
		"ScheduleExpression": "cron(0 6 * * ? *)", "ScheduleExpressionTimezone": "Europe/Berlin", "StartDate": 1767225600.0,
	} {
		if schedule[field] != want {
			t.Errorf("the schedule's %s is %v, want %v", field, schedule[field], want)
		}
	}
	const input = `"account\":\"123456789012\",\"time\":\"\u003caws.scheduler.scheduled-time\u003e\",\"region\":\"us-east-1\"`
	if !strings.Contains(got, input) || !strings.Contains(got, `\"detail\":{\"kind\":\"daily\"}`) || !strings.Contains(got, `"MaximumWindowInMinutes":15`) {
		t.Errorf("the schedule is %s", got)
	}
}

// TestCalls checks that clients' requests arrive at the functions.
func TestCalls(t *testing.T) {
	f, bus, url := start(t)
	put, _ := send(t, http.MethodPost, url, "X-Amz-Target=AWSEvents.PutEvents",
		`{"Entries":[{"Source":"shop.orders","DetailType":"order.test","Detail":"{\"id\":7}","EventBusName":"shop","Resources":["r"],"Time":1767225600}]}`)
	if !strings.Contains(put, `"FailedEntryCount":0,"Entries":[{"EventId":"`) {
		t.Errorf("PutEvents: %s", put)
	}
	sent, _ := send(t, http.MethodPost, url, "X-Amz-Target=AmazonSQS.SendMessage",
		`{"QueueUrl":"http://localhost/1/mail.fifo","MessageBody":"hello","MessageGroupId":"g","MessageAttributes":{"a":{"DataType":"Number","StringValue":"1"},"b":{"DataType":"Binary","BinaryValue":"AQI="}}}`)
	if !strings.Contains(sent, `"MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592"`) || !strings.Contains(sent, `"SequenceNumber":"00000000000000000001"`) {
		t.Errorf("SendMessage: %s", sent)
	}
	for _, name := range []string{"sweeper", "sweeper:live", "Orders.Sweep", "arn:aws:lambda:eu-west-1:210987654321:function:sweeper:live"} {
		if answer, header := send(t, http.MethodPost, url+"/2015-03-31/functions/"+name+"/invocations", "X-Amz-Invocation-Type=Event", `"async"`); answer != "" {
			t.Errorf("%s: %s %v", name, answer, header)
		}
	}
	if err := bus.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	calls := strings.Join(slices.Sorted(slices.Values(f.calls)), "\n")
	f.mu.Unlock()
	for _, want := range []string{
		`"detail-type":"order.test","source":"shop.orders","account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":["r"],"detail":{"id":7}}`,
		`"a":{"stringValue":"1","stringListValues":[],"binaryListValues":[],"dataType":"Number"},"b":{"binaryValue":"AQI=","stringListValues":[],"binaryListValues":[],"dataType":"Binary"}`,
		strings.Repeat("Orders.Sweep \"async\"\n", 3) + "Orders.Sweep \"async\"",
	} {
		if !strings.Contains(calls, want) {
			t.Errorf("no call has %s:\n%s", want, calls)
		}
	}
}

// TestInvoke checks the answer to a synchronous invocation that fails.
func TestInvoke(t *testing.T) {
	_, _, url := start(t)
	answer, header := send(t, http.MethodPost, url+"/2015-03-31/functions/Orders.Text/invocations", "X-Amz-Log-Type=Tail", `{}`)
	if answer != `{"errorMessage":"no text"}` || header.Get("X-Amz-Function-Error") != "Unhandled" {
		t.Errorf("got %s, %v", answer, header)
	}
	log, err := base64.StdEncoding.DecodeString(header.Get("X-Amz-Log-Result"))
	const want = "START RequestId: 1 Version: $LATEST\nworking\nEND RequestId: 1\nREPORT RequestId: 1\tDuration: 1.50 ms\tInit Duration: 2.00 ms\n"
	if err != nil || string(log) != want {
		t.Errorf("the log is %q, want %q", log, want)
	}
}

// TestClosed checks what clients get from a bus that ends.
func TestClosed(t *testing.T) {
	_, bus, url := start(t)
	bus.Close(t.Context())
	if answer, _ := send(t, http.MethodPost, url, "X-Amz-Target=AWSEvents.ListRules", `{}`); !strings.Contains(answer, `"__type":"ServiceUnavailable"`) {
		t.Errorf("got %s", answer)
	}
}
