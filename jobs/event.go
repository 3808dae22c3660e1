package jobs

import "time"

// Event is an event as EventBridge delivers it, with its detail as a D: the
// envelope that every event has, whoever sent it (EventBridge user guide, page
// eb-events-structure).
//
// It reads and writes JSON. To write an event as EventBridge does, set Version
// to "0" and Resources to a list, if only an empty one.
type Event[D any] struct {
	// Version of the envelope; "0" in all events today.
	Version string `json:"version"`
	// ID tells this event from all others. EventBridge delivers at least once:
	// the second delivery of an event has the same ID.
	ID string `json:"id"`
	// DetailType says, with Source, what Detail holds.
	DetailType string `json:"detail-type"`
	// Source is who sent the event; AWS services' begin with "aws.".
	Source string `json:"source"`
	// Account is the 12-digit number of the AWS account that sent the event.
	Account string `json:"account"`
	// Time is when the event happened, as its source says; where the source
	// says nothing, when EventBridge received it.
	Time time.Time `json:"time"`
	// Region is where the event comes from.
	Region string `json:"region"`
	// Resources holds the ARNs of what the event is about; often it is empty.
	// For a schedule it holds the rule's ARN.
	Resources []string `json:"resources"`
	// Detail is what the source says about the event.
	Detail D `json:"detail"`
	// ReplayName is the replay that sent the event once more from an archive;
	// empty otherwise (same guide, page eb-archive).
	ReplayName string `json:"replay-name,omitempty"`
}
