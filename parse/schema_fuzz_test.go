package parse

import (
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/gosource"
	"github.com/jobgen/jobgen/internal/load"
	"github.com/jobgen/jobgen/internal/model"
)

// FuzzCheckEvents checks that no pattern makes the checks against AWS's events
// panic, and that a second run says the same: snake_case keys that were
// rewritten stay.
func FuzzCheckEvents(f *testing.F) {
	for _, seed := range []string{
		`{source: [aws.ec2], detail-type: [EC2 Instance State-change Notification], detail: {state: [{anything-but: {prefix: [a, 1]}}]}}`,
		`{$or: [{source: [aws.s3]}, {detail-type: [AWS API Call via CloudTrail], detail: {event_name: [{prefix: Get}, 1, null]}}]}`,
		`{"detail.eventSource": [ec2], detail-type: AWS API Call via CloudTrail, detail: [a]}`,
		`{source: [], detail-type: [{exists: true}], detail: {a: {$or: [{b: [1]}, c]}, "..": [x], "": {}}}`,
		`{source: ['${A}', aws.], detail: {x: [{wildcard: '*'}, {cidr: a}, {numeric: ['<']}, {a: 1, b: 2}, {}]}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, args string) {
		n, problems := directive.Parse(args, directive.WantMap)
		if len(problems) > 0 || n == nil || n.Kind != directive.Map {
			return
		}
		p := newPackageParser(Config{}, &load.Package{Package: &packages.Package{}}, load.New(t.Context(), ""))
		r := &rule{out: &model.Rule{}, tree: p.treeOf(gosource.Line{}, n)}
		p.checkEnvelope(r.tree)
		p.checkEvents(r, nil)
		before := r.tree.value().JSON(model.Text.String)
		p.checkEvents(r, nil)
		if after := r.tree.value().JSON(model.Text.String); after != before {
			t.Errorf("the checks make of %s first %s, then %s", args, before, after)
		}
	})
}
