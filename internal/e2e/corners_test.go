package e2e

import (
	"slices"
	"strings"
	"testing"
)

// corners are payloads that EventBridge does not send, or sends while a deploy
// is half done.
func corners(t *testing.T, p *program) {
	placed := `{"id":"c1","source":"my.shop","detail-type":"order.placed","detail":{"id":"a-z","total":2000}}`
	tests := []struct {
		name, handler, payload string
		want                   string   // the answer, or the error's beginning
		calls                  []string // in any order
	}{
		{"a bare event runs every rule of the package that matches", "orders", placed,
			"null", []string{"Placed c1", "Large c1", "Twice 94", "Twice 94"}},
		{"a bare event runs every rule of both packages", "bootstrap", placed,
			"null", []string{"Placed c1", "Large c1", "Twice 94", "Twice 94", "Confirm c1"}},
		{"a bare event is made into the rule's input", "orders", `{"id":"c2","source":"my.shop","detail-type":"order.detail","detail":{"id":"d","total":3}}`,
			"null", []string{"Detail d", "Summary d costs 3", "Constant constant"}},
		{"an unknown rule id leaves the event to be matched", "orders", `{"jobs:rule":"Renamed","event":` + placed + `}`,
			"null", []string{"Placed c1", "Large c1", "Twice 94", "Twice 94"}},
		{"a known rule id runs its rule alone", "orders", `{"jobs:rule":"TwiceB","event":` + placed + `}`,
			"94", []string{"Twice 94"}},
		{"a known rule id is found in both packages", "bootstrap", `{"jobs:rule":"MailConfirm","event":` + placed + `}`,
			`"mail for a-z"`, []string{"Confirm c1"}},
		{"another package's rule is not this one's", "mail", `{"jobs:rule":"TwiceB","event":` + placed + `}`,
			"null", []string{"Confirm c1"}},
		{"nothing wants the event", "orders", `{"id":"c3","source":"my.web","detail-type":"x","detail":{}}`,
			"NoMatchError: jobs: no rule of example.com/app/orders wants the event c3", nil},
		{"an SQS batch is foreign", "orders", `{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}`,
			"ForeignPayloadError: jobs: the payload (51 bytes) is an SQS batch", nil},
		{"an SQS batch is foreign to a method", "Orders.Placed", `{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}`,
			"ForeignPayloadError: jobs: Orders.Placed: the payload (51 bytes) is an SQS batch", nil},
		{"an empty object is foreign", "Orders.Placed", `{}`,
			"ForeignPayloadError: jobs: Orders.Placed: the payload (2 bytes) is", nil},
		{"a wrapped foreign payload is foreign", "orders", `{"jobs:rule":"OrdersPlaced","event":{"a":1}}`,
			"ForeignPayloadError: jobs: Orders.Placed (rule OrdersPlaced):", nil},
		{"a wrapped input is what the rule sends", "orders", `{"jobs:rule":"OrdersConstant","event":{"text":"t"}}`,
			`{"text":"t"}`, []string{"Constant t"}},
		{"the handler may name the package", "orders.Orders.Placed", placed,
			`{"order":"#a-z","total":2000}`, []string{"Placed c1"}},
		{"a handler that is none", "Orders.Plcaed", placed,
			"UnknownHandlerError: ", nil},
		{"a panic leaves the process alive", "orders", `{"id":"c4","source":"my.fault","detail-type":"panic","detail":{"id":"p"}}`,
			"PanicError: ", []string{"Panics c4"}},
		{"a job that is too slow", "Orders.Slow", `{"id":"c5","source":"my.fault","detail-type":"slow","detail":{}}`,
			"Sandbox.Timedout: ", []string{"Slow"}},
		{"the context has the deadline of the function", "orders", `{"id":"c6","source":"my.shop","detail-type":"deadline","detail":{}}`,
			"null", []string{"Deadline"}},
	}
	f := start(t, p)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := f.invoke(test.handler, test.payload)
			got := string(result.Payload)
			if result.FunctionError != "" {
				got = result.ErrorType + ": " + result.ErrorMessage
			}
			if !strings.HasPrefix(got, test.want) {
				t.Errorf("answer %s\nwant   %s", got, test.want)
			}
			calls := f.taken()
			slices.Sort(calls)
			slices.Sort(test.calls)
			if !slices.Equal(calls, test.calls) {
				t.Errorf("calls %q\nwant  %q", calls, test.calls)
			}
		})
	}
}
