package directive

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
)

func TestParseReads(t *testing.T) {
	tests := []struct {
		args string
		want string // as JSON
	}{
		{`{"source":["aws.ec2"]}`, `{"source":["aws.ec2"]}`},
		{`{source: [aws.ec2]}`, `{"source":["aws.ec2"]}`},
		{`source: [aws.ec2]`, `{"source":["aws.ec2"]}`},
		{`a: b, c: d`, `{"a":"b","c":"d"}`},
		{`a: {b: [c, d]}`, `{"a":{"b":["c","d"]}}`},
		{`a: [1, 1.50, -0, 1e3, 1E+2]`, `{"a":[1,1.50,-0,1e3,1E+2]}`},
		{`a: [true, false, null]`, `{"a":[true,false,null]}`},
		{`a: [yes, no, on, Off, y]`, `{"a":["yes","no","on","Off","y"]}`},
		{`a: ['true', "1", 'null']`, `{"a":["true","1","null"]}`},
		{`a: 'it''s', b: "a\tb\u00e9"`, `{"a":"it's","b":"a\u0009b\u00e9"}`},
		{`a: [12:30:45, http://x/y, ec2:X, s3:*]`, `{"a":["12:30:45","http://x/y","ec2:X","s3:*"]}`},
		{`a: 2026-01-02, b: v1.2.3, c: 1d, d: 0.0.0.0/0`, `{"a":"2026-01-02","b":"v1.2.3","c":"1d","d":"0.0.0.0/0"}`},
		{`a: b#c, d: e:f, g: h-i, j: k?`, `{"a":"b#c","d":"e:f","g":"h-i","j":"k?"}`},
		{`a: [x , y ],`, `{"a":["x","y"]}`},
		{`a: ''`, `{"a":""}`},
		{`a: {}, b: []`, `{"a":{},"b":[]}`},
		{`"a": 1, 'b': 2`, `{"a":1,"b":2}`},
		{`1: 2`, `{"1":2}`},
		{`é: [é]`, `{"\u00e9":["\u00e9"]}`},
	}
	for _, test := range tests {
		n, problems := Parse(test.args, WantMap)
		if len(problems) > 0 {
			t.Errorf("%s is refused: %s", test.args, problems[0].Message)
			continue
		}
		if got := writeJSON(n); got != test.want {
			t.Errorf("%s is read as %s, want %s", test.args, got, test.want)
		}
	}
}

