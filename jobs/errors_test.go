package jobs_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

func TestInvokeRefusesForeignPayloads(t *testing.T) {
	tests := map[string]struct {
		handler, payload string
		looks, reason    string
	}{
		"nothing":              {payload: ``, looks: "empty"},
		"spaces":               {payload: " \n", looks: "empty"},
		"not JSON":             {payload: `hello`, looks: notJSON(`hello`)},
		"cut off":              {payload: `{"source":"a`, looks: notJSON(`{"source":"a`)},
		"two events":           {payload: `{} {}`, looks: notJSON(`{} {}`)},
		"null":                 {payload: ` null `, looks: "null"},
		"array":                {payload: `[{}]`, looks: "a JSON array"},
		"string":               {payload: `"event"`, looks: "a JSON string"},
		"number":               {payload: `-1`, looks: "a JSON number"},
		"boolean":              {payload: `true`, looks: "a JSON boolean"},
		"object":               {payload: `{}`, looks: "a JSON object", reason: `"source" is missing`},
		"odd types":            {payload: `{"Records":"x","requestContext":[]}`, looks: "a JSON object", reason: `"source" is missing`},
		"SQS":                  {payload: `{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}`, looks: "an SQS batch", reason: `"source" is missing`},
		"SNS":                  {payload: `{"Records":[{"EventSource":"aws:sns","Sns":{}}]}`, looks: "an SNS notification", reason: `"source" is missing`},
		"S3":                   {payload: `{"Records":[{"eventSource":"aws:s3","s3":{}}]}`, looks: "an S3 notification", reason: `"source" is missing`},
		"S3 test":              {payload: `{"Service":"Amazon S3","Event":"s3:TestEvent"}`, looks: "an S3 test message", reason: `"source" is missing`},
		"DynamoDB":             {payload: `{"Records":[{"eventSource":"aws:dynamodb"}]}`, looks: "a DynamoDB stream's batch", reason: `"source" is missing`},
		"Kinesis":              {payload: `{"Records":[{"eventSource":"aws:kinesis"}]}`, looks: "a Kinesis batch", reason: `"source" is missing`},
		"Kafka":                {payload: `{"eventSource":"aws:kafka","records":{}}`, looks: "a Kafka batch", reason: `"source" is missing`},
		"own Kafka":            {payload: `{"eventSource":"SelfManagedKafka","records":{}}`, looks: "a Kafka batch", reason: `"source" is missing`},
		"SES":                  {payload: `{"Records":[{"eventSource":"aws:ses"}]}`, looks: "an SES message", reason: `"source" is missing`},
		"CodeCommit":           {payload: `{"Records":[{"eventSource":"aws:codecommit"}]}`, looks: "a CodeCommit trigger", reason: `"source" is missing`},
		"unknown records":      {payload: `{"Records":[{"eventSource":"aws:new"}]}`, looks: "a JSON object", reason: `"source" is missing`},
		"API Gateway":          {payload: `{"resource":"/","httpMethod":"GET","requestContext":{"apiId":"x"}}`, looks: "an HTTP request of API Gateway or of a function URL", reason: `"source" is missing`},
		"WebSocket":            {payload: `{"requestContext":{"connectionId":"x"}}`, looks: "a WebSocket message of API Gateway", reason: `"source" is missing`},
		"load balancer":        {payload: `{"requestContext":{"elb":{}}}`, looks: "a request of a load balancer", reason: `"source" is missing`},
		"CloudWatch Logs":      {payload: `{"awslogs":{"data":""}}`, looks: "a CloudWatch Logs subscription's batch", reason: `"source" is missing`},
		"no detail-type":       {payload: `{"source":"a","detail":{}}`, looks: "like an event, but not whole", reason: `"detail-type" is missing`},
		"no detail":            {payload: `{"source":"a","detail-type":"b"}`, looks: "like an event, but not whole", reason: `"detail" is missing`},
		"null detail":          {payload: event("a", "b", `null`), looks: "like an event, but not whole", reason: `"detail" is null, not an object`},
		"array detail":         {payload: event("a", "b", `[]`), looks: "like an event, but not whole", reason: `"detail" is an array, not an object`},
		"string detail":        {payload: event("a", "b", `"{}"`), looks: "like an event, but not whole", reason: `"detail" is a string, not an object`},
		"number source":        {payload: `{"source":1,"detail-type":"b","detail":{}}`, looks: "like an event, but not whole", reason: `"source" is a number, not a string`},
		"other letter case":    {payload: `{"Source":"a","detail-type":"b","detail":{}}`, looks: "like an event, but not whole", reason: `"source" is missing`},
		"second detail":        {payload: `{"source":"a","detail-type":"b","detail":{},"Detail":null}`, looks: "like an event, but not whole", reason: `"Detail" is not a field of an event, but encoding/json would take it for one`},
		"last of two counts":   {payload: `{"source":"a","detail-type":"b","detail":{},"detail":null}`, looks: "like an event, but not whole", reason: `"detail" is null, not an object`},
		"envelope, odd rule":   {payload: `{"jobs:rule":1,"event":{}}`, looks: `the envelope {"jobs:rule", "event"} of a function for a whole package`, reason: `"jobs:rule" is a number, not a string`},
		"envelope, no event":   {payload: `{"jobs:rule":"ShopTyped"}`, looks: `the envelope {"jobs:rule", "event"} of a function for a whole package`, reason: `"event" is missing`},
		"envelope, null":       {payload: enveloped("ShopTyped", `null`), looks: "null"},
		"envelope in envelope": {payload: enveloped("ShopTyped", enveloped("ShopTyped", `{}`)), looks: `the envelope {"jobs:rule", "event"} of a function for a whole package`, reason: `"source" is missing`},
		"unknown rule, null":   {payload: enveloped("Renamed", `null`), looks: "null"},
		"handler":              {handler: "Shop.Typed", payload: `[]`, looks: "a JSON array"},
		"handler, envelope":    {handler: "Shop.Typed", payload: enveloped("ShopTyped", `{}`), looks: `the envelope {"jobs:rule", "event"} of a function for a whole package`, reason: `"source" is missing`},
		"handler, no event":    {handler: "Shop.None", payload: `{}`, looks: "a JSON object", reason: `"source" is missing`},
		"handler with input":   {handler: "Shop.Raw", payload: `{]`, looks: notJSON(`{]`)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := &shop{}
			_, err := invoke(t, s.dispatcher().WithHandler(tt.handler), tt.payload)
			foreign, ok := errors.AsType[*jobs.ForeignPayloadError](err)
			if !ok {
				t.Fatalf("error = %v, want a ForeignPayloadError", err)
			}
			if foreign.Looks != tt.looks || foreign.Reason != tt.reason {
				t.Errorf("looks %q, reason %q\nwant  %q, reason %q", foreign.Looks, foreign.Reason, tt.looks, tt.reason)
			}
			if s.ran != nil {
				t.Errorf("jobs ran: %v", s.ran)
			}
		})
	}
}

