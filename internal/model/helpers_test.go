package model

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/target"
	"github.com/jobgen/jobgen/pattern"
)

var targetContext = target.Context{RuleName: "Sweep", IngestionTime: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil {
		return false
	}
	return cmp.Equal(x, y)
}

func matches(t *testing.T, v *Value, event string) bool {
	t.Helper()
	p, err := pattern.Parse([]byte(v.JSON(Text.String)))
	if err != nil {
		t.Fatal(err)
	}
	matched, err := p.Match([]byte(event))
	if err != nil {
		t.Fatal(err)
	}
	return matched
}
