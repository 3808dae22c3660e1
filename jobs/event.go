package jobs

import "time"

// Event is an event as EventBridge delivers it, with the detail decoded into a D. Every
// event has the same envelope (EventBridge user guide, page eb-events-structure).
//
// Event can be encoded to JSON and decoded from it. To encode an event as EventBridge
// does, set Version to "0" and Resources to a list, which may be empty.
type Event[D any] struct {
	// Version of the envelope; "0" in all events today.
	Version string `json:"version"`
	// ID is unique for each event. EventBridge delivers an event at least once; a second
	// delivery has the same ID.
	ID string `json:"id"`
	// DetailType and Source together determine the content of Detail.
	DetailType string `json:"detail-type"`
	// Source is the sender of the event. The sources of AWS services begin with "aws.".
	Source string `json:"source"`
	// Account is the 12-digit number of the AWS account that sent the event.
	Account string `json:"account"`
	// Time is the time of the event as given by its source. If the source gives none, it
	// is the time at which EventBridge received the event.
	Time time.Time `json:"time"`
	// Region is the AWS Region that the event comes from.
	Region string `json:"region"`
	// Resources holds the ARNs of the resources that the event is about; it is often
	// empty. For a schedule it holds the rule's ARN.
	Resources []string `json:"resources"`
	// Detail is the content of the event.
	Detail D `json:"detail"`
	// ReplayName is the name of the replay that sent the event again from an archive, or
	// "" (same guide, page eb-archive).
	ReplayName string `json:"replay-name,omitempty"`
}
