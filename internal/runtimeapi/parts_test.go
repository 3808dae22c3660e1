package runtimeapi

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	for name, tt := range map[string]struct{ in, want []string }{
		"whole lines":      {[]string{"a\nb\n"}, []string{"a\n", "b\n"}},
		"in pieces":        {[]string{"a", "b\nc", "", "d\n"}, []string{"ab\n", "cd\n"}},
		"last has no end":  {[]string{"a\nb"}, []string{"a\n", "b\n"}},
		"empty lines":      {[]string{"\n", "\n"}, []string{"\n", "\n"}},
		"nothing":          {nil, nil},
		"too long":         {[]string{strings.Repeat("x", maxLine), "y\n"}, []string{strings.Repeat("x", maxLine) + "\n", "y\n"}},
		"long with an end": {[]string{strings.Repeat("x", maxLine-1), "y\n"}, []string{strings.Repeat("x", maxLine-1) + "y\n"}},
	} {
		var got []string
		l := lines{w: collect(func(p []byte) { got = append(got, string(p)) })}
		for _, piece := range tt.in {
			l.write([]byte(piece))
		}
		l.end()
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %d lines, want %d", name, len(got), len(tt.want))
		}
	}
}

type collect func([]byte)

func (c collect) Write(p []byte) (int, error) {
	c(p)
	return len(p), nil
}

func TestFailed(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want Result
	}{
		"aws-lambda-go": {
			`{"errorType":"T","errorMessage":"m","stackTrace":[{"path":"a.go","line":3,"label":"f"}]}`,
			Result{ErrorType: "T", ErrorMessage: "m", StackTrace: []string{"a.go:3 f"}},
		},
		"text frames": {`{"errorType":"T","stackTrace":["one","two"]}`, Result{ErrorType: "T", StackTrace: []string{`"one"`, `"two"`}}},
		"odd frame":   {`{"stackTrace":[[1]]}`, Result{StackTrace: []string{"[1]"}}},
		"no JSON":     {`oops`, Result{}},
		"empty":       {``, Result{}},
	} {
		tt.want.RequestID, tt.want.Payload, tt.want.FunctionError = "id", []byte(tt.body), Unhandled
		if got := failed("id", []byte(tt.body)); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, tt.want)
		}
	}
}

func TestLambdasOwnErrorsAreJSON(t *testing.T) {
	r := failure("id", "T", `a "quoted" text`)
	var payload map[string]string
	if err := json.Unmarshal(r.Payload, &payload); err != nil || payload["errorMessage"] != `RequestId: id Error: a "quoted" text` {
		t.Errorf("payload is %s (%v)", r.Payload, err)
	}
}
