package jobs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// FuzzInvoke checks that for any payload Invoke doesn't panic, calls jobs only with the
// values that encoding/json decodes, doesn't change the payload, returns JSON or a
// documented error of a limited length, and returns the same when it is called again.
func FuzzInvoke(f *testing.F) {
	for _, payload := range []string{
		sample, event("shop", "Order Placed", `{"id":"lambda","total":1}`), event("raw", "y", `{"a":[]}`),
		event("panics", "y", `{}`), event("a", "b", `null`), enveloped("ShopStruct", sample), enveloped("DetailOnly", `1`),
		enveloped("Gone", sample), `{"Records":[{"eventSource":"aws:sqs"}]}`, `null`, `[]`, ``,
		`[` + sample + `,{"Data":` + sample + `,"SystemMetadata":{}}]`, batchOf(message("m", sample, "a.fifo", "g"), message("n", `7`, "a", "")),
		event("aws.ec2", "AWS API Call via CloudTrail", record), `{"source":"a","detail-type":"b","detail":{},"Detail":null}`,
		event("raw", "y", `{"\u0069d":"a\n","ID":"b","items":[{"price":1}],"items":[{},{"Price":2}],"time":"2026-02-29T00:00:00Z"}`),
		`{"jobs:rule":"Detail\u004fnly","event":{"s\u006furce":"raw","detail-type":"y","detail":{"id":"x"},"detail":{"total":1},"id":"\ud800"}}`,
	} {
		for handler := range uint8(4) {
			f.Add(handler, []byte(payload))
		}
	}
	handlers := []string{"", "Shop.Typed", "Shop.Raw", "Shop.Gone"}
	f.Fuzz(func(t *testing.T, handler uint8, payload []byte) {
		before := bytes.Clone(payload)
		name := handlers[int(handler)%len(handlers)]
		ran, answer, err := fire(t, name, payload)
		if again, _, _ := fire(t, name, payload); !cmp.Equal(ran, again) {
			t.Errorf("ran %v, then %v", ran, again)
		}
		if !bytes.Equal(before, payload) {
			t.Error("the payload was changed")
		}
		if err == nil && len(ran) == 0 && !bytes.HasPrefix(answer, []byte(`{"batchItemFailures":[{`)) {
			t.Error("no job ran, and there is no error")
		}
		if err != nil && (!isTyped(err) || len(err.Error()) > 20_000) {
			t.Errorf("%T of %d bytes: %v", err, len(err.Error()), err)
		}
	})
}

func fire(t *testing.T, handler string, payload []byte) (ran []string, answer []byte, err error) {
	s := &shop{boom: "boom"}
	d := jobs.New(shopTable, func(ctx context.Context, job string, p *dispatch.Payload) (any, error) {
		if job != jobRaw && !isEvent(p.JSON()) {
			t.Errorf("%s is called with %s", job, p.JSON())
		}
		if diff := cmp.Diff(reflected(p.JSON()), generated(p)); diff != "" {
			t.Errorf("%q (-encoding/json +generated):\n%s", p.JSON(), diff)
		}
		return s.call(ctx, job, p)
	}).WithHandler(handler)
	answer, err = d.Invoke(context.Background(), payload)
	if err == nil && !json.Valid(answer) {
		t.Errorf("answer %q", answer)
	}
	return s.ran, answer, err
}

// isEvent reports whether a payload is an event. It is written independently of the
// package.
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

// isTyped reports whether err has a documented type.
func isTyped(err error) bool {
	switch err.(type) {
	case *jobs.UnknownHandlerError, *jobs.ForeignPayloadError, *jobs.NoMatchError, *jobs.DecodeError,
		*jobs.PanicError, *jobs.ResultError, *jobs.InputError:
		return true
	}
	for _, err := range joined(err) {
		if one, ok := err.(*jobs.JobError); ok {
			err = one.Err
		}
		if !isTyped(err) {
			return false
		}
	}
	return joined(err) != nil
}

// FuzzDecode checks that Decode returns the event that encoding/json decodes or an error,
// and that it returns an error if encoding/json does or decodes an empty detail.
func FuzzDecode(f *testing.F) {
	for _, payload := range []string{
		sample, event("a", "b", `{"id":"x","total":1e3,"items":[{"price":1},null],"tags":["<"]}`), event("a", "b", `null`),
		`{"detail":{}}`, `{"DETAIL":{"ID":"x"}}`, `{"detail":{"total":"1"}}`, `{"time":"noon","detail":{}}`, `null`, `[]`, `1`,
	} {
		f.Add([]byte(payload))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		if !distinctKeys(payload) {
			t.Skip("EventBridge sends no key twice")
		}
		got, err := dispatch.Decode[jobs.Event[order]](payload)
		var want jobs.Event[order]
		wantErr := json.Unmarshal(payload, &want)
		if err == nil && (wantErr != nil || !cmp.Equal(got, want)) {
			t.Errorf("got %+v; encoding/json has %+v, %v", got, want, wantErr)
		}
		if err != nil && wantErr == nil && hasDetail(payload) {
			t.Errorf("error %v; encoding/json has %+v", err, want)
		}
	})
}

// distinctKeys reports whether encoding/json distinguishes all keys of an object.
func distinctKeys(payload []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(payload))
	if token, err := dec.Token(); err != nil || token != json.Delim('{') {
		return true
	}
	var keys []string
	for dec.More() {
		token, err := dec.Token()
		key, ok := token.(string)
		if err != nil || !ok {
			return true
		}
		if slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, key) }) {
			return false
		}
		keys = append(keys, key)
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return true
		}
	}
	return true
}

// hasDetail reports whether the payload has a detail that isn't null.
func hasDetail(payload []byte) bool {
	var fields map[string]any
	_ = json.Unmarshal(payload, &fields)
	for key, value := range fields {
		if strings.EqualFold(key, "detail") {
			return value != nil
		}
	}
	return false
}
