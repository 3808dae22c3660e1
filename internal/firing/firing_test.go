package firing_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/firing"
	"github.com/jobgen/jobgen/pattern"
)

func parse(t *testing.T, text string) *pattern.Pattern {
	t.Helper()
	p, err := pattern.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// event makes an event for a pattern and checks that it is compatible with EventBridge.
func event(t *testing.T, text string) []byte {
	t.Helper()
	p := parse(t, text)
	made, err := (&firing.Rule{ID: "R", Pattern: p}).Event()
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if matched, err := p.Match(made); err != nil || !matched {
		t.Errorf("%s does not match %s: %v", text, made, err)
	}
	var fields map[string]any
	if err := json.Unmarshal(made, &fields); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"version", "id", "detail-type", "source", "account", "time", "region"} {
		if s, ok := fields[name].(string); !ok || s == "" {
			t.Errorf("%s: the event has no %s: %s", text, name, made)
		}
	}
	if _, ok := fields["resources"].([]any); !ok {
		t.Errorf("%s: resources is no list: %s", text, made)
	}
	if _, ok := fields["detail"].(map[string]any); !ok {
		t.Errorf("%s: detail is no object: %s", text, made)
	}
	return made
}

func TestEventIsRealistic(t *testing.T) {
	const change = `"detail-type": "EC2 Instance State-change Notification"`
	tests := map[string]struct {
		pattern string
		want    []string
	}{
		"a source alone":           {`{"source":["aws.ec2"]}`, []string{`"source": "aws.ec2"`, `"detail-type": "`}},
		"a beginning of sources":   {`{"source":[{"prefix":"aws."}]}`, []string{`"source": "aws.ec2"`}},
		"a value of one type":      {`{"source":["aws.ec2"],"detail":{"state":["stopping"]}}`, []string{change, `"instance-id": "i-`}},
		"a detail-type alone":      {`{"detail-type":["EC2 Instance State-change Notification"]}`, []string{`"source": "aws.ec2"`}},
		"a value of a closed set":  {`{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":[{"anything-but":["pending"]}]}}`, []string{change}},
		"an example that matches":  {`{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"instance-id":[{"wildcard":"i-*"}]}}`, []string{`"instance-id": "i-1234567890abcdef0"`}},
		"a call":                   {`{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventName":["PutBucketPolicy"]}}`, []string{`"source": "aws.s3"`, `"eventSource": "s3.amazonaws.com"`}},
		"a call by no name":        {`{"detail-type":["AWS API Call via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}`, []string{`"source": "aws.ec2"`, `"type": "Root"`}},
		"a schedule":               {`{"source":["aws.events"],"detail-type":["Scheduled Event"],"resources":[{"suffix":":rule/R"},{"wildcard":"*:rule/*-RRule-*"}]}`, []string{`"arn:aws:events:us-east-1:123456789012:rule/R"`, `"detail": {}`}},
		"an event of the user's":   {`{"detail":{"id":[{"exists":true}]}}`, []string{`"source": "my.app"`, `"detail-type": "Example"`}},
		"an element of a list":     {`{"source":["my.app"],"resources":["arn:x"]}`, []string{`"arn:x"`}},
		"a field that is excluded": {`{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"instance-id":[{"exists":false}]}}`, []string{change, `"state": "`}},
		"branches":                 {`{"source":["aws.ec2"],"$or":[{"detail":{"state":["a"]}},{"region":["eu-central-1"]}]}`, []string{`"source": "aws.ec2"`}},
		"an object for a value":    {`{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":{"name":["x"]}}}`, []string{`"name": "x"`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			made := event(t, tt.pattern)
			for _, want := range tt.want {
				if !bytes.Contains(made, []byte(want)) {
					t.Errorf("%s is not in %s", want, made)
				}
			}
		})
	}
}

// Every event of the catalog can be made, with all fields of its sample.
func TestEveryKnownEvent(t *testing.T) {
	if testing.Short() {
		t.Skip("makes thousands of events")
	}
	for _, source := range catalog.Sources() {
		for _, detailType := range catalog.DetailTypes(source) {
			pattern, err := json.Marshal(map[string][]string{"source": {source}, "detail-type": {detailType}})
			if err != nil {
				t.Fatal(err)
			}
			var made, sample map[string]any
			if err := json.Unmarshal(event(t, string(pattern)), &made); err != nil {
				t.Fatal(err)
			}
			data, _ := catalog.Sample(source, detailType)
			if err := json.Unmarshal(data, &sample); err != nil {
				t.Fatal(err)
			}
			if got, want := len(made["detail"].(map[string]any)), len(sample["detail"].(map[string]any)); got != want {
				t.Errorf("%s %q: %d fields, want %d", source, detailType, got, want)
			}
		}
	}
}

func TestNoEvent(t *testing.T) {
	p := parse(t, `{"n":[{"numeric":[">",0.1,"<",0.10000000000000002]}]}`)
	_, err := (&firing.Rule{ID: "R", Pattern: p}).Event()
	if err == nil || !strings.Contains(err.Error(), "no event can fire the rule R: ") {
		t.Errorf("error = %v", err)
	}
}
