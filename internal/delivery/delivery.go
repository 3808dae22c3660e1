// Package delivery reads the payload with which a subscriber of a custom event bus calls a
// function (EventBridge user guide, pages eb-custom-bus-target-lambda and
// eb-custom-bus-transform). It is for jobgen run and jobs/jobstest; a dispatcher reads a
// delivery with internal/payload.
package delivery

import (
	"bytes"
	"encoding/json"
)

// Delivery is a list of events, or a single event with its metadata.
type Delivery struct {
	// Events are the events in order, without their metadata.
	Events []json.RawMessage

	elements []json.RawMessage // the events as they are delivered
	isList   bool
}

// Read reads a delivery. It returns nil for a payload of another form. A single event without
// metadata is such a payload: it is the same as the event that a rule sends.
func Read(payload []byte) *Delivery {
	d := &Delivery{}
	if err := json.Unmarshal(payload, &d.elements); err == nil && d.elements != nil {
		d.isList = true
		for _, element := range d.elements {
			event, ok := dataOf(element)
			if !ok {
				event = element
			}
			d.Events = append(d.Events, event)
		}
		return d
	}
	event, ok := dataOf(payload)
	if !ok {
		return nil
	}
	d.elements, d.Events = []json.RawMessage{payload}, []json.RawMessage{event}
	return d
}

// dataOf returns the event of an element with metadata, or false if there is no metadata. The
// names of members are exact.
func dataOf(element []byte) (event json.RawMessage, ok bool) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(element, &members); err != nil {
		return nil, false
	}
	event, ok = members["Data"]
	return event, ok && bytes.HasPrefix(members["SystemMetadata"], []byte("{"))
}

// Only returns the payload with only the events at these indexes.
func (d *Delivery) Only(places []int) []byte {
	var elements []json.RawMessage
	for _, i := range places {
		elements = append(elements, d.elements[i])
	}
	if !d.isList {
		return elements[0]
	}
	data, _ := json.Marshal(elements) // valid JSON
	return data
}
