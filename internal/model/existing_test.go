package model

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSplitQualifier(t *testing.T) {
	const function = "arn:aws:lambda:eu-west-1:123456789012:function:count"
	region := func(end string) Text {
		return Text{{Literal: "arn:aws:lambda:"}, {Param: "Region"}, {Literal: ":123456789012:function:count" + end}}
	}
	tests := []struct {
		name                 string
		text, arn, qualifier Text
	}{
		{"none", nil, nil, nil},
		{"a function", Literal(function), Literal(function), nil},
		{"an alias", Literal(function + ":live"), Literal(function), Literal("live")},
		{"a parameter", Text{{Param: "FunctionArn"}}, Text{{Param: "FunctionArn"}}, nil},
		{"a parameter in a function", region(""), region(""), nil},
		{"a parameter in an alias", region(":7"), region(""), Literal("7")},
		{"a parameter for the alias", append(Literal(function+":"), Part{Param: "Alias"}), Literal(function), Text{{Param: "Alias"}}},
		{"a part of the alias", append(Literal(function+":v"), Part{Param: "Alias"}), Literal(function), Text{{Literal: "v"}, {Param: "Alias"}}},
	}
	for _, tt := range tests {
		arn, qualifier := tt.text.SplitQualifier()
		if arn.String() != tt.arn.String() || qualifier.String() != tt.qualifier.String() || (qualifier == nil) != (tt.qualifier == nil) {
			t.Errorf("%s: got %s and %s, want %s and %s", tt.name, arn, qualifier, tt.arn, tt.qualifier)
		}
	}
}

// TestOverExisting checks that a function that exists has none of the properties that its type
// sets for functions of the rule files, and that a qualifier stays with its ARN.
func TestOverExisting(t *testing.T) {
	base := Function{Memory: 256, Tracing: "Active", Timeout: time.Minute, Architecture: "x86_64", Policies: []Statement{{Sid: "type"}}}
	own := Function{ARN: Text{{Param: "FunctionArn"}}, Qualifier: Literal("live")}
	want := Function{ARN: own.ARN, Qualifier: own.Qualifier, Timeout: time.Minute, Architecture: "x86_64", Policies: base.Policies}
	if diff := cmp.Diff(want, own.Over(base)); diff != "" {
		t.Errorf("over a type without an ARN (-want +got):\n%s", diff)
	}
	if got := own.Over(base).Target().String(); got != "${FunctionArn}:live" {
		t.Errorf("the target is %s", got)
	}
	for name, f := range map[string]Function{"none": {}, "the same ARN": {ARN: own.ARN}, "another ARN": {ARN: Literal("arn:x")}} {
		got, kept := f.Over(own).Qualifier, name != "another ARN"
		if (got != nil) != kept {
			t.Errorf("%s: the qualifier is %s", name, got)
		}
	}
}
