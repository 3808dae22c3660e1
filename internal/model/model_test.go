package model

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNamesOfAJob(t *testing.T) {
	tests := []struct{ typ, field, method, handler, id string }{
		{"SecurityJob", "SecurityJob", "InstanceStopping", "SecurityJob.InstanceStopping", "SecurityJobInstanceStopping"},
		{"securityJob", "SecurityJob", "sweep", "securityJob.sweep", "SecurityJobSweep"},
	}
	for _, test := range tests {
		j := &Job{Receiver: &Receiver{Type: test.typ, Field: test.field}, Method: test.method}
		if j.Handler() != test.handler || j.ID() != test.id {
			t.Errorf("%s.%s is %s and %s, want %s and %s", test.typ, test.method, j.Handler(), j.ID(), test.handler, test.id)
		}
	}
}

func TestLogicalName(t *testing.T) {
	for id, want := range map[string]string{
		"SweepAll": "SweepAll", "sweep-all": "SweepAll", "sweep_all": "SweepAll", "sweepAll": "SweepAll",
		"a-1": "A1", "a--b_": "AB", "x.y": "XY", "": "",
	} {
		if got := LogicalName(id); got != want {
			t.Errorf("%q becomes %q, want %q", id, got, want)
		}
	}
	if got := RuleConstant("sweep-all"); got != "RuleSweepAll" {
		t.Errorf("the constant is %s", got)
	}
}

func TestPos(t *testing.T) {
	for want, p := range map[string]Pos{"a.go:3:7": {"a.go", 3, 7}, "a.go": {File: "a.go"}} {
		if p.String() != want {
			t.Errorf("%+v is %s, want %s", p, p, want)
		}
	}
}

func number(n int) *int { return &n }

func age(d time.Duration) *time.Duration { return &d }

