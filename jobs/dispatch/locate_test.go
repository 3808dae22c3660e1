package dispatch_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// TestTheFaultyOneOfManyIsFoundAtOnce checks that locate finds a fault in a long list or
// object at any position, without decoding each value by itself, which would take ten times
// as long as decoding all of them together.
func TestTheFaultyOneOfManyIsFoundAtOnce(t *testing.T) {
	const n = 2000
	for _, at := range []int{0, 1, n / 3, n - 2, n - 1} {
		list, object := make([]string, n), make([]string, n)
		for i := range n {
			value := `{"a":1}`
			if i == at {
				value = `{"a":"x"}`
			}
			list[i], object[i] = value, fmt.Sprintf(`"k%d":%s`, i, value)
		}
		type item struct {
			A int `json:"a"`
		}
		quick(t, fmt.Sprintf("[%d].a", at), n, func() error {
			_, err := dispatch.Decode[[]item]([]byte("[ " + strings.Join(list, " ,\n") + " ]"))
			return err
		})
		quick(t, fmt.Sprintf("k%d.a", at), 8*n, func() error { // a map has its keys to allocate
			_, err := dispatch.Decode[map[string]*item]([]byte("{" + strings.Join(object, ", ") + "}"))
			return err
		})
	}
}

// quick checks the path in the error of a failed decoding, and the number of allocations.
func quick(t *testing.T, path string, most int, decode func() error) {
	t.Helper()
	wrong, ok := errors.AsType[*jobs.DecodeError](decode())
	if !ok || wrong.Field != path {
		t.Errorf("the error is %v, want one of %s", wrong, path)
	}
	if got := testing.AllocsPerRun(1, func() { _ = decode() }); got > float64(most) {
		t.Errorf("%s: %.0f allocations, want at most %d", path, got, most)
	}
}
