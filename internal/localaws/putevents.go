package localaws

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of PutEvents (API_PutEvents, API_PutEventsRequestEntry).
const (
	maxEntries    = 10
	maxDetailType = 128   // characters
	maxDepth      = 1_000 // of the detail
	// maxEntrySize is the size of all entries, counted as the page eb-putevents of the user
	// guide says. The guide says that the size is less than 1 MB. AWS accepts 1 MB too.
	maxEntrySize = 1 << 20
	timeSize     = 14 // of an entry's time
)

// The constraints of an entry's fields in the model.
var (
	busPattern = newPattern(`(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[\.\-_A-Za-z0-9]+`,
		`(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus/)?[.\-_A-Za-z0-9]+`)
	// Rules can also be on the buses of partners, whose names have slashes.
	partnerBusPattern = newPattern(`(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+`,
		`(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus/)?[/.\-_A-Za-z0-9]+`)
	endpointPattern = newPattern(`^[A-Za-z0-9\-]+[\.][A-Za-z0-9\-]+$`, `[A-Za-z0-9\-]+[.][A-Za-z0-9\-]+`)
)

const (
	maxBusARN      = 1600
	maxResource    = 2048
	maxTraceHeader = 500
	maxEndpoint    = 50
)

// putEntry is an entry of PutEvents.
type putEntry struct {
	source, detailType, detail, bus, trace *string
	resources                              []string
	time                                   *time.Time
}

// putResult is the result of an entry: EventID, or a code and a message.
type putResult struct {
	EventID      string `json:"EventId,omitempty"`
	ErrorCode    string `json:",omitempty"`
	ErrorMessage string `json:",omitempty"`
}

type putEventsOutput struct {
	FailedEntryCount int
	Entries          []putResult
}

// putEvents sends the entries that are valid to their buses. An entry for a bus that doesn't
// exist is accepted, as AWS does (aws/aws-cli#9186).
func (c *call) putEvents(in *input) (any, error) {
	entries, err := readEntries(in)
	if err != nil {
		return nil, err
	}
	out := putEventsOutput{Entries: make([]putResult, len(entries))}
	var events []Event
	var places []int // of the events among the entries
	for i, e := range entries {
		code, message := e.fault()
		if code != "" {
			out.FailedEntryCount++
			out.Entries[i] = putResult{ErrorCode: code, ErrorMessage: message}
			continue
		}
		events, places = append(events, e.event()), append(places, i)
	}
	if len(events) > 0 {
		for i, put := range c.backend.Put(events) {
			out.Entries[places[i]] = put.result()
			if put.Err != nil {
				out.FailedEntryCount++
			}
		}
	}
	return out, nil
}

// result returns the result of an event for the client. The codes are those after which a client
// tries again.
func (r PutResult) result() putResult {
	switch {
	case r.Err == nil:
		return putResult{EventID: r.ID}
	case errors.Is(r.Err, ErrBusy):
		return putResult{ErrorCode: "ThrottlingException", ErrorMessage: r.Err.Error()}
	}
	return putResult{ErrorCode: "InternalFailure", ErrorMessage: r.Err.Error()}
}

// readEntries reads the entries of a request and checks what concerns the request as a whole.
func readEntries(in *input) ([]*putEntry, error) {
	var check constraints
	endpoint := in.text("EndpointId")
	check.length("endpointId", endpoint, 1, maxEndpoint)
	if endpoint != nil {
		check.matches("endpointId", endpoint, endpointPattern)
	}
	list, present := in.list("Entries")
	check.required("entries", present)
	if present {
		check.size("entries", "", len(list), 1, maxEntries)
	}
	var entries []*putEntry
	size := 0
	for i, element := range list {
		e := readEntry(element)
		e.check(&check, fmt.Sprintf("entries.%d.member.", i+1))
		entries = append(entries, e)
		size += e.size()
	}
	if err := in.failed(); err != nil {
		return nil, err
	}
	if err := check.err(); err != nil {
		return nil, err
	}
	if size > maxEntrySize {
		return nil, invalid("Total size of the entries in the request is over the limit.")
	}
	return entries, nil
}

func readEntry(in *input) *putEntry {
	return &putEntry{
		source: in.text("Source"), detailType: in.text("DetailType"), detail: in.text("Detail"),
		bus: in.text("EventBusName"), trace: in.text("TraceHeader"),
		resources: in.texts("Resources"), time: in.time("Time"),
	}
}

func (e *putEntry) check(c *constraints, path string) {
	for i, resource := range e.resources {
		c.length(fmt.Sprintf("%sresources.%d.member", path, i+1), &resource, 0, maxResource)
	}
	c.length(path+"eventBusName", e.bus, 1, maxBusARN)
	c.matches(path+"eventBusName", e.bus, busPattern)
	c.length(path+"traceHeader", e.trace, 1, maxTraceHeader)
}

// size is the size of an entry as AWS counts it (user guide, eb-putevents).
func (e *putEntry) size() int {
	size := 0
	if e.time != nil {
		size += timeSize
	}
	for _, s := range []*string{e.source, e.detailType, e.detail} {
		size += len(value(s))
	}
	for _, resource := range e.resources {
		size += len(resource)
	}
	return size
}

// fault returns the code and the message with which AWS refuses the entry, or "". The texts of
// the first four are those of recorded answers of AWS.
func (e *putEntry) fault() (code, message string) {
	const bad = "InvalidArgument"
	for _, required := range []struct {
		name  string
		value *string
	}{{"Source", e.source}, {"DetailType", e.detailType}, {"Detail", e.detail}} {
		if value(required.value) == "" {
			return bad, fmt.Sprintf("Parameter %s is not valid. Reason: %[1]s is a required argument.", required.name)
		}
	}
	switch {
	case !isDetail(*e.detail):
		return "MalformedDetail", "Detail is malformed."
	case strings.HasPrefix(*e.source, "aws."):
		return "NotAuthorizedForSourceException", "Not authorized for the source."
	case utf8.RuneCountInString(*e.detailType) > maxDetailType:
		return bad, fmt.Sprintf("Parameter DetailType is not valid. Reason: DetailType has more than %d characters.", maxDetailType)
	}
	return "", ""
}

// isDetail reports whether a text is a JSON object that is not nested too deeply.
func isDetail(text string) bool {
	trimmed := strings.TrimLeft(text, " \t\r\n")
	return strings.HasPrefix(trimmed, "{") && json.Valid([]byte(text)) && depth(text) <= maxDepth
}

// depth returns how deeply the objects and lists of a valid JSON text are nested.
func depth(text string) int {
	deepest, level := 0, 0
	inString := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			level++
			deepest = max(deepest, level)
		case c == '}' || c == ']':
			level--
		}
	}
	return deepest
}

// event returns the event of a valid entry.
func (e *putEntry) event() Event {
	var detail bytes.Buffer
	_ = json.Compact(&detail, []byte(*e.detail)) // is valid
	event := Event{
		Bus: busName(value(e.bus)), Source: *e.source, DetailType: *e.detailType,
		Detail: detail.Bytes(), Resources: e.resources, TraceHeader: value(e.trace),
	}
	if e.time != nil {
		event.Time = *e.time
	}
	return event
}

// defaultBus is the name of the bus for requests without one.
const defaultBus = "default"

// busName returns the name of a bus, which a request may give as an ARN.
func busName(nameOrARN string) string {
	if nameOrARN == "" {
		return defaultBus
	}
	if _, name, ok := strings.Cut(nameOrARN, ":event-bus/"); ok {
		return name
	}
	return nameOrARN
}

// value returns a text, or "" for nil.
func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