// TestOver joins what a method says with what its type says, in every property.
func TestOver(t *testing.T) {
	base := Function{
		Timeout: time.Minute, Memory: 256, Description: "base", Architecture: "arm64", Tracing: "Active",
		Environment: []EnvVar{{Name: "A", Value: Literal("1")}, {Name: "B", Value: Literal("2")}}, Tags: []Tag{{"a", "1"}, {"b", "2"}},
		ReservedConcurrency: number(3), EphemeralStorage: 1024, Layers: []Text{Literal("l1")}, LogRetention: 14,
		VPC:   &VPC{Subnets: []Text{Literal("s1")}},
		Async: &Async{Retries: number(2), MaxAge: age(time.Hour)}, Policies: []Statement{{Sid: "base"}},
		When: When{{Param: "Stage", Values: []string{"prod"}}, {Param: "Place", Values: []string{"eu"}}},
	}
	own := Function{
		Memory: 512, Environment: []EnvVar{{Name: "C", Value: Literal("5")}, {Name: "B", Value: Literal("4")}}, Tags: []Tag{{"b", "4"}},
		ReservedConcurrency: number(0), Async: &Async{Retries: number(0), OnFailure: &Destination{Create: true}},
		Policies: []Statement{{Sid: "own"}}, When: When{{Param: "Stage", Not: true, Values: []string{"dev"}}},
	}
	want := base
	want.Memory = 512
	want.Environment = []EnvVar{{Name: "A", Value: Literal("1")}, {Name: "B", Value: Literal("4")}, {Name: "C", Value: Literal("5")}}
	want.Tags = []Tag{{"a", "1"}, {"b", "4"}}
	want.ReservedConcurrency = number(0)
	want.Async = &Async{Retries: number(0), MaxAge: age(time.Hour), OnFailure: &Destination{Create: true}}
	want.Policies = []Statement{{Sid: "base"}, {Sid: "own"}}
	want.When = When{{Param: "Stage", Not: true, Values: []string{"dev"}}, {Param: "Place", Values: []string{"eu"}}}
	if diff := cmp.Diff(want, own.Over(base)); diff != "" {
		t.Errorf("joined otherwise (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(base, Function{}.Over(base)); diff != "" {
		t.Errorf("nothing over something changes it (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(own, own.Over(Function{})); diff != "" {
		t.Errorf("something over nothing changes it (-want +got):\n%s", diff)
	}
}

// TestOverLeavesItsOperandsAlone joins twice from the same slices: the first
// result must not change with the second.
func TestOverLeavesItsOperandsAlone(t *testing.T) {
	base := Function{Policies: make([]Statement, 1, 8), Environment: make([]EnvVar, 0, 8)}
	a := Function{Policies: []Statement{{Sid: "a"}}, Environment: []EnvVar{{Name: "A", Value: nil}}}.Over(base)
	b := Function{Policies: []Statement{{Sid: "b"}}, Environment: []EnvVar{{Name: "B", Value: nil}}}.Over(base)
	if a.Policies[1].Sid != "a" || b.Policies[1].Sid != "b" || a.Environment[0].Name != "A" || b.Environment[0].Name != "B" {
		t.Errorf("joined %+v and %+v", a, b)
	}
}

func TestText(t *testing.T) {
	text := Text{{Literal: "a${"}, {Param: "Name"}, {Literal: "$x"}}
	if got := text.String(); got != "a$${${Name}$x" {
		t.Errorf("as directives have it: %s", got)
	}
	if got := text.Expand(func(name string) string { return "<" + name + ">" }); got != "a${<Name>$x" {
		t.Errorf("with its parameter: %s", got)
	}
	if _, plain := text.Plain(); plain {
		t.Error("a text with a parameter is plain")
	}
	if s, plain := Literal("a").Plain(); !plain || s != "a" {
		t.Errorf("a literal is %q, %v", s, plain)
	}
	if diff := cmp.Diff([]string{"Name"}, text.Params()); diff != "" {
		t.Error(diff)
	}
}

func TestValue(t *testing.T) {
	v := ObjectValue(
		ValueField{Key: "b", Value: ListValue(StringValue("<&>é\u2028\""), &Value{Kind: Number, Number: "1.50"}, &Value{Kind: Null})},
		ValueField{Key: "a", Value: &Value{Kind: Bool, Bool: true}},
		ValueField{Key: "p", Value: ListValue(&Value{Kind: String, Text: Text{{Param: "Two"}, {Param: "One"}}}, &Value{Kind: String, Text: Text{{Param: "Two"}}})},
		ValueField{Key: "o", Value: ObjectValue()},
	)
	want := `{"b":["<&>é\u2028\"",1.50,null],"a":true,"p":["${Two}${One}","${Two}"],"o":{}}`
	if got := v.JSON(Text.String); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if diff := cmp.Diff([]string{"Two", "One"}, v.Params()); diff != "" {
		t.Error(diff)
	}
	if v.Field("a") == nil || v.Field("x") != nil {
		t.Error("fields are found by other names")
	}
	var none *Value
	if none.Params() != nil {
		t.Error("no value refers to parameters")
	}
}

func TestTargetInput(t *testing.T) {
	rule := &Rule{ID: "Sweep"}
	if in := rule.TargetInput(PerMethod); !in.IsZero() {
		t.Errorf("the whole event is %+v", in)
	}
	payload := func(in *Input, layout Layout) string {
		r := &Rule{ID: "Sweep", Input: in}
		data, err := r.TargetInput(layout).Payload([]byte(`{"source":"a","detail":{"x":[1]}}`), targetContext)
		if err != nil {
			return "error: " + err.Error()
		}
		return string(data)
	}
	constant := &Input{JSON: ObjectValue(ValueField{Key: "a", Value: StringValue("b")})}
	path := &Input{Path: "$.detail.x"}
	template := &Input{Transformer: &Transformer{Paths: []PathVar{{"v", "$.detail.x"}}, Template: `{"v": <v>}`}}
	for _, test := range []struct {
		in     *Input
		layout Layout
		want   string
	}{
		{nil, PerPackage, `{"jobs:rule":"Sweep","event":{"source":"a","detail":{"x":[1]}}}`},
		{constant, PerMethod, `{"a":"b"}`},
		{constant, PerPackage, `{"jobs:rule":"Sweep","event":{"a":"b"}}`},
		{path, PerMethod, `[1]`},
		{path, PerPackage, `{"jobs:rule":"Sweep","event":[1]}`},
		{template, PerMethod, `{"v": [1]}`},
		{template, PerPackage, `{"jobs:rule":"Sweep","event":{"v": [1]}}`},
	} {
		if got := payload(test.in, test.layout); !sameJSON(t, got, test.want) {
			t.Errorf("%+v in the %s layout sends %s, want %s", test.in, test.layout, got, test.want)
		}
	}
}

func TestMatcherOfASchedule(t *testing.T) {
	event := func(arn string) string {
		return `{"source":"aws.events","detail-type":"Scheduled Event","resources":["` + arn + `"],"detail":{}}`
	}
	const account = "arn:aws:events:eu-west-1:123456789012:rule/"
	rule := &Rule{ID: "nightly-sweep", Name: Literal("prod"), Schedule: Literal("rate(1 hour)")}
	for arn, want := range map[string]bool{
		account + "nightly-sweep":                       true,
		account + "prod":                                true,
		account + "stack-NightlySweepRule-1A2B3C":       true,
		account + "other":                               false,
		account + "stack-OtherNightlySweepRules-1A2B3C": false,
	} {
		if got := matches(t, rule.Matcher(), event(arn)); got != want {
			t.Errorf("%s: %v, want %v", arn, got, want)
		}
	}
	own := &Rule{Pattern: ObjectValue(ValueField{Key: "source", Value: ListValue(StringValue("a"))})}
	if own.Matcher() != own.Pattern {
		t.Error("a pattern does not match as it is")
	}
}