// notJSON returns encoding/json's error for a text, which differs between versions of Go.
func notJSON(text string) string {
	return "not JSON: " + json.Unmarshal([]byte(text), new(any)).Error()
}

func TestForeignPayloadSaysWhoWantedIt(t *testing.T) {
	tests := map[string]struct{ handler, payload, wantHandler, wantRule string }{
		"package":      {payload: `[]`},
		"handler":      {handler: "shop.Shop.Typed", payload: `[]`, wantHandler: "Shop.Typed"},
		"envelope":     {payload: enveloped("ShopTyped", `[]`), wantHandler: "Shop.Typed", wantRule: "ShopTyped"},
		"unknown rule": {payload: enveloped("Renamed", `[]`), wantRule: "Renamed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := invoke(t, (&shop{}).dispatcher().WithHandler(tt.handler), tt.payload)
			foreign, ok := errors.AsType[*jobs.ForeignPayloadError](err)
			if !ok || foreign.Handler != tt.wantHandler || foreign.Rule != tt.wantRule || foreign.Size != 2 && tt.handler == "" {
				t.Errorf("error = %#v", err)
			}
		})
	}
}

func TestInvokeSaysThatNothingWantsAnEvent(t *testing.T) {
	tests := map[string]struct {
		payload string
		want    jobs.NoMatchError
	}{
		"bare": {
			event("aws.s3", "Object Created", `{}`),
			jobs.NoMatchError{Source: "aws.s3", DetailType: "Object Created", EventID: "e-1", Packages: []string{"example.com/shop"}},
		},
		"unknown rule": {
			enveloped("Renamed", event("aws.s3", "Object Created", `{}`)),
			jobs.NoMatchError{Source: "aws.s3", DetailType: "Object Created", EventID: "e-1", Rule: "Renamed", Packages: []string{"example.com/shop"}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := invoke(t, (&shop{}).dispatcher(), tt.payload)
			got, ok := errors.AsType[*jobs.NoMatchError](err)
			if !ok {
				t.Fatalf("error = %v, want a NoMatchError", err)
			}
			if diff := cmp.Diff(tt.want, *got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestInvokeRefusesUnknownHandlers(t *testing.T) {
	tests := map[string]struct{ nearest string }{
		"Shop.Typd":                  {"Shop.Typed"},
		"shop.Shop.Typd":             {"Shop.Typed"},
		"other.Shop.Typed":           {"Shop.Typed"},
		"example.com/shop.Shop.Rw":   {"Shop.Raw"},
		"xShop.Typed":                {"Shop.Typed"},
		"index.handler":              {""},
		"Shop.":                      {""},
		".":                          {""},
		"example.com/shop.":          {""},
		"example.com/other":          {""},
		"Shop.Typed.":                {""},
		strings.Repeat("long.", 100): {""},
	}
	for handler, tt := range tests {
		t.Run(handler, func(t *testing.T) {
			s := &shop{}
			_, err := invoke(t, s.dispatcher().WithHandler(handler), event("shop", "Order Placed", `{}`))
			unknown, ok := errors.AsType[*jobs.UnknownHandlerError](err)
			if !ok {
				t.Fatalf("error = %v, want an UnknownHandlerError", err)
			}
			if unknown.Handler != handler || unknown.Nearest != tt.nearest {
				t.Errorf("handler %q, nearest %q, want %q", unknown.Handler, unknown.Nearest, tt.nearest)
			}
			if len(unknown.Known) != 6 || unknown.Known[0] != "Shop.Typed" {
				t.Errorf("known = %v", unknown.Known)
			}
			if s.ran != nil {
				t.Errorf("jobs ran: %v", s.ran)
			}
		})
	}
}

// userError is an error type of a user.
type userError struct{ code int }

func (e *userError) Error() string { return fmt.Sprint("code ", e.code) }

func TestTheErrorOfTheOnlyJobKeepsItsType(t *testing.T) {
	placed := event("shop", "Order Placed", `{}`)
	lambdas := messages.InvokeResponse_Error{Type: "Mine", Message: "m"}
	for _, want := range []error{&userError{7}, lambdas, io.EOF} {
		for name, d := range map[string]func(*jobs.Dispatcher) (string, error){
			"handler":  func(d *jobs.Dispatcher) (string, error) { return invoke(t, d.WithHandler("Shop.Typed"), placed) },
			"envelope": func(d *jobs.Dispatcher) (string, error) { return invoke(t, d, enveloped("ShopTyped", placed)) },
			"bare":     func(d *jobs.Dispatcher) (string, error) { return invoke(t, d, placed) },
		} {
			s := &shop{fail: map[string]error{"Typed": want}}
			if _, err := d(s.dispatcher()); !reflect.DeepEqual(err, want) {
				t.Errorf("%s: error = %#v, want %#v", name, err, want)
			}
		}
	}
}

func TestErrorsOfSeveralJobsAreJoined(t *testing.T) {
	payload := event("shop", "Order Placed", `{"id":"lambda"}`)
	s := &shop{fail: map[string]error{"Typed": &userError{1}, "Lambda": io.ErrUnexpectedEOF}}
	_, err := invoke(t, s.dispatcher(), payload)
	failed, ok := errors.AsType[*jobs.JobsError](err)
	if !ok {
		t.Fatalf("error = %v, want a JobsError", err)
	}
	if failed.Ran != 2 || failed.EventID != "e-1" || len(failed.Failed) != 2 {
		t.Errorf("%+v", failed)
	}
	if user, ok := errors.AsType[*userError](err); !ok || user.code != 1 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("the jobs' own errors are not found in it")
	}
	want := "jobs: 2 of the 2 jobs for the event e-1 failed:\n" +
		"Shop.Typed (rule ShopTyped): code 1\n" +
		"Shop.Lambda (rule ShopLambda): unexpected EOF"
	if err.Error() != want {
		t.Errorf("text:\n%s\nwant:\n%s", err, want)
	}
}

func TestAJobRunsWhateverBecomesOfTheOthers(t *testing.T) {
	s := &shop{fail: map[string]error{"Typed": io.EOF}}
	_, err := invoke(t, s.dispatcher(), event("shop", "Order Placed", `{"id":"lambda"}`))
	if want := []string{"Typed lambda", `Lambda {"id":"lambda"}`}; !cmp.Equal(s.ran, want) {
		t.Errorf("ran %v, want %v", s.ran, want)
	}
	failed, ok := errors.AsType[*jobs.JobsError](err)
	if !ok || len(failed.Failed) != 1 || failed.Ran != 2 || failed.Failed[0].Handler != "Shop.Typed" {
		t.Errorf("error = %v", err)
	}
}

func TestAResultThatIsNotJSON(t *testing.T) {
	s := &shop{}
	_, err := invoke(t, s.dispatcher().WithHandler("Shop.None"), event("x", "y", `{}`))
	if result, ok := errors.AsType[*jobs.ResultError](err); !ok || result.Handler != "Shop.None" {
		t.Errorf("error = %v, want a ResultError", err)
	}
	if len(s.ran) != 1 {
		t.Errorf("ran %v", s.ran)
	}
}

func TestTableAndCallThatDontBelongTogether(t *testing.T) {
	table := dispatch.Table{Package: "p", Path: "p", Rules: []dispatch.Rule{{ID: "R", Job: "T.M", Pattern: `{"source":["x"]}`}}}
	_, err := invoke(t, jobs.New(&table, (&shop{}).call).WithHandler("T.M"), event("x", "y", `{}`))
	if err == nil || !strings.Contains(err.Error(), "the generated code has no job T.M: ") {
		t.Errorf("error = %v", err)
	}
}

func TestAnInputThatCannotBeMade(t *testing.T) {
	table := *shopTable
	table.Rules = []dispatch.Rule{
		{ID: "Gone", Job: jobRaw, Pattern: `{"source":["raw"]}`, Input: &dispatch.Input{Path: "$.detail.gone"}},
		{ID: "There", Job: jobRaw, Pattern: `{"source":["raw"]}`, Input: &dispatch.Input{Path: "$.detail.there"}},
	}
	s := &shop{}
	_, err := invoke(t, jobs.New(&table, s.call).WithHandler(""), event("raw", "y", `{"there":1}`))
	if input, ok := errors.AsType[*jobs.InputError](err); !ok || input.Rule != "Gone" {
		t.Errorf("error = %v, want an InputError", err)
	}
	if !cmp.Equal(s.ran, []string{"Raw 1"}) {
		t.Errorf("ran %v, want the other rule's job", s.ran)
	}
}

// Text from outside can't break a line of the log, and can't be mistaken for a part of the
// message.
func TestErrorsAreOneLine(t *testing.T) {
	tests := map[string]struct{ handler, payload, want string }{
		"event id": {
			payload: `{"id":"a\nERROR: forged","source":"a\nb","detail-type":"b","detail":{}}`,
			want:    `no rule of example.com/shop wants the event "a\nERROR: forged" (source "a\nb"`,
		},
		"no event id": {payload: `{"source":"a","detail-type":"b","detail":{}}`, want: `wants the event (source "a"`},
		"key":         {payload: `{"source":"a","detail-type":"b","detail":{},"Time\n":1,"TIME":1}`, want: `"TIME" is not a field`},
		"text":        {payload: "{\"a\nb\":1}", want: `the payload (9 bytes) is not JSON: `},
		"handler":     {handler: "a.b\nc", payload: `{}`, want: `the Lambda handler "a.b\nc"`},
		"rule":        {payload: `{"jobs:rule":"a\nb","event":{"source":1}}`, want: `rule "a\nb": the payload`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := invoke(t, (&shop{}).dispatcher().WithHandler(tt.handler), tt.payload)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error = %v\nwant in it: %s", err, tt.want)
			}
		})
	}
}

// Errors say what is wrong, what is expected and what to do, and quote only short texts.
func TestErrorTexts(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	tests := map[string]struct {
		handler, payload string
		want             []string
	}{
		"foreign": {
			payload: `{"Records":[{"eventSource":"aws:sqs","body":"` + long + `"}]}`,
			want:    []string{"an SQS batch", "want an EventBridge event", "source and detail-type", "check what invokes this function"},
		},
		"foreign, bad JSON": {payload: long, want: []string{"(100000 bytes)", "not JSON"}},
		"no match": {
			payload: event(long, long, `{"secret":"`+long+`"}`),
			want:    []string{"no rule of example.com/shop wants the event e-1", "jobgen which -p example.com/shop"},
		},
		"no match, unknown rule": {
			payload: enveloped(long, event("a", "b", `{}`)),
			want:    []string{"is unknown here", `source "a", detail-type "b"`},
		},
		"unknown handler": {
			handler: "Shop.Tpyed", payload: event("a", "b", `{}`),
			want: []string{`"Shop.Tpyed"`, "did you mean Shop.Typed?", "Handler property", "Shop.Lambda"},
		},
		"unknown handler, long": {handler: "x." + long, payload: event("a", "b", `{}`), want: []string{"names no job"}},
		"decode": {
			payload: event("shop", "Order Placed", `{"id":"`+long+`","total":"`+long+`"}`),
			want:    []string{"Shop.Typed (rule ShopTyped)", "detail.total", "want float64, got string", "jobs.Event["},
		},
		"decode, a bad time": {
			handler: "Shop.Typed",
			payload: `{"source":"a","detail-type":"b","time":"` + long + `","detail":{}}`,
			want:    []string{"Shop.Typed: time doesn't fit", "parsing time"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := invoke(t, (&shop{}).dispatcher().WithHandler(tt.handler), tt.payload)
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not in: %s", want, err)
				}
			}
			if !strings.HasPrefix(err.Error(), "jobs: ") || len(err.Error()) > 1500 {
				t.Errorf("%d bytes: %.2000s", len(err.Error()), err)
			}
		})
	}
}
