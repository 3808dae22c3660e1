package gotypes

import (
	"testing"
)

// TestGoCommandIsAskedOnlyWhereTagsDiffer: a package whose tags have one meaning
// needs no go command more.
func TestGoCommandIsAskedOnlyWhereTagsDiffer(t *testing.T) {
	for raw, want := range map[string]bool{
		"": false, `json:"-"`: false, `json:"-,"`: false, `json:"name,omitempty"`: false, `json:",string"`: false, `json:"a b,omitzero"`: false,
		`json:"a,inline"`: false, `json:",embed"`: true, `json:"a,case:strict"`: true, `json:"a,format:x"`: true, `json:"a\"b"`: true,
	} {
		asked := false
		rules := &JSONRules{modern: func() bool { asked = true; return false }}
		if rules.tag(raw); asked != want {
			t.Errorf("tag %s: the go command is asked: %t, want %t", raw, asked, want)
		}
	}
}
