package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/localbus"
	"github.com/jobgen/jobgen/internal/visible"
)

// logTime is the time of the entries.
var logTime = time.Date(2026, 11, 30, 20, 15, 1, 0, time.Local)

const orderID = "0a1b2c3d-0000-4000-8000-000000000000"

// entries are one entry of each kind, with what the log for people has.
var entries = []struct {
	name  string
	entry localbus.Entry
	want  string
}{
	{
		"an event that fires a rule",
		localbus.Entry{Arrival: &localbus.Arrival{
			ID: orderID, Origin: localbus.FromPut, Bus: "shop", Source: "shop.orders", DetailType: "Order \x1b[2J", Event: []byte(`{"a": 1}`),
			Fires: []string{"Placed", "Mail"}, Silent: []localbus.Silence{{Rule: "Refused", Reason: `detail-type is "x", wants "y"`}},
		}},
		`20:15:01 event 0a1b2c3d: "Order \x1b[2J" from "shop.orders" on the event bus "shop"
  fires   Placed, Mail
  Refused: detail-type is "x", wants "y"
`,
	},
	{
		"an event that fires one of many rules",
		localbus.Entry{Arrival: &localbus.Arrival{
			ID: orderID, Origin: localbus.FromEvent, Bus: "default", Source: "s", DetailType: "d", Fires: []string{"A"},
			Silent: slicesOf(10, localbus.Silence{Rule: "B", Reason: "no"}),
		}},
		"20:15:01 event 0a1b2c3d: \"d\" from \"s\"\n  fires   A\n" + strings.Repeat("  B: no\n", 8) + "  2 other rules do not fire either; the page says why\n",
	},
	{
		"an event that fires none",
		localbus.Entry{Arrival: &localbus.Arrival{ID: orderID, Origin: localbus.FromPut, Source: "s", DetailType: "d", Silent: []localbus.Silence{{Rule: "B", Reason: "no"}}}},
		"20:15:01 event 0a1b2c3d: \"d\" from \"s\"\n  no rule matches this event\n  B: no\n",
	},
	{
		"a schedule",
		localbus.Entry{Arrival: &localbus.Arrival{ID: orderID, Origin: localbus.FromSchedule, Fires: []string{"Sweep"}}},
		"20:15:01 schedule 0a1b2c3d: its time has come\n  fires   Sweep\n",
	},
	{
		"a call",
		localbus.Entry{Invocation: &localbus.Invocation{
			Events: []string{orderID}, Rules: []string{"Placed"}, Function: "OrderJob.Placed", Method: "OrderJob.Placed", Attempt: 1,
			Payload: []byte("{\n  \"a\": 1\n}"), Answer: []byte("null"), Duration: 1200 * time.Microsecond, Init: 5 * time.Millisecond,
		}},
		`20:15:01 call of OrderJob.Placed for 0a1b2c3d
  rule    Placed
  method  OrderJob.Placed
  payload {"a":1}
  time    1.2 ms (and 5.0 ms to start)
  answer  null
`,
	},
	{
		"a call that fails again",
		localbus.Entry{Invocation: &localbus.Invocation{
			Events: []string{orderID, "b"}, Rules: []string{"Mail"}, Function: "F", Queue: "arn:aws:sqs:us-east-1:123456789012:q", Attempt: 2, Payload: []byte("{}"),
			Duration: time.Millisecond, ErrorType: "errorString", Error: "no", Next: "then that",
		}},
		`20:15:01 call of F for 2 messages
  rule    Mail
  events  2
  queue   arn:aws:sqs:us-east-1:123456789012:q
  attempt 2
  time    1.0 ms
  FAILED  errorString: no
  then that
`,
	},
	{
		"a dead letter",
		localbus.Entry{Letter: &localbus.Letter{Kind: localbus.OnFailure, Events: []string{orderID}, Destination: "arn:aws:sqs:us-east-1:123456789012:dead"}},
		"20:15:01 dead letter (on_failure): 0a1b2c3d for arn:aws:sqs:us-east-1:123456789012:dead\n  file    letters.ndjson\n",
	},
	{"a problem", localbus.Entry{Problem: "the file is full"}, "20:15:01 the file is full\n"},
}

func slicesOf[T any](n int, value T) []T {
	all := make([]T, n)
	for i := range all {
		all[i] = value
	}
	return all
}

func TestTextLog(t *testing.T) {
	for _, test := range entries {
		var out strings.Builder
		w := visible.NewWriter(&out)
		test.entry.Time = logTime
		(&textLog{w: w, letters: "letters.ndjson"}).entry(test.entry)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, out.String()); diff != "" {
			t.Errorf("%s (-want +got)%s", test.name, diff)
		}
	}
}

// TestJSONLog checks that each entry is one line with its kind and its fields.
func TestJSONLog(t *testing.T) {
	kinds := []string{"event", "event", "event", "event", "call", "call", "deadLetter", "message"}
	var out strings.Builder
	l := &jsonLog{w: &out}
	for _, test := range entries {
		test.entry.Time = logTime
		l.entry(test.entry)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != len(entries) {
		t.Fatalf("%d lines for %d entries:\n%s", len(lines), len(entries), out.String())
	}
	for i, line := range lines {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if fields["kind"] != kinds[i] || fields["time"] != logTime.UTC().Format(time.RFC3339Nano) {
			t.Errorf("%s: kind %v, time %v", entries[i].name, fields["kind"], fields["time"])
		}
	}
	for i, want := range map[int]string{
		0: `"fires":["Placed","Mail"],"silent":[{"rule":"Refused","reason":"detail-type is \"x\", wants \"y\""}]`,
		4: `"payload":{"a":1},"durationMs":1.2,"initMs":5,"answer":null}`,
		5: `"errorType":"errorString","error":"no"`,
		6: `"letter":{"kind":"on_failure"`,
		7: `"text":"the file is full"`,
	} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("%s: the line has no %s: %s", entries[i].name, want, lines[i])
		}
	}
}

func TestCompactJSON(t *testing.T) {
	for in, want := range map[string]string{
		"{ \"a\" : 1 }\n": `{"a":1… (12 bytes)`, "no \n": "no", "": "", `"äöüäöü"`: `"äö… (14 bytes)`,
	} {
		if got := compactJSON([]byte(in), 6); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
