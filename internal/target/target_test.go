package target

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// event is an event of EC2, with additional fields whose values need escapes in a
// template.
const event = `{
  "version": "0",
  "id": "7bf73129-1428-4cd3-a780-95db273d1602",
  "detail-type": "EC2 Instance State-change Notification",
  "source": "aws.ec2",
  "account": "123456789012",
  "time": "2026-11-11T21:29:54Z",
  "region": "us-east-1",
  "resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
  "detail": {
    "instance-id": "i-0123456789",
    "state": "stopping",
    "cores": 4,
    "price": 1.50e1,
    "spot": true,
    "owner": null,
    "quoted": "he said \"no\"",
    "lines": "one\ntwo",
    "path/to": "slash",
    "markup": "<b> & ü",
    "empty": [],
    "volumes": [{"id": "vol-1", "gb": 8}, {"id": "vol-2"}, {"gb": 16}],
    "twice": 1, "twice": 2
  }
}`

var when = Context{
	RuleARN:       "arn:aws:events:us-east-1:123456789012:rule/stopping",
	RuleName:      "stopping",
	IngestionTime: time.Date(2026, 11, 11, 22, 29, 55, 9, time.FixedZone("CET", 3600)),
}

func TestPayloadOfInputs(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   Input
		want string
	}{
		{"whole event", Input{}, event},
		{"constant", Input{Constant: `{"a": [1, "x"]}`}, `{"a": [1, "x"]}`},
		{"constant string", Input{Constant: `"nightly"`}, `"nightly"`},
		{"path to string", Input{Path: "$.detail.state"}, `"stopping"`},
		{"path to object", Input{Path: "$.detail.volumes[0]"}, `{"id": "vol-1", "gb": 8}`},
		{"path with dash", Input{Path: "$.detail-type"}, `"EC2 Instance State-change Notification"`},
		{"path with slash", Input{Path: "$.detail.path/to"}, `"slash"`},
		{"path to index", Input{Path: "$.detail.volumes[1].id"}, `"vol-2"`},
		{"path to null", Input{Path: "$.detail.owner"}, `null`},
		{"path keeps a number's spelling", Input{Path: "$.detail.price"}, `1.50e1`},
		{"last of duplicate members", Input{Path: "$.detail.twice"}, `2`},
		{"wildcard in list", Input{Path: "$.detail.volumes[*].id"}, `["vol-1","vol-2"]`},
		{"wildcard in object", Input{Path: "$.detail.volumes[0].*"}, `["vol-1",8]`},
		{"wildcard finds nothing", Input{Path: "$.detail.empty[*].id"}, `[]`},
		{"whole event by path", Input{Path: "$"}, event},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.in.Payload([]byte(event), when)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// paths are the variables of the tests of templates, one for each kind of value.
var paths = []PathVar{
	{"id", "$.detail.instance-id"}, {"state", "$.detail.state"}, {"cores", "$.detail.cores"},
	{"price", "$.detail.price"}, {"spot", "$.detail.spot"}, {"owner", "$.detail.owner"},
	{"quoted", "$.detail.quoted"}, {"lines", "$.detail.lines"}, {"markup", "$.detail.markup"},
	{"volumes", "$.detail.volumes"}, {"first", "$.detail.volumes[0]"}, {"missing", "$.detail.nothing.here"},
}

func TestPayloadOfTemplates(t *testing.T) {
	for _, tt := range []struct{ name, template, want string }{
		{"string", `"instance <id> is <state>"`, `"instance i-0123456789 is stopping"`},
		{"string with escaped quotes", `"\"<id>\" is <state>"`, `"\"i-0123456789\" is stopping"`},
		{"string value gets quotes", `{"id":<id>}`, `{"id":"i-0123456789"}`},
		{"quoted string value keeps its quotes", `{"id":"<id>"}`, `{"id":"i-0123456789"}`},
		{"number, bool and null", `[<cores>,<price>,<spot>,<owner>]`, `[4,1.50e1,true,null]`},
		{"number in a string", `"<cores> at <price>"`, `"4 at 1.50e1"`},
		{"object as value", `{"v":<first>}`, `{"v":{"id": "vol-1", "gb": 8}}`},
		{"object in a string loses its quotes", `"v: <first>"`, `"v: {id:vol-1,gb:8}"`},
		{"list in a string loses its quotes", `"<volumes>"`, `"[{id:vol-1,gb:8},{id:vol-2},{gb:16}]"`},
		{"missing in a string", `"a<missing>b"`, `"ab"`},
		{"missing as value", `{"a":<missing>}`, `{"a":""}`},
		{"escapes are kept as value", `[<quoted>,<lines>]`, `["he said \"no\"","one\ntwo"]`},
		{"markup is no placeholder", `"<markup> <"`, `"<b> & ü <"`},
		{"white space around", " {\"a\" :\n<id> }\n", " {\"a\" :\n\"i-0123456789\" }\n"},
		{"rule name", `{"r":<aws.events.rule-name>}`, `{"r":"stopping"}`},
		{"rule name in a string", `"<aws.events.rule-name> fired"`, `"stopping fired"`},
		{"rule arn", `[<aws.events.rule-arn>]`, `["arn:aws:events:us-east-1:123456789012:rule/stopping"]`},
		{"ingestion time is UTC", `{"t":<aws.events.event.ingestion-time>}`, `{"t":"2026-11-11T21:29:55Z"}`},
		{"event", `{"e":<aws.events.event.json>}`, `{"e":` + event + `}`},
		{"a lone placeholder", `<state>`, `"stopping"`},
		{"no placeholder", `{"a":1}`, `{"a":1}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := Input{Paths: paths, Template: tt.template}
			got, err := in.Payload([]byte(event), when)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestPayloadOfEventWithoutDetail tests the reserved variable for the event without its
// detail.
func TestPayloadOfEventWithoutDetail(t *testing.T) {
	in := Input{Template: `{"e":<aws.events.event>}`}
	got, err := in.Payload([]byte(event), when)
	if err != nil {
		t.Fatal(err)
	}
	var sent struct{ E map[string]any }
	if err := json.Unmarshal(got, &sent); err != nil {
		t.Fatal(err)
	}
	if _, has := sent.E["detail"]; has || sent.E["source"] != "aws.ec2" || len(sent.E) != 8 {
		t.Errorf("got %v: want the event's 8 other fields", sent.E)
	}
}

func TestPayloadErrors(t *testing.T) {
	for _, tt := range []struct {
		name  string
		in    Input
		event string
		want  string // part of the error
	}{
		{"event is not JSON", Input{Path: "$.a"}, `{"a":`, "event is not valid JSON"},
		{"nothing at the path", Input{Path: "$.detail.x"}, event, "input path $.detail.x: the event has nothing there"},
		{"index past the end", Input{Path: "$.resources[1]"}, event, "nothing there"},
		{"member of a string", Input{Path: "$.source.a"}, event, "nothing there"},
		{"bad path", Input{Path: "detail"}, event, "starts with $"},
		{"bad constant", Input{Constant: "hello"}, event, "constant input is not valid JSON"},
		{"bad path of a variable", Input{Template: `"<a>"`, Paths: []PathVar{{"a", "$..b"}}}, event, "path of <a>, $..b"},
		{"unknown variable", Input{Template: `"<nobody>"`}, event, "<nobody>"},
		{"quote in a string", Input{Template: `"<quoted>"`, Paths: paths}, event, `<quoted> is inside a string, and EventBridge does not escape its value "he said \"no\""`},
		{"newline in a string", Input{Template: `"<lines>"`, Paths: paths}, event, "<lines>"},
		{"several lines", Input{Template: "\"<id>\"\n\"<state>\"", Paths: paths}, event, "no valid JSON"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.in.Payload([]byte(tt.event), when)
			if err == nil {
				t.Fatalf("no error; payload %s", got)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q does not contain %q", err, tt.want)
			}
		})
	}
}

// TestEnvelope tests that the envelope contains the input that is sent without it.
func TestEnvelope(t *testing.T) {
	for name, in := range map[string]Input{
		"whole event":     {},
		"constant object": {Constant: ` {"a": 1} `},
		"constant list":   {Constant: `[1]`},
		"path":            {Path: "$.detail.volumes[*].id"},
		"object template": {Paths: paths, Template: `{"id":<id>,"s":"<state>"}`},
		"list template":   {Paths: paths, Template: `[<id>, <first>]`},
		"string template": {Paths: paths, Template: `"<id> is \"<state>\""`},
		"lone variable":   {Paths: paths, Template: `<aws.events.event.json>`},
	} {
		t.Run(name, func(t *testing.T) {
			bare, err := in.Payload([]byte(event), when)
			if err != nil {
				t.Fatal(err)
			}
			wrapped := Envelope("SecurityJobStop", in)
			if p := Check(Input{Constant: wrapped.Constant, Template: wrapped.Template, Paths: used(wrapped)}); p != nil {
				t.Errorf("the envelope %+v has problems: %v", wrapped, p)
			}
			payload, err := wrapped.Payload([]byte(event), when)
			if err != nil {
				t.Fatal(err)
			}
			var got map[string]json.RawMessage
			if err := json.Unmarshal(payload, &got); err != nil {
				t.Fatal(err)
			}
			if string(got[RuleKey]) != `"SecurityJobStop"` || len(got) != 2 {
				t.Errorf("envelope is %s", payload)
			}
			if !bytes.Equal(got[EventKey], bytes.TrimSpace(bare)) {
				t.Errorf("event in the envelope\n%s\nwithout\n%s", got[EventKey], bare)
			}
		})
	}
}

// used removes the variables that a template doesn't use, because they give a warning.
func used(in Input) []PathVar {
	var kept []PathVar
	for _, v := range in.Paths {
		if strings.Contains(in.Template, "<"+v.Name+">") {
			kept = append(kept, v)
		}
	}
	return kept
}

func TestEnvelopeOfWholeEventIsPlain(t *testing.T) {
	want := Input{Template: `{"jobs:rule":"Stop","event":<aws.events.event.json>}`}
	if got := Envelope("Stop", Input{}); got.Template != want.Template || got.Paths != nil {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestIsZero(t *testing.T) {
	if !(Input{}).IsZero() {
		t.Error("the zero Input is not zero")
	}
	for _, in := range []Input{{Constant: "1"}, {Path: "$"}, {Template: "1"}, {Paths: paths}} {
		if in.IsZero() {
			t.Errorf("%+v is zero", in)
		}
	}
}
