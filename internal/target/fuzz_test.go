package target

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzTemplate tests that a template that Check accepts gives valid JSON for an event
// whose values need no escapes, with and without the envelope, and that offsets are within
// their strings.
func FuzzTemplate(f *testing.F) {
	for _, s := range []string{
		`"<a> is <b>"`, `{"x":<a>,"y":"<b>"}`, `[<a>,<aws.events.event.json>]`, `<a>`, "\"<a>\"\n\"<b>\"",
		`{"<a>":1}`, `"\"<a>\\"`, `"<a"`, `<<a>>`, `< a >`, `{"a":1<a>}`, "\xff<a>",
	} {
		f.Add(s, "$.a", "$.b[0]")
	}
	plain := []byte(`{"a":"one","b":[{"c":true}],"detail":{}}`)
	f.Fuzz(func(t *testing.T, template, a, b string) {
		in := Input{Template: template, Paths: []PathVar{{"a", a}, {"b", b}}}
		clean := true
		for _, p := range Check(in) {
			clean = clean && p.Warning
			if text := problemText(in, p); p.Offset < 0 || p.Offset > len(text) {
				t.Fatalf("offset %d is outside %q", p.Offset, text)
			}
		}
		if !clean || in.IsZero() || strings.Contains(a+b, "*") {
			return
		}
		for _, in := range []Input{in, Envelope("Rule", in)} {
			payload, err := in.Payload(plain, Context{RuleName: "r"})
			if err != nil || !json.Valid(payload) {
				t.Fatalf("%+v: payload %s, %v", in, payload, err)
			}
		}
	})
}

func problemText(in Input, p Problem) string {
	switch p.Field {
	case InPathName:
		return in.Paths[p.Index].Name
	case InPathPath:
		return in.Paths[p.Index].Path
	case InTemplate:
		return in.Template
	case InPath:
		return in.Path
	default:
		return in.Constant
	}
}

// FuzzPath tests that the error for an invalid path has an offset within the path, and
// that values at a valid path can be looked up.
func FuzzPath(f *testing.F) {
	for _, s := range []string{"$", "$.a.b", "$.a[0]", "$.a[*].b", "$..a", "$.a[99999999999999999999]", "$.*", "$[", "$.\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		steps, err := ParsePath(path)
		if err != nil {
			if fault, ok := err.(*pathError); !ok || fault.offset > len(path) {
				t.Fatalf("error %v has no place in %q", err, path)
			}
			return
		}
		if value, ok := find([]byte(event), steps); ok && !json.Valid(value) {
			t.Fatalf("found %s, which is not JSON", value)
		}
	})
}
