package schema

import (
	"slices"
	"strings"
	"testing"
)

const sampleText = `aws.ec2 cloudtrail
	EC2 Instance State-change Notification
		instance-id string
		state string = pending running
aws.tag
	Tag Change on Resource
		"Availability Zone" string
		anything any
		changed []object
			key string
			...
		counts []integer
		flags {boolean}
		mixed object|string
			inner string
		nothing object?
		reason string = "Delete Marker Created" Other
		result []string? ~ bad good
		score !decimal
		size number
		sure ![]!string
		tags {[]string}
	Unknown Fields
`

func TestTextRoundTrip(t *testing.T) {
	sources, err := Parse(sampleText)
	if err != nil {
		t.Fatal(err)
	}
	if got := Format(sources); got != sampleText {
		t.Errorf("the text changes by reading and writing:\n%s", got)
	}
}

func TestParse(t *testing.T) {
	sources, err := Parse("# a comment\n\n" + sampleText)
	if err != nil {
		t.Fatal(err)
	}
	if !sources[0].CloudTrail || sources[1].CloudTrail {
		t.Error("aws.ec2 alone is marked as CloudTrail's")
	}
	detail := sources[1].Event("Tag Change on Resource").Detail
	if got := detail.Names(); !slices.IsSorted(got) || len(got) != 13 {
		t.Errorf("fields %q", got)
	}
	changed := detail.Field("changed")
	if changed.Kind != Array || changed.Elem.Kind != Object || !changed.Elem.Open || changed.Elem.Field("key").Kind != String {
		t.Errorf("changed = %+v", changed)
	}
	if got := detail.Field("reason").Values; !slices.Equal(got, []string{"Delete Marker Created", "Other"}) {
		t.Errorf("reason's values = %q", got)
	}
	if detail.Open || !sources[1].Event("Unknown Fields").Detail.Open {
		t.Error("an event without fields is open, one with fields is not")
	}
	if sources[1].Event("Nothing") != nil || detail.Field("unknown") != nil {
		t.Error("what isn't there is nil")
	}
}

func TestParseMarks(t *testing.T) {
	sources, err := Parse(sampleText)
	if err != nil {
		t.Fatal(err)
	}
	detail := sources[1].Event("Tag Change on Resource").Detail
	if result := detail.Field("result"); !result.Null || !result.Elem.Likely || detail.Field("reason").Likely {
		t.Errorf("result = %+v", result)
	}
	if mixed := detail.Field("mixed"); mixed.Open || mixed.Field("inner") == nil || !detail.Field("nothing").Open {
		t.Errorf("mixed = %+v", mixed)
	}
	if score := detail.Field("score"); score.Kind != Number || !score.Fractions || !score.Sure || Type(score) != "number" || detail.Field("size").Sure {
		t.Errorf("score = %+v", score)
	}
	if sure := detail.Field("sure"); !sure.Sure || !sure.Elem.Sure || Type(sure) != "[]string" {
		t.Errorf("sure = %+v", sure)
	}
	if tags := detail.Field("tags"); tags.Kind != Object || !tags.Open || tags.Elem.Kind != Array {
		t.Errorf("tags = %+v", tags)
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a word after the source", "aws.ec2 trail\n", `["trail"] follows the source aws.ec2; only the word cloudtrail may`},
		{"no type", "aws.a\n\tE\n\t\tstate\n", `the field "state" has no type`},
		{"unknown type", "aws.a\n\tE\n\t\tstate text\n", `field "state": unknown type "text"; known are any`},
		{"unknown element", "aws.a\n\tE\n\t\tstate []text\n", `unknown type "text"`},
		{"twice", "aws.a\n\tE\n\t\ts string\n\t\ts string\n", `the field "s" is there twice`},
		{"values without =", "aws.a\n\tE\n\t\ts string a b\n", `["a" "b"] follows the type`},
		{"no values", "aws.a\n\tE\n\t\ts string =\n", `only = or ~ and values may`},
		{"values of numbers", "aws.a\n\tE\n\t\ts number = 1\n", `for strings, not for number`},
		{"fields under a string", "aws.a\n\tE\n\t\ts string\n\t\t\tt string\n", `has fields under it, but is string`},
		{"open quote", "aws.a\n\tE\n\t\t\"s string\n", `a quote in "\"s string" is not closed`},
		{"line", "# c\naws.a\naws.b\n\tE\n\t\tx\n", `line 3: aws.b "E": the field "x"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v; want %s", err, tt.want)
			}
		})
	}
}

func TestKind(t *testing.T) {
	tests := []struct {
		kind, other Kind
		want        bool
	}{
		{String, String, true}, {String, Number, false}, {Number, Any, true},
		{Any, Boolean, true}, {Object | String, Array, false}, {Object | String, String | Array, true}, {0, Any, false},
	}
	for _, tt := range tests {
		if got := tt.kind.Has(tt.other); got != tt.want {
			t.Errorf("(%s).Has(%s) = %v", tt.kind, tt.other, got)
		}
	}
	if got := (String | Object).String(); got != "an object or text" {
		t.Errorf("String() = %q", got)
	}
}

func TestAddReplaces(t *testing.T) {
	object := &Field{Kind: Object}
	object.Add(&Field{Name: "b", Kind: String})
	object.Add(&Field{Name: "a", Kind: String})
	object.Add(&Field{Name: "b", Kind: Number})
	if got := FormatFields(object, 0); got != "a string\nb number\n" {
		t.Errorf("fields:\n%s", got)
	}
}

// FuzzParse checks that no text breaks the parser, and that what it accepts is
// written in a form that reads back as the same.
func FuzzParse(f *testing.F) {
	f.Add(sampleText)
	f.Add("aws.a\n\tE\n\t\t\"\" string = \"\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		sources, err := Parse(text)
		if err != nil {
			return
		}
		once := Format(sources)
		again, err := Parse(once)
		if err != nil {
			t.Fatalf("what was written can't be read: %v\n%s", err, once)
		}
		if twice := Format(again); twice != once {
			t.Fatalf("writing isn't stable:\n%s\n%s", once, twice)
		}
	})
}
