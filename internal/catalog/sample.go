package catalog

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

// Sample returns an example of an AWS event; see Event.Sample. It reports false for an
// unknown event.
func Sample(source, detailType string, resources ...string) ([]byte, bool) {
	e, ok := Lookup(source, detailType)
	if !ok {
		return nil, false
	}
	return e.Sample(resources...), true
}

// Sample returns an example of the event, as EventBridge delivers it: the envelope, and
// a detail with every known field. A field has a value of its kind and, if a closed set
// is known, of that set. The resources are the given ones.
func (e Event) Sample(resources ...string) []byte {
	w := &sampleWriter{resources: resources}
	if e.CloudTrail {
		w.values, w.rare = recordValues(e), rareInRecords
	}
	w.envelope(e)
	var pretty bytes.Buffer
	// What the writer writes is JSON, so it can be indented.
	_ = json.Indent(&pretty, w.Bytes(), "", "  ")
	pretty.WriteByte('\n')
	return pretty.Bytes()
}

// sampleWriter writes compact JSON.
type sampleWriter struct {
	bytes.Buffer
	resources []string
	values    map[string]string // strings by field name, for CloudTrail's record
	rare      []string          // fields to leave out, for CloudTrail's record
}

// The constants of every sample: the account in AWS's documentation, and a fixed time.
const (
	SampleAccount = "123456789012"
	SampleRegion  = "us-east-1"
	SampleTime    = "2026-01-31T12:00:00Z"
	sampleID      = "6a7e8feb-b491-4cf7-a9f1-bf3703467718"
)

// recordValues makes CloudTrail's record agree with the envelope.
func recordValues(e Event) map[string]string {
	eventSource := EventSourceOf(e.Source)
	values := map[string]string{
		"eventSource": eventSource, "eventName": "ExampleCall", "eventVersion": "1.11",
		"eventType": "AwsApiCall", "eventCategory": "Management", "type": "AssumedRole",
	}
	if names := changes(eventSource); len(names) > 0 {
		values["eventName"] = names[0]
	}
	switch e.DetailType {
	case ConsoleSignIn:
		values["eventType"], values["eventName"] = "AwsConsoleSignIn", "ConsoleLogin"
	case ServiceEvent:
		values["eventType"] = "AwsServiceEvent"
	case ConsoleAction:
		values["eventType"] = "AwsConsoleAction"
	case NetworkActivity:
		values["eventType"], values["eventCategory"] = "AwsVpceEvents", "NetworkActivity"
	case Insight:
		values["eventType"], values["eventCategory"] = "AwsCloudTrailInsight", "Insight"
	}
	return values
}

// rareInRecords are the fields that only some of CloudTrail's records have.
var rareInRecords = []string{
	"addendum", "additionalEventData", "apiVersion", "assumedRoot", "credentialId", "ec2RoleDelivery", "edgeDeviceDetails",
	"errorCode", "errorMessage", "eventContext", "identityProvider", "inScopeOf", "insightDetails", "invokedBy",
	"invokedByDelegate", "onBehalfOf", "resources", "serviceEventDetails", "sessionCredentialFromConsole", "sharedEventID",
	"sourceIdentity", "vpcEndpointAccountId", "vpcEndpointId", "webIdFederationData",
}

// changes returns an event source's calls that reach rules in the state ENABLED.
func changes(eventSource string) []string {
	var names []string
	for _, name := range Calls(eventSource) {
		if ClassOf(eventSource, name) == Mutating {
			names = append(names, name)
		}
	}
	return names
}

func (w *sampleWriter) envelope(e Event) {
	w.WriteByte('{')
	for _, f := range [][2]string{
		{"version", "0"}, {"id", sampleID}, {"detail-type", e.DetailType}, {"source", e.Source},
		{"account", SampleAccount}, {"time", SampleTime}, {"region", SampleRegion},
	} {
		w.string(f[0])
		w.WriteByte(':')
		w.string(f[1])
		w.WriteByte(',')
	}
	w.WriteString(`"resources":[`)
	for i, arn := range w.resources {
		if i > 0 {
			w.WriteByte(',')
		}
		w.string(arn)
	}
	w.WriteString(`],"detail":`)
	w.object(e.Detail)
	w.WriteByte('}')
}

func (w *sampleWriter) string(s string) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	// A string can always be encoded.
	_ = enc.Encode(s)
	w.Truncate(w.Len() - 1) // Encode's newline
}

func (w *sampleWriter) object(f *Field) {
	w.WriteByte('{')
	comma := ""
	for _, field := range f.Fields {
		if slices.Contains(w.rare, field.Name) {
			continue
		}
		w.WriteString(comma)
		w.string(field.Name)
		w.WriteByte(':')
		w.value(field)
		comma = ","
	}
	if f.Elem != nil && len(f.Fields) == 0 {
		w.string("key")
		w.WriteByte(':')
		w.value(f.Elem)
	}
	w.WriteByte('}')
}

// value writes a value of the field's kind: of several kinds, the first that the matcher
// can look into. For a field of unknown kind it writes an empty object.
func (w *sampleWriter) value(f *Field) {
	switch {
	case len(f.Values) > 0:
		w.string(w.text(f))
	case f.Kind == schema.Any || f.Kind.Has(Object):
		w.object(f)
	case f.Kind.Has(Array):
		w.array(f)
	case f.Kind.Has(String):
		w.string(w.text(f))
	case f.Kind.Has(Boolean):
		w.WriteString(strconv.FormatBool(f.Name == "managementEvent"))
	default:
		w.WriteByte('1')
	}
}

func (w *sampleWriter) array(f *Field) {
	w.WriteByte('[')
	if f.Elem != nil {
		w.value(f.Elem)
	}
	w.WriteByte(']')
}

// text chooses a string for a field: one of its closed set, or one that suits its name.
func (w *sampleWriter) text(f *Field) string {
	s, ok := w.values[f.Name]
	switch {
	case len(f.Values) > 0 && !slices.Contains(f.Values, s):
		return f.Values[0]
	case ok:
		return s
	}
	return exampleOf(f.Name)
}

// exampleOf makes up a string from a field's name.
func exampleOf(name string) string {
	if text, ok := Example(name); ok {
		return text
	}
	return "string"
}

// Example returns an example of the string with a name, such as "Region" or "instance-id".
// It reports false if the name says nothing about the string.
func Example(name string) (text string, ok bool) {
	folded := strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(name))
	for _, e := range examples {
		if strings.HasSuffix(folded, e.suffix) {
			return e.value, true
		}
	}
	return "", false
}

// examples are tried in order.
var examples = []struct{ suffix, value string }{
	{"accountid", SampleAccount}, {"account", SampleAccount}, {"arn", "arn:aws:example:" + SampleRegion + ":" + SampleAccount + ":resource/example"},
	{"region", SampleRegion}, {"instanceid", "i-1234567890abcdef0"}, {"time", SampleTime}, {"timestamp", SampleTime},
	{"date", SampleTime}, {"createdat", SampleTime}, {"updatedat", SampleTime}, {"startedat", SampleTime}, {"stoppedat", SampleTime},
	{"ipaddress", "192.0.2.1"}, {"bucketname", "example-bucket"}, {"id", sampleID}, {"version", "1"}, {"name", "example"},
}
