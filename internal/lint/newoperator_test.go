package lint

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/shape"
)

// contains are the edits that add an operator to the language: it matches texts that contain
// its operand. Each edit inserts a text behind another one, or at the end of the file.
var contains = map[string][][2]string{
	"internal/match/test.go": {
		{"\tCIDR\n\tExists\n", "\tContains\n"},
		{"\t\treturn MatchesWildcard(o.Text, v.Text)\n", "\tcase a.Operator == Contains:\n\t\treturn contains(v.Text, o.Text)\n"},
		{"", "\nfunc contains(s []byte, part string) bool {\n\tfor i := range s {\n\t\tif hasPrefix(s[i:], part) {\n\t\t\treturn true\n\t\t}\n\t}\n\treturn part == \"\"\n}\n"},
	},
	"pattern/pattern.go": {
		{"\tExists   = Operator(match.Exists)\n", "\tWithin   = Operator(match.Contains)\n"},
		{`"cidr", "exists"`, `, "contains"`},
	},
	"pattern/operator.go": {
		{"", "\nfunc init() { operatorWords = append(operatorWords, \"contains\") }\n"},
		{"\t\tc.exists(a, m.value)\n", "\tcase \"contains\":\n\t\ta.Operator = Within\n\t\tc.text(a, \"contains\", m.value)\n"},
	},
}

// withNewOperator is the variable for a test binary with the operator contains.
const withNewOperator = "JOBGEN_NEW_OPERATOR"

// TestNewOperator adds an operator to package pattern, and checks that package lint handles
// it without a change: it asks package pattern which values an alternative matches.
func TestNewOperator(t *testing.T) {
	if os.Getenv(withNewOperator) != "" {
		checkContains(t)
		return
	}
	if testing.Short() {
		t.Skip("it compiles the package again")
	}
	cmd := exec.Command("go", "test", "-count=1", "-overlay="+overlay(t), "-run=^TestNewOperator$", ".")
	cmd.Env = append(os.Environ(), withNewOperator+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// overlay writes the edited files, and returns the name of the overlay file for the go
// command.
func overlay(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	replace := map[string]string{}
	for name, edits := range contains {
		path, err := filepath.Abs(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		for _, edit := range edits {
			if edit[0] == "" {
				text += edit[1]
				continue
			}
			if strings.Count(text, edit[0]) != 1 {
				t.Fatalf("%s has %q %d times, want once: let this test edit another place", name, edit[0], strings.Count(text, edit[0]))
			}
			text = strings.Replace(text, edit[0], edit[0]+edit[1], 1)
		}
		replace[path] = filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		write(t, replace[path], text)
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "overlay.json"), string(list))
	return filepath.Join(dir, "overlay.json")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// checkContains checks alternatives with the new operator.
func checkContains(t *testing.T) {
	for _, test := range []struct {
		pattern string
		want    []diag.Code
	}{
		{`{detail: {state: [{contains: unn}]}}`, nil},
		{`{detail: {state: [{contains: xyz}]}}`, []diag.Code{diag.ValueOutside}},
		{`{detail: {total: [{contains: '1'}]}}`, []diag.Code{diag.KindMismatch}},
		{`{source: [{contains: ec2}], detail-type: [EC2 Instance State-change Notificatoin]}`, []diag.Code{diag.DetailTypeMisspelled}},
	} {
		r := ruleOf(t, test.pattern)
		r.Handler, r.HandlerType = orders(), "Order"
		var found diag.List
		checkRule(r, &found)
		var codes []diag.Code
		for _, d := range found.Sorted() {
			codes = append(codes, d.Code)
		}
		if len(codes) != len(test.want) || len(codes) > 0 && codes[0] != test.want[0] {
			t.Errorf("%s: %v, want the codes %v", test.pattern, found.Sorted(), test.want)
		}
	}
}

// orders returns the shape of events whose detail has a state with a closed set of values, and
// a total.
func orders() *shape.Shape {
	state := &shape.Shape{Kind: shape.String, Values: []string{"running", "stopped", "HAUPTSTRASSE", "k"}}
	detail := &shape.Shape{Kind: shape.Object, Fields: []shape.Field{{Name: "state", Shape: state}, {Name: "total", Shape: &shape.Shape{Kind: shape.Number}}}}
	return &shape.Shape{Kind: shape.Object, Fields: []shape.Field{{Name: "detail", Shape: detail}}}
}
