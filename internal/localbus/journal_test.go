package localbus

import (
	"bytes"
	"fmt"
	"testing"
)

func TestJournalIsBounded(t *testing.T) {
	j := &journal{}
	payload := clip(bytes.Repeat([]byte("x"), 1<<20))
	if len(payload) != clipBytes {
		t.Fatalf("a payload has %d bytes", len(payload))
	}
	for range 1000 {
		j.add(Entry{Invocation: &Invocation{Payload: payload}})
	}
	if j.bytes > journalBytes || len(j.entries) != journalBytes/clipBytes {
		t.Errorf("%d entries with %d bytes", len(j.entries), j.bytes)
	}
	for n := range 2 * journalEntries {
		j.add(Entry{Arrival: &Arrival{ID: fmt.Sprint(n)}})
	}
	if len(j.entries) != journalEntries || j.bytes != 0 {
		t.Errorf("%d entries with %d bytes", len(j.entries), j.bytes)
	}
}

func TestRecords(t *testing.T) {
	j := &journal{}
	j.add(Entry{Arrival: &Arrival{ID: "a"}})
	j.add(Entry{Arrival: &Arrival{ID: "b"}})
	j.add(Entry{Invocation: &Invocation{Events: []string{"a", "b"}}})
	j.add(Entry{Invocation: &Invocation{Events: []string{"gone"}}})
	j.add(Entry{Letter: &Letter{Events: []string{"a"}}})
	r := j.records()
	if len(r) != 2 || r[0].Arrival.ID != "b" || len(r[0].Invocations) != 1 || len(r[1].Invocations) != 1 || len(r[1].Letters) != 1 || r[1].Number != 1 {
		t.Errorf("%+v", r)
	}
}
