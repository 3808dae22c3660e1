package decodetest

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/jobgen/jobgen/jobs"
)

// TestJobsGetWhatEncodingJSONGives sends events to jobs whose types encoding/json decodes
// in part or completely.
func TestJobsGetWhatEncodingJSONGives(t *testing.T) {
	sendAs[jobs.Event[PointerAlias]](t, "Pointer", `{"a":"x","Q":1}`, `{"PBase":{"a":"x"},"Q":2}`, `{"a":1}`)
	sendAs[jobs.Event[HiddenAlias]](t, "Hidden", `{"a":"x","Q":1}`, `{"pBase":{"a":"x"},"Q":2}`, `{"Q":3}`)
	sendAs[jobs.Event[BothAlias]](t, "Both", `{"Z":1}`, `{"PPlain":{"Z":1}}`, `{"Plain":{"Z":"x"}}`)
	sendAs[jobs.Event[TwiceAlias]](t, "Twice", `{"A":1,"B":2}`, `{"Roof":{"A":1}}`, `{"a":"x"}`)
	sendAs[jobs.Event[SameAlias]](t, "Same", `{"Z":1}`, `{"Z":"x"}`)
	sendAs[jobs.Event[Promoted]](t, "Promoted",
		`{"when":"2026-01-02T03:04:05Z"}`, `{"when":{},"after":"x"}`, `{"own":"x"}`, `{"own":{"V":"x"},"after":"x"}`, `{"ptr":"x"}`,
		`{"ptr":{"V":"x"}}`, `{"list":["x"]}`, `{"list":[{"V":"x"}]}`, `{"Deep":{"In":"x"}}`, `{"Deep":{"In":{"V":"x"}},"after":"x"}`)
	sendAs[jobs.Event[struct{ Own }]](t, "Nameless", `{"V":"x"}`, `{"V":1}`, `{}`)
	sendAs[jobs.Event[OwnAlias]](t, "Other", `{"V":"x"}`, `{"V":1}`, `{}`)
	sendAs[OwnAlias](t, "Sent", `{"V":"x"}`)
}

// sendAs sends events with these details to a job that takes a T.
func sendAs[T any](t *testing.T, method string, details ...string) {
	t.Helper()
	for _, detail := range details {
		event := fmt.Appendf(nil, `{"source":"kept","detail-type":"t","detail":%s}`, detail)
		var want T
		wantErr := json.Unmarshal(event, &want)
		k := &Keeper{}
		_, err := NewDispatcher(Jobs{Taker: &Taker{}, Keeper: k}).WithHandler("Keeper."+method).Invoke(context.Background(), event)
		if (err == nil) != (wantErr == nil) || err == nil && !reflect.DeepEqual(k.got, any(want)) {
			t.Errorf("%s %s:\ngot  %+v, %v\nwant %+v, %v", method, detail, k.got, err, want, wantErr)
		}
	}
}
