package jobstest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/jobgen/jobgen/jobs"
)

// Event returns an event as EventBridge delivers it. The other fields of the envelope have
// example values and can be changed.
//
// The detail is a value that is encoded as a JSON object: a struct, a map or a
// json.RawMessage.
func Event[D any](source, detailType string, detail D) jobs.Event[D] {
	return jobs.Event[D]{
		Version:    "0",
		ID:         "00000000-0000-4000-8000-000000000000",
		DetailType: detailType,
		Source:     source,
		Account:    "123456789012",
		Time:       time.Date(2026, time.January, 2, 3, 4, 5, 0, time.UTC),
		Region:     "us-east-1",
		Resources:  []string{},
		Detail:     detail,
	}
}

// payload returns an event as JSON. Text is returned unchanged; other values are encoded.
func payload(t testing.TB, event any) []byte {
	t.Helper()
	switch event := event.(type) {
	case []byte:
		return event
	case json.RawMessage:
		return event
	case string:
		return []byte(event)
	}
	text, err := json.Marshal(event)
	if err != nil {
		t.Fatalf("jobstest: the event can't be written as JSON: %v", err)
	}
	return text
}