func TestParseReadsListsOfWords(t *testing.T) {
	for args, want := range map[string]string{
		`ec2:Describe*, s3:Get*`: `["ec2:Describe*","s3:Get*"]`,
		`s3:GetObject`:           `["s3:GetObject"]`,
		`[s3:GetObject, a]`:      `["s3:GetObject","a"]`,
		`'s3:*'`:                 `["s3:*"]`,
		`actions: [a], x: y`:     `{"actions":["a"],"x":"y"}`,
		`{actions: [a]}`:         `{"actions":["a"]}`,
		`["a"]`:                  `["a"]`,
	} {
		n, problems := Parse(args, WantListOrMap)
		if len(problems) > 0 {
			t.Errorf("%s is refused: %s", args, problems[0].Message)
			continue
		}
		if got := writeJSON(n); got != want {
			t.Errorf("%s is read as %s, want %s", args, got, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		args   string
		code   diag.Code
		offset int
	}{
		{`a: [!t x]`, diag.ArgYAML, 4},
		{`a: &x y`, diag.ArgYAML, 3},
		{`a: *x`, diag.ArgYAML, 3},
		{`a: {<<: {b: c}}`, diag.ArgYAML, 4},
		{`a: >= 1`, diag.ArgYAML, 3},
		{`a: | x`, diag.ArgYAML, 3},
		{`a: ? x`, diag.ArgYAML, 3},
		{`a: [- x]`, diag.ArgYAML, 4},
		{`a: b, a: c`, diag.ArgDuplicate, 6},
		{`{"a": {"b": 1, "b": 2}}`, diag.ArgDuplicate, 15},
		{`é: 1, é: 2`, diag.ArgDuplicate, 7},
		{`a: 0x1F`, diag.ArgNumber, 3},
		{`a: [1, 007]`, diag.ArgNumber, 7},
		{`a: 1_000`, diag.ArgNumber, 3},
		{`a: .5`, diag.ArgNumber, 3},
		{`a: True`, diag.ArgNumber, 3},
		{`a: ~`, diag.ArgNumber, 3},
		{`a: b # c`, diag.ArgSlip, 5},
		{`{a:[b]}`, diag.ArgSlip, 1},
		{`a: b[0]`, diag.ArgSlip, 3},
		{`a: Stops, then alerts`, diag.ArgSlip, 10},
		{`a: [b: c]`, diag.ArgSlip, 4},
		{`a: ${Name}`, diag.ArgSlip, 3},
		{`a: [b`, diag.ArgSyntax, 3},
		{`a: 'b`, diag.ArgSyntax, 3},
		{`a: "b" c`, diag.ArgSyntax, 7},
		{`a: b]`, diag.ArgSyntax, 4},
		{`a: b: c`, diag.ArgSyntax, 4},
		{`a:`, diag.PropMissing, 0},
		{"a: \x00", diag.ArgLimit, 3},
		{"a: é\xff", diag.ArgLimit, 5},
		{"a: b\u2028c", diag.ArgLimit, 4},
		{strings.Repeat("[", 300), diag.ArgLimit, 200},
		{strings.Repeat("x", 1<<20), diag.ArgLimit, 0},
	}
	for _, test := range tests {
		n, problems := Parse(test.args, WantMap)
		if len(problems) == 0 {
			t.Errorf("%.60s is read as %s", test.args, writeJSON(n))
			continue
		}
		if got := problems[0]; got.Code != test.code || got.Offset != test.offset {
			t.Errorf("%.60s is refused at %d with %s, want at %d with %s: %s",
				test.args, got.Offset, got.Code, test.offset, test.code, got.Message)
		}
	}
}

func TestParseReportsOneMistakeOnce(t *testing.T) {
	for _, args := range []string{`a: [b # c]`, `a: ["b" c]`, `a: ['b]`, `a: [b}]`, `{a: [b}`, `a: [${Name}]`, `a: [b[0]]`, `a: [b`} {
		if _, problems := Parse(args, WantMap); len(problems) != 1 {
			t.Errorf("%s gives %d problems, want one: %+v", args, len(problems), problems)
		}
	}
}

func TestParseBoundsItsProblems(t *testing.T) {
	for _, args := range []string{strings.Repeat("a, ", 10000), strings.Repeat("]", 10000), "a: [" + strings.Repeat("0x1, ", 5000) + "]"} {
		if _, problems := Parse(args, WantMap); len(problems) == 0 || len(problems) > maxProblems {
			t.Errorf("%.20s… gives %d problems", args, len(problems))
		}
	}
}

// TestDuplicateItems checks that a duplicate item is reported at the later item, with
// the first as related position.
func TestDuplicateItems(t *testing.T) {
	const layer = `'arn:aws:lambda:eu-west-1:123456789012:layer:`
	tests := []struct {
		directive, args string
		code            diag.Code
		first, again    int
	}{
		{"package", `formats: [sam, json, sam]`, diag.ArgDuplicate, 10, 21},
		{"iam_policy", `actions: ['s3:*', s3:*]`, diag.ArgDuplicate, 10, 18},
		{"iam_policy", `actions: [s3:GetObject], resources: ["${Arn}", "${Arn}"]`, diag.ArgDuplicate, 37, 47},
		{"function", `vpc: {subnets: [subnet-1, subnet-1], security_groups: [sg-1]}`, diag.ArgDuplicate, 16, 26},
		{"function", `layers: [` + layer + `a:1', ` + layer + `a:1']`, diag.ArgDuplicate, 9, 60},
		{"function", `layers: [` + layer + `a:1', ` + layer + `a:2']`, diag.PropConflict, 9, 60},
	}
	for _, tt := range tests {
		n, problems := Parse(tt.args, WantMap)
		if len(problems) == 0 {
			_, problems = Decode(n, Lookup(tt.directive).Props, nil)
		}
		if len(problems) != 1 || problems[0].Code != tt.code || problems[0].RelatedOffset != tt.first || problems[0].Offset != tt.again {
			t.Errorf("%s: %+v, want %s at %d with %d", tt.args, problems, tt.code, tt.again, tt.first)
		}
	}
}

func TestParseText(t *testing.T) {
	for args, want := range map[string]string{
		`"${Name}"`:        `${Name}`,
		`"a-${Ab}-${Cd}"`:  `a-${Ab}-${Cd}`,
		`"$${Name}"`:       `$${Name}`,
		`"$$${Name}"`:      `$$${Name}`,
		`"$5 {x}"`:         `$5 {x}`,
		`"${"`:             `error: ${ is never closed`,
		`"${}"`:            `error: ${} is not a valid parameter`,
		`"${A}"`:           `error: ${A} is not a valid parameter`,
		`"${a-b}"`:         `error: ${a-b} is not a valid parameter`,
		`"${1a}"`:          `error: ${1a} is not a valid parameter`,
		`"$${Name} ${Ab}"`: `$${Name} ${Ab}`,
	} {
		n, problems := Parse(args, WantMap)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", args, problems)
		}
		text, problems := ParseText(n)
		got := text.String()
		if len(problems) > 0 {
			got = "error: " + problems[0].Message
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s is %s, want %s", args, got, want)
		}
	}
}

func TestScanLine(t *testing.T) {
	tests := []struct{ line, want string }{
		{"//jobs:rate 1 hour", `rate "1 hour" at 12`},
		{"//jobs:rate\t1 hour", `rate "1 hour" at 12`},
		{"//jobs:rate   1 hour  ", `rate "1 hour" at 14`},
		{"//jobs:rate", `rate "" at 11`},
		{"//jobs:nothing x", `unknown nothing`},
		{"//jobs:Rate x", `unknown Rate`},
		{"//jobs:", `unknown `},
		{"//jobs: rate 1 hour", `near rate`},
		{"// jobs:rate 1 hour", `near rate`},
		{"//Jobs:rate 1 hour", `near rate`},
		{"//\tjobs:event-pattern a", `near event_pattern`},
		{"// jobs:crn", `near cron`},
		{"// Jobs: nightly work", `none`},
		{"// jobs: see below", `none`},
		{"// the jobs:rate directive", `none`},
		{"// JOBS:rate", `none`},
		{"//go:embed jobs:rate", `none`},
		{"//jobsrate", `none`},
	}
	for _, test := range tests {
		if got := describe(ScanLine(test.line)); got != test.want {
			t.Errorf("%q is %s, want %s", test.line, got, test.want)
		}
	}
}

func describe(c Comment, ok bool) string {
	switch {
	case !ok:
		return "none"
	case c.Near != "":
		return "near " + c.Near
	case c.Spec == nil:
		return "unknown " + c.Name
	}
	return fmt.Sprintf("%s %q at %d", c.Name, c.Args, c.ArgsOffset)
}

// TestExamplesOfTheTable checks the examples of the reference with the table's checks.
func TestExamplesOfTheTable(t *testing.T) {
	for _, s := range Specs() {
		if s.Args != ArgProperties && s.Args != ArgPolicy {
			continue
		}
		_, args, _ := strings.Cut(s.Example, " ")
		checkExample(t, s.Name, args, s.Props)
		for _, p := range s.Props {
			checkExample(t, s.Name, p.Name+": "+p.Example, []Prop{p})
			for _, inner := range p.Props {
				only := inner
				checkExample(t, s.Name+" "+p.Name, inner.Name+": "+inner.Example, []Prop{only})
			}
		}
	}
}

func checkExample(t *testing.T, what, args string, props []Prop) {
	t.Helper()
	n, problems := Parse(args, WantMap)
	if len(problems) == 0 {
		_, problems = Decode(n, props, nil)
	}
	for _, p := range problems {
		t.Errorf("the example of %s, %s, is refused: %s", what, args, p.Message)
	}
}
