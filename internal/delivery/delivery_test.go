package delivery_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/delivery"
	"github.com/jobgen/jobgen/internal/payload"
)

const (
	event    = `{"id":"1","source":"shop","detail-type":"x","detail":{}}`
	metadata = `{"Data":` + event + `,"Metadata":{},"SystemMetadata":{"aws:DeliveryType":"LIVE"}}`
)

func TestRead(t *testing.T) {
	for _, c := range []struct {
		payload string
		events  []string // nil if the payload is no delivery
	}{
		{"[" + event + "]", []string{event}},
		{"[" + event + ", " + metadata + "]", []string{event, event}},
		{metadata, []string{event}},
		{` [ ` + metadata + ` ] `, []string{event}},
		{`[{"Data": ` + event + `, "SystemMetadata": {}}]`, []string{event}},
		{`[` + event + `, "text", 1]`, []string{event, `"text"`, `1`}},
		{`[` + event + `, {"Data": {}, "SystemMetadata": "text"}]`, []string{event, `{"Data": {}, "SystemMetadata": "text"}`}},
		{`[` + event + `, {"data": {}, "systemMetadata": {}}]`, []string{event, `{"data": {}, "systemMetadata": {}}`}},
		{event, nil},
		{`{"Data":` + event + `}`, nil},
		{`"text"`, nil},
		{`null`, nil},
		{`[`, nil},
		{``, nil},
	} {
		d := delivery.Read([]byte(c.payload))
		if d == nil || c.events == nil {
			if d != nil || c.events != nil {
				t.Errorf("%s: delivery %v, want %q", c.payload, d, c.events)
			}
			continue
		}
		var got []string
		for _, e := range d.Events {
			got = append(got, string(e))
		}
		if !slices.Equal(got, c.events) {
			t.Errorf("%s: %q, want %q", c.payload, got, c.events)
		}
		if got := dispatched(c.payload); !slices.Equal(got, c.events) {
			t.Errorf("%s: a dispatcher reads the events %q, want %q", c.payload, got, c.events)
		}
	}
	if d := delivery.Read([]byte("[]")); d == nil || len(d.Events) != 0 {
		t.Errorf("an empty list: %v", d)
	}
}

// dispatched returns the events of a delivery as a dispatcher reads them.
func dispatched(text string) (events []string) {
	p := payload.New([]byte(text))
	defer p.Release()
	for _, token := range p.Delivered() {
		p.Enter(token)
		events = append(events, string(p.JSON()))
	}
	return events
}

func TestOnly(t *testing.T) {
	other := strings.Replace(metadata, `"id":"1"`, `"id":"2"`, 1)
	for _, c := range []struct {
		payload string
		places  []int
		want    string
	}{
		{"[" + event + "," + other + "," + metadata + "]", []int{1, 2}, "[" + other + "," + metadata + "]"},
		{"[" + event + "]", []int{0}, "[" + event + "]"},
		{metadata, []int{0}, metadata},
	} {
		if got := delivery.Read([]byte(c.payload)).Only(c.places); string(got) != c.want || !json.Valid(got) {
			t.Errorf("%s, %v: %s, want %s", c.payload, c.places, got, c.want)
		}
	}
}
