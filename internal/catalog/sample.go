package catalog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
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
	m := &sampleMaker{}
	if e.CloudTrail {
		m.values, m.rare = recordValues(e), rareInRecords
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	// An event of strings, numbers and booleans can always be encoded.
	_ = enc.Encode(Envelope{
		Version: "0", ID: sampleID, DetailType: e.DetailType, Source: e.Source, Account: SampleAccount, Time: SampleTime,
		Region: SampleRegion, Resources: append([]string{}, resources...), Detail: m.object(e.Detail),
	})
	return b.Bytes()
}

// Envelope has the fields of an event, in the order in which EventBridge writes them (EventBridge
// user guide, page eb-events-structure).
type Envelope struct {
	Version    string   `json:"version"`
	ID         string   `json:"id"`
	DetailType string   `json:"detail-type"`
	Source     string   `json:"source"`
	Account    string   `json:"account"`
	Time       string   `json:"time"`
	Region     string   `json:"region"`
	Resources  []string `json:"resources"`
	Detail     any      `json:"detail"`
}

// sampleMaker makes the values of fields.
type sampleMaker struct {
	values map[string]string // strings by field name, for CloudTrail's record
	rare   []string          // fields to leave out, for CloudTrail's record
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

func (m *sampleMaker) object(f *Field) map[string]any {
	object := map[string]any{}
	for _, field := range f.Fields {
		if !slices.Contains(m.rare, field.Name) {
			object[field.Name] = m.value(field)
		}
	}
	if f.Elem != nil && len(f.Fields) == 0 {
		object["key"] = m.value(f.Elem)
	}
	return object
}

// value returns a value of the field's kind: of several kinds, the first that the matcher
// can look into. For a field of unknown kind it returns an empty object.
func (m *sampleMaker) value(f *Field) any {
	switch {
	case len(f.Values) > 0:
		return m.text(f)
	case f.Kind == Any || f.Kind.Has(Object):
		return m.object(f)
	case f.Kind.Has(Array) && f.Elem != nil:
		return []any{m.value(f.Elem)}
	case f.Kind.Has(Array):
		return []any{}
	case f.Kind.Has(String):
		return m.text(f)
	case f.Kind.Has(Boolean):
		return f.Name == "managementEvent"
	}
	return 1
}

// text chooses a string for a field: one of its closed set, or one that suits its name.
func (m *sampleMaker) text(f *Field) string {
	s, ok := m.values[f.Name]
	switch {
	case len(f.Values) > 0 && !slices.Contains(f.Values, s):
		return f.Values[0]
	case ok:
		return s
	}
	example, _ := Example(f.Name)
	return cmp.Or(example, "string")
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
