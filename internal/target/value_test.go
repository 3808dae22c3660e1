package target

import (
	"fmt"
	"strings"
	"testing"
)

func TestValue(t *testing.T) {
	for name, tt := range map[string]struct {
		in   Input
		want string
	}{
		"constant":     {Input{Constant: `{"a": [1, "x"], "b": null}`}, `0{"a"@1:6[7 1,10 "x"],"b"@16:21 null}`},
		"template":     {Input{Template: `{"a": <v>, "b": "<v>", "c": {"d": [<w>, <v>]}}`}, `0{"a"@1:6 <v>,"b"@11:16 "xxx","c"@23:28{"d"@29:34[35 <w>,40 <v>]}}`},
		"variable":     {Input{Template: ` <v>`}, `1 <v>`},
		"no value":     {Input{Path: "$.a"}, `-`},
		"invalid JSON": {Input{Template: `{"a": <v>`}, `-`},
	} {
		if got := describeValue(tt.in.Value()); got != tt.want {
			t.Errorf("%s: got  %s\nwant %s", name, got, tt.want)
		}
	}
}

func describeValue(v *Value) string {
	var parts []string
	switch {
	case v == nil:
		return "-"
	case v.Variable != "":
		return fmt.Sprintf("%d <%s>", v.Offset, v.Variable)
	case v.JSON[0] == '{':
		for _, m := range v.Members {
			parts = append(parts, fmt.Sprintf("%q@%d:%s", m.Key, m.Offset, describeValue(m.Value)))
		}
		return fmt.Sprintf("%d{%s}", v.Offset, strings.Join(parts, ","))
	case v.JSON[0] == '[':
		for _, e := range v.Elements {
			parts = append(parts, describeValue(e))
		}
		return fmt.Sprintf("%d[%s]", v.Offset, strings.Join(parts, ","))
	}
	return fmt.Sprintf("%d %s", v.Offset, v.JSON)
}
