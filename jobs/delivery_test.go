package jobs_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
)

// withMetadata returns an element of a subscriber whose transformer is WITH_METADATA.
func withMetadata(data string) string {
	return `{"Metadata":{},"SystemMetadata":{"aws:DeliveryType":"LIVE","aws:SequenceNumber":"10000000000000003000"},"Data":` + data + `}`
}

// TestDeliveries sends what a subscriber of a custom event bus delivers. The jobs that run
// and their order are those of the events alone.
func TestDeliveries(t *testing.T) {
	typed := event("shop", "Order Placed", `{"id":"o-1"}`)
	lambda := event("shop", "Order Changed", `{"id":"lambda"}`)
	wrapped := enveloped("ShopTyped", event("other", "Other", `{"id":"o-2"}`))
	for name, tt := range map[string]struct {
		payload string
		want    []string
	}{
		"one of a list":           {`[` + typed + `]`, []string{"Typed o-1"}},
		"a list":                  {`[` + typed + `,` + lambda + `,` + typed + `]`, []string{"Typed o-1", `Lambda {"id":"lambda"}`, "Typed o-1"}},
		"with metadata":           {withMetadata(typed), []string{"Typed o-1"}},
		"a list with metadata":    {"\n[ " + withMetadata(lambda) + " , " + withMetadata(typed) + " ]\n", []string{`Lambda {"id":"lambda"}`, "Typed o-1"}},
		"enveloped":               {`[` + wrapped + `]`, []string{"Typed o-2"}},
		"enveloped with metadata": {withMetadata(wrapped), []string{"Typed o-2"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := &shop{}
			if answer, err := invoke(t, s.dispatcher(), tt.payload); err != nil || answer != "null" {
				t.Errorf("answer %q, error %v", answer, err)
			}
			if !slices.Equal(s.ran, tt.want) {
				t.Errorf("%q ran, want %q", s.ran, tt.want)
			}
		})
	}
}

// TestDeliveryToOneJob sends deliveries to a function whose handler names a job.
func TestDeliveryToOneJob(t *testing.T) {
	s := &shop{}
	d := s.dispatcher().WithHandler("Shop.Struct")
	one := event("other", "Other", `{"id":"o-1","total":3}`)
	if answer, err := invoke(t, d, withMetadata(one)); err != nil || answer != "3" {
		t.Errorf("answer %q, error %v", answer, err)
	}
	if _, err := invoke(t, d, `[`+one+`,`+withMetadata(one)+`]`); err != nil || len(s.ran) != 3 {
		t.Errorf("%q ran, error %v", s.ran, err)
	}
}

// joined returns the errors that an error joins.
func joined(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		return several.Unwrap()
	}
	return nil
}

// TestDeliveryThatFails sends lists in which some events fail. The others are handled.
func TestDeliveryThatFails(t *testing.T) {
	boom := errors.New("boom")
	s := &shop{fail: map[string]error{"Lambda": boom}}
	good := event("shop", "Order Placed", `{"id":"o-1"}`)
	bad := event("shop", "Order Changed", `{"id":"lambda"}`)
	_, err := invoke(t, s.dispatcher(), `[`+strings.Join([]string{bad, good, `7`, event("no", "No", `{}`), good}, ",")+`]`)
	failed := joined(err)
	if len(failed) != 3 {
		t.Fatalf("error %v", err)
	}
	_, isForeign := errors.AsType[*jobs.ForeignPayloadError](failed[1])
	_, isUnmatched := errors.AsType[*jobs.NoMatchError](failed[2])
	if !errors.Is(err, boom) || !isForeign || !isUnmatched {
		t.Errorf("error %v", err)
	}
	if got := strings.Count(strings.Join(s.ran, " "), "Typed o-1"); got != 2 {
		t.Errorf("%q ran, want Typed twice", s.ran)
	}
	if want := "jobs: 3 of the 5 events of a delivery failed:\nevent 1: boom\nevent 3: jobs: the payload "; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("message %q, want it to begin with %q", err, want)
	}
}

// TestErrorOfALongDelivery checks that the message has a limit, and the error has not.
func TestErrorOfALongDelivery(t *testing.T) {
	s := &shop{fail: map[string]error{"Typed": errors.New("boom")}}
	one := event("shop", "Order Placed", `{"id":"o-1"}`)
	_, err := invoke(t, s.dispatcher(), `[`+one+strings.Repeat(`,`+one, 99)+`]`)
	if len(joined(err)) != 100 || !strings.HasSuffix(err.Error(), "boom\nand 88 more") {
		t.Errorf("error %v", err)
	}
}

// TestDeliveryOfOneKeepsTheError sends an event alone and in a list of one. The error is
// the same, so that Lambda reports the job's own type.
func TestDeliveryOfOneKeepsTheError(t *testing.T) {
	boom := errors.New("boom")
	s := &shop{fail: map[string]error{"Typed": boom}}
	one := event("shop", "Order Placed", `{"id":"o-1"}`)
	for _, payload := range []string{one, `[` + one + `]`, withMetadata(one)} {
		if _, err := invoke(t, s.dispatcher(), payload); !errors.Is(err, boom) || err.Error() != "boom" {
			t.Errorf("%.40s: error %v", payload, err)
		}
	}
}

// TestScheduledWithoutInput sends the event of a schedule of EventBridge Scheduler that has no
// input. Its detail is a string.
func TestScheduledWithoutInput(t *testing.T) {
	scheduled := event("aws.scheduler", "Scheduled Event", `"{}"`)
	s := &shop{}
	if _, err := invoke(t, s.dispatcher().WithHandler("Shop.Typed"), scheduled); err != nil || len(s.ran) != 1 || s.ran[0] != "Typed" {
		t.Errorf("error %v, %q ran", err, s.ran)
	}
	for _, payload := range []string{event("aws.scheduler", "x", `"{ }"`), event("aws.scheduler", "x", `"x"`), event("shop", "Order Placed", `"{}"`)} {
		_, err := invoke(t, s.dispatcher().WithHandler("Shop.Typed"), payload)
		if _, ok := errors.AsType[*jobs.ForeignPayloadError](err); !ok {
			t.Errorf("%s: error %v", payload, err)
		}
	}
}

// TestNoDelivery sends payloads that only resemble a delivery. They are refused, or are the
// input of a job that takes one.
func TestNoDelivery(t *testing.T) {
	one := event("shop", "Order Placed", `{"id":"o-1"}`)
	for _, payload := range []string{
		`[]`, `[7]`, `{"Data":7,"SystemMetadata":{}}`, `[[` + one + `]]`, `{"Data":` + one + `}`, `{"Data":` + one + `,"SystemMetadata":"x"}`,
	} {
		s := &shop{}
		_, err := invoke(t, s.dispatcher(), payload)
		if _, ok := errors.AsType[*jobs.ForeignPayloadError](err); !ok || len(s.ran) != 0 {
			t.Errorf("%.60s: error %v, %q ran", payload, err, s.ran)
		}
		if _, err := invoke(t, s.dispatcher().WithHandler("Shop.Raw"), payload); err != nil || len(s.ran) != 1 || s.ran[0] != "Raw "+payload {
			t.Errorf("%.60s: error %v, %q ran", payload, err, s.ran)
		}
	}
}

// message returns a message of an SQS batch.
func message(id, body, queue, group string) string {
	return fmt.Sprintf(`{"messageId":%q,"receiptHandle":"x","body":%s,"attributes":{"MessageGroupId":%q},"eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:123456789012:%s"}`,
		id, mustQuote(body), group, queue)
}

func batchOf(list ...string) string { return `{"Records":[` + strings.Join(list, ",") + `]}` }
