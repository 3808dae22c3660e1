package dispatch_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/jobgen/jobgen/jobs/dispatch"
)

// TestTakesNone tests structs and objects of all kinds.
func TestTakesNone(t *testing.T) {
	type inner struct{ In int }
	type pair[T any] struct{ Left, Right T }
	check(t, pair[int]{}, `{"right":0}`, false)
	check(t, pair[[]byte]{}, `{"right":""}`, false)
	check(t, pair[any]{}, `{"LEFT":null}`, false)
	check(t, pair[json.RawMessage]{}, `{"left":0}`, false)
	check(t, pair[json.Number]{}, `{"left":0}`, false)
	check(t, pair[time.Time]{}, `{"left":"0001-01-01T00:00:00Z"}`, false)
	check(t, pair[map[string]int]{}, `{"left":{}}`, false)
	check(t, pair[*inner]{}, `{"left":null}`, false)
	check(t, pair[bool]{}, `{"left":false}`, false)
	check(t, pair[[0]int]{}, `{"left":[]}`, false)
	check(t, pair[int]{}, `{"up":0}`, true)
	check(t, struct{ inner }{}, `{"in":0}`, false)
	check(t, struct{ inner }{}, `{"inner":{}}`, true)
	check(t, struct{}{}, `{"a":1}`, false)
	check(t, struct {
		F func() `json:"-"`
	}{}, `{"a":1}`, false)
	check(t, struct {
		A int `json:"a,string"`
	}{}, `{"a":"0"}`, false)
}

func check[E any](t *testing.T, _ E, payload string, want bool) {
	t.Helper()
	_, err := dispatch.DecodeFixed[E]([]byte(payload))
	if (err != nil) != want {
		t.Errorf("%T of %s: %v", *new(E), payload, err)
	}
}
