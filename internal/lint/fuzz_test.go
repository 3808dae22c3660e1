package lint

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/diag"
)

// FuzzCheckPattern checks that the checks panic on no pattern, valid or not, and that a
// second run has the same findings: no check changes its input.
func FuzzCheckPattern(f *testing.F) {
	for _, seed := range []string{
		`{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":[{"anything-but":{"prefix":["a",1]}}]}}`,
		`{"$or":[{"source":["aws.s3"]},{"detail-type":["AWS API Call via CloudTrail"],"detail":{"event_name":[{"prefix":"Get"},1,null]}}]}`,
		`{"detail.eventSource":["ec2"],"detail-type":"AWS API Call via CloudTrail","detail":["a"]}`,
		`{"source":[],"detail-type":[{"exists":true}],"detail":{"a":{"$or":[{"b":[1]},"c"]},"..":["x"],"":{}}}`,
		`{"source":["${A}","aws."],"detail":{"x":[{"wildcard":"*"},{"cidr":"a"},{"numeric":["<"]},{"a":1,"b":2},{}]}}`,
		`{"$or":[{"source":["aws.ec2"]}],"detail":{"$Or":[{"a":["b"]},{"c":["d"]}],"$or":{"a":[1]}}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := ruleOfJSON(text)
		if r == nil {
			return
		}
		find := func() []diag.Diagnostic {
			var found diag.List
			checkRule(r, &found)
			return found.Sorted()
		}
		before := r.Respellings(&Facts{})
		first := find()
		if diff := cmp.Diff(first, find()); diff != "" {
			t.Errorf("a second run has other findings:\n%s", diff)
		}
		if diff := cmp.Diff(before, r.Respellings(&Facts{})); diff != "" {
			t.Errorf("the checks changed the pattern's spelling:\n%s", diff)
		}
	})
}
