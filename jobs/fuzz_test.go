package jobs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
)

// FuzzInvoke: whatever a function is sent, Invoke doesn't panic, calls no job
// with a value that the payload doesn't have, changes nothing in the payload,
// answers JSON or a typed error of a bounded length, and does the same again.
func FuzzInvoke(f *testing.F) {
	for _, payload := range []string{
		sample, event("shop", "Order Placed", `{"id":"lambda","total":1}`), event("raw", "y", `{"a":[]}`),
		event("panics", "y", `{}`), event("a", "b", `null`), enveloped("ShopStruct", sample), enveloped("DetailOnly", `1`),
		enveloped("Gone", sample), `{"Records":[{"eventSource":"aws:sqs"}]}`, `null`, `[]`, ``,
		event("aws.ec2", "AWS API Call via CloudTrail", record), `{"source":"a","detail-type":"b","detail":{},"Detail":null}`,
	} {
		for handler := range uint8(4) {
			f.Add(handler, []byte(payload))
		}
	}
	handlers := []string{"", "Shop.Typed", "Shop.Raw", "Shop.Gone"}
	f.Fuzz(func(t *testing.T, handler uint8, payload []byte) {
		before := bytes.Clone(payload)
		name := handlers[int(handler)%len(handlers)]
		ran, err := fire(t, name, payload)
		if again, _ := fire(t, name, payload); !cmp.Equal(ran, again) {
			t.Errorf("ran %v, then %v", ran, again)
		}
		if !bytes.Equal(before, payload) {
			t.Error("the payload was changed")
		}
		if err == nil && len(ran) == 0 {
			t.Error("no job ran, and there is no error")
		}
		if err != nil && (!isTyped(err) || len(err.Error()) > 20_000) {
			t.Errorf("%T of %d bytes: %v", err, len(err.Error()), err)
		}
	})
}

func fire(t *testing.T, handler string, payload []byte) ([]string, error) {
	s := &shop{boom: "boom"}
	d := jobs.New(&shopTable, func(ctx context.Context, job int, payload []byte) (any, error) {
		if job != jobRaw && !isEvent(payload) {
			t.Errorf("%s is called with %s", shopTable.Jobs[job].Handler, payload)
		}
		return s.call(ctx, job, payload)
	}).WithHandler(handler)
	answer, err := d.Invoke(context.Background(), payload)
	if err == nil && !json.Valid(answer) {
		t.Errorf("answer %q", answer)
	}
	return s.ran, err
}

// isEvent says in another way than the package what an event is.
func isEvent(payload []byte) bool {
	var fields map[string]any
	if json.Unmarshal(payload, &fields) != nil {
		return false
	}
	_, source := fields["source"].(string)
	_, detailType := fields["detail-type"].(string)
	detail, ok := fields["detail"].(map[string]any)
	return source && detailType && ok && detail != nil
}

// isTyped reports whether err is one of the errors that the package documents.
func isTyped(err error) bool {
	switch err.(type) {
	case *jobs.UnknownHandlerError, *jobs.ForeignPayloadError, *jobs.NoMatchError, *jobs.DecodeError,
		*jobs.PanicError, *jobs.ResultError, *jobs.InputError:
		return true
	}
	failed, ok := errors.AsType[*jobs.JobsError](err)
	if !ok {
		return false
	}
	for _, f := range failed.Failed {
		if !isTyped(f.Err) {
			return false
		}
	}
	return true
}
