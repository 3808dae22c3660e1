package target

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func pathVars(n int) (vars []PathVar, template string) {
	var b strings.Builder
	for i := range n {
		name := fmt.Sprintf("v%d", i)
		vars = append(vars, PathVar{name, "$.detail." + name})
		b.WriteString(" <" + name + ">")
	}
	return vars, `"` + b.String() + `"`
}

func TestCheckAccepts(t *testing.T) {
	vars, template := pathVars(100)
	for name, in := range map[string]Input{
		"whole event":         {},
		"constant":            {Constant: `{"a":1}`},
		"longest constant":    {Constant: `"` + strings.Repeat("ü", 8190) + `"`},
		"path":                {Path: "$.detail.a-b_c/d[0].e[*].*"},
		"longest path":        {Path: "$." + strings.Repeat("a", 254)},
		"hundred variables":   {Paths: vars, Template: template},
		"longest template":    {Template: `"` + strings.Repeat("a", 8190) + `"`},
		"reserved":            {Template: `{"a":<aws.events.event.json>,"b":<aws.events.event>,"c":"<aws.events.rule-arn> <aws.events.rule-name>","d":<aws.events.event.ingestion-time>}`},
		"quotes in a string":  {Paths: paths[:1], Template: `{"a":"\"<id>\" x"}`},
		"less-than":           {Template: `"a < b > c, <- and <>"`},
		"string with a colon": {Paths: paths[:1], Template: `["<id>: x", "a: <id>"]`},
		"nested":              {Paths: paths[:2], Template: `{"a":[1,<id>,{"b":<state>}]}`},
		"longest name":        {Paths: []PathVar{{strings.Repeat("n", 256), "$.a"}}, Template: "[<" + strings.Repeat("n", 256) + ">]"},
	} {
		if got := Check(in); got != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// fault returns encoding/json's error for a text, which differs between versions of Go.
func fault(text string) string { return json.Unmarshal([]byte(text), new(any)).Error() }

func TestCheckRefuses(t *testing.T) {
	one := []PathVar{{"instance", "$.detail.instance-id"}}
	entry := func(name, path string) Input {
		return Input{Paths: []PathVar{{"ok", "$.id"}, {name, path}}, Template: "[<ok>,<" + name + ">]"}
	}
	for _, tt := range []struct {
		name       string
		in         Input
		at         string // field:index:offset
		message    string // part of it
		suggestion string
	}{
		{"unquoted constant", Input{Constant: "hello"}, "constant:0:0", fault(`hello`), ""},
		{"fault in a constant", Input{Constant: `{"a": 01}`}, "constant:0:7", fault(`{"a": 01}`), ""},
		{"constant ends early", Input{Constant: `{"a": 1`}, "constant:0:6", fault(`{"a": 1`), ""},
		{"long constant", Input{Constant: `"` + strings.Repeat("a", 8191) + `"`}, "constant:0:0", "8193 characters; AWS takes at most 8192", ""},
		{"long path", Input{Path: "$." + strings.Repeat("a", 255)}, "path:0:0", "257 characters; AWS takes at most 256", ""},
		{"no dollar", Input{Path: "detail.a"}, "path:0:0", "starts with $", ""},
		{"no dot", Input{Path: "$detail"}, "path:0:1", "'d' cannot be here", ""},
		{"bracketed name", Input{Path: "$.detail['a']"}, "path:0:9", "['a'] is not the index", ""},
		{"negative index", Input{Path: "$.a[-1]"}, "path:0:4", "[-1] is not the index", ""},
		{"slice", Input{Path: "$.a[0:2]"}, "path:0:4", "[0:2] is not the index", ""},
		{"plus sign", Input{Path: "$.a[+1]"}, "path:0:4", "[+1] is not the index", ""},
		{"open bracket", Input{Path: "$.a[0"}, "path:0:4", "not closed", ""},
		{"any depth", Input{Path: "$.a..b"}, "path:0:4", "any depth", ""},
		{"trailing dot", Input{Path: "$.a."}, "path:0:4", "name is missing", ""},
		{"space in a path", Input{Path: "$.a b"}, "path:0:3", "' ' cannot be here", ""},
		{"space for a name", Input{Path: "$. b"}, "path:0:2", "' ' cannot start a name", ""},
		{"undocumented character", Input{Path: "$.tags.aws:name"}, "path:0:10", "':' in its name", ""},
		{"empty path of a variable", entry("b", ""), "paths path:1:0", "empty", ""},
		{"bad path of a variable", entry("b", "$.x..y"), "paths path:1:4", "any depth", ""},
		{"long name", entry(strings.Repeat("n", 257), "$.a"), "paths name:1:0", "257 characters", ""},
		{"reserved name", entry("aws.mine", "$.a"), "paths name:1:0", "AWS's own", ""},
		{"character in a name", Input{Paths: []PathVar{{"in stance", "$.a"}}, Template: "1"}, "paths name:0:2", "' '", ""},
		{"no name", Input{Paths: []PathVar{{"", "$.a"}}, Template: "1"}, "paths name:0:0", "no name", ""},
		{"unused variable", Input{Paths: one, Template: `"x"`}, "paths name:0:0", `does not use the variable "instance"`, ""},
		{"long template", Input{Template: `"` + strings.Repeat("a", 8191) + `"`}, "template:0:0", "8193 characters", ""},
		{"misspelled variable", Input{Paths: one, Template: `{"a": "<instnace>"}`}, "template:0:7", "<instnace> is neither", "instance"},
		{"misspelled case", Input{Paths: one, Template: `[<Instance>]`}, "template:0:1", "<Instance>", "instance"},
		{"misspelled reserved", Input{Template: `[<aws.event.rule-name>]`}, "template:0:1", "<aws.event.rule-name>", "aws.events.rule-name"},
		{"unknown variable", Input{Template: `[<something>]`}, "template:0:1", "<something>", ""},
		{"event in a string", Input{Template: `"e: <aws.events.event>"`}, "template:0:4", "cannot be inside a string", ""},
		{"JSON event in a string", Input{Template: `{"e": "<aws.events.event.json>"}`}, "template:0:7", "cannot be inside a string", ""},
		{"key", Input{Paths: one, Template: `{<instance> : 1}`}, "template:0:1", "cannot be an object's key", ""},
		{"quoted key", Input{Paths: one, Template: `{"\"<instance>\"" : 1}`}, "template:0:4", "cannot be an object's key", ""},
		{"white space", Input{Paths: one, Template: `"x < instance> <instance>"`}, "template:0:3", "white space", "<instance>"},
		{"unquoted text", Input{Paths: one, Template: `<instance> stops`}, "template:0:11", fault(`0 s`), ""},
		{"beside a value", Input{Paths: one, Template: `{"a": 1<instance>}`}, "template:0:7", "after object", ""},
		{"trailing comma", Input{Template: `{"a": 1,}`}, "template:0:8", fault(`{"a": 1,}`), ""},
		{"lines", Input{Paths: one, Template: "\"<instance>\"\n\"stops\""}, "template:0:13", "several lines", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Check(tt.in)
			if len(got) != 1 {
				t.Fatalf("got %d problems, want 1: %+v", len(got), got)
			}
			p := got[0]
			if at := fmt.Sprintf("%s:%d:%d", p.Field, p.Index, p.Offset); at != tt.at {
				t.Errorf("at %s, want %s: %s", at, tt.at, p.Message)
			}
			if !strings.Contains(p.Message, tt.message) || p.Suggestion != tt.suggestion || p.Remedy == "" {
				t.Errorf("got %+v, want message %q, suggestion %q and a remedy", p, tt.message, tt.suggestion)
			}
		})
	}
}

// TestCheckFindsAll tests that a problem doesn't hide another.
func TestCheckFindsAll(t *testing.T) {
	got := Check(Input{
		Paths:    []PathVar{{"a", "$.x[y]"}, {"spare", "b"}},
		Template: `{"k": <a>, "<nobody>": "<aws.events.event>" 1}`,
	})
	var at []string
	for _, p := range got {
		at = append(at, fmt.Sprintf("%s:%d:%d:%t", p.Field, p.Index, p.Offset, p.Warning))
	}
	want := []string{
		"template:0:12:false", "template:0:24:false", "template:0:44:false",
		"paths path:0:4:false", "paths name:1:0:true", "paths path:1:0:false",
	}
	if strings.Join(at, " ") != strings.Join(want, " ") {
		t.Errorf("got  %v\nwant %v", at, want)
	}
}

func TestWarnings(t *testing.T) {
	for name, in := range map[string]Input{
		"unused variable":        {Paths: paths[:1], Template: "1"},
		"undocumented character": {Path: "$.a:b"},
	} {
		if got := Check(in); len(got) != 1 || !got[0].Warning {
			t.Errorf("%s: %+v, want one warning", name, got)
		}
	}
}

// TestUndocumentedCharacterWorks tests a path that Check only warns of.
func TestUndocumentedCharacterWorks(t *testing.T) {
	got, err := Input{Path: "$.tags.aws:name"}.Payload([]byte(`{"tags":{"aws:name":"x"}}`), Context{})
	if err != nil || string(got) != `"x"` {
		t.Errorf("got %s, %v", got, err)
	}
}
