package gen

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/jobgen/jobgen/internal/model"
)

func TestYAMLString(t *testing.T) {
	tests := []struct{ in, want string }{
		{"stopping", "stopping"},
		{"EC2 Instance State-change Notification", "EC2 Instance State-change Notification"},
		{"aws.ec2", "aws.ec2"},
		{"subnet-0a", "subnet-0a"},
		{"", `""`},
		{"yes", `"yes"`}, {"NO", `"NO"`}, {"On", `"On"`}, {"off", `"off"`}, {"y", `"y"`}, {"N", `"N"`},
		{"true", `"true"`}, {"False", `"False"`}, {"null", `"null"`}, {"~", `"~"`},
		{"nobody", "nobody"},
		{"12:30", `"12:30"`}, {"0o7", `"0o7"`}, {"1e5", `"1e5"`}, {"2020-01-01", `"2020-01-01"`}, {"1_000", `"1_000"`},
		{".inf", `".inf"`}, {"-1", `"-1"`}, {"=", `"="`}, {"<<", `"<<"`},
		{"a: b", `"a: b"`}, {"a #b", `"a #b"`}, {"a:b", `"a:b"`}, {"a,b", `"a,b"`}, {"- a", `"- a"`},
		{" a", `" a"`}, {"a ", `"a "`}, {"a  b", `"a  b"`},
		{"[a]", `"[a]"`}, {"{a}", `"{a}"`}, {"*", `"*"`}, {"&a", `"&a"`}, {"!Ref a", `"!Ref a"`}, {"%a", `"%a"`}, {"@a", `"@a"`},
		{`a"b\c`, `"a\"b\\c"`},
		{"a\nb\tc\rd", `"a\nb\tc\rd"`},
		{"über 😀", `"über 😀"`},
		{"\x00\x1b\u007f\u0085\u2028\ufeff\U000e0001", `"\u0000\u001B\u007F\u0085\u2028\uFEFF\U000E0001"`},
		{"a\xffb", `"a�b"`},
	}
	for _, tt := range tests {
		if got := yamlString(tt.in); got != tt.want {
			t.Errorf("yamlString(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestYAMLNumber(t *testing.T) {
	tests := map[string]string{
		"0": "0", "-0": "-0", "300": "300", "300.0": "300.0", "-1.5": "-1.5",
		"1e5": "1.0e+5", "1E5": "1.0e+5", "1e+5": "1.0e+5", "1e-5": "1.0e-5", "-2.5E3": "-2.5e+3",
	}
	for in, want := range tests {
		if got := yamlNumber(in); got != want {
			t.Errorf("yamlNumber(%s) = %s, want %s", in, got, want)
		}
	}
}

// FuzzYAMLString checks that a reader gets every string back, as a value, a key
// and an item of a list.
func FuzzYAMLString(f *testing.F) {
	for _, s := range hostileStrings {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := string([]rune(s)) // each invalid byte is a U+FFFD
		text := yamlString(s)
		var got struct {
			Value string
			List  []string
			Keys  map[string]int
		}
		document := "value: " + text + "\nlist: [" + text + ", x]\nkeys: {" + text + ": 1}\n"
		if len(text) > 1000 {
			document = "value: " + text + "\nlist: [" + text + ", x]\nkeys: {? " + text + " : 1}\n"
		}
		if err := yaml.Unmarshal([]byte(document), &got); err != nil {
			t.Fatalf("%s: %v", document, err)
		}
		if got.Value != want || got.List[0] != want || got.Keys[want] != 1 {
			t.Errorf("%q became %+v", s, got)
		}
	})
}

func TestYAMLLayout(t *testing.T) {
	long := strings.Repeat("x", 60)
	tests := []struct {
		name  string
		value *model.Value
		want  string
	}{
		{"scalar", str("a"), "key: a"},
		{"empty list", list(), "key: []"},
		{"empty object", object(), "key: {}"},
		{"short list", strList("a", "b"), "key: [a, b]"},
		{"long list", strList(long, long), "key:\n  - " + long + "\n  - " + long},
		{"object", object(field("a", strList("b")), field("c", object(field("d", num("1"))))), "key:\n  a: [b]\n  c:\n    d: 1"},
		{"list of long objects", list(object(field("a", strList(long, long)), field("b", str("c")))),
			"key:\n  - a:\n      - " + long + "\n      - " + long + "\n    b: c"},
		{"list of long lists", list(strList(long, long), str("c")), "key:\n  - - " + long + "\n    - " + long + "\n  - c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := yamlOf(tt.value, newCFNWriter(nil).text)
			if got := "key:" + n.after(2, 4); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
