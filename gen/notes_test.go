package gen

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

// rulesOn makes a package of n rules on a bus.
func rulesOn(bus model.Text, n int, pattern func(int) *model.Value) *model.Package {
	r := &model.Receiver{Type: "Many"}
	for i := range n {
		r.Jobs = append(r.Jobs, job(fmt.Sprintf("Job%d", i), model.Function{}, &model.Rule{
			ID: fmt.Sprintf("ManyJob%d", i), EventBus: bus, Pattern: pattern(i), Pos: model.Pos{File: "many.go", Line: i + 1, Column: 3},
		}))
	}
	return newPackage("many", model.PerMethod, r)
}

// inStages gives each second rule a condition, and the others the opposite condition.
func inStages(p *model.Package) *model.Package {
	for i, r := range p.Rules() {
		r.When = model.When{{Param: "Environ", Not: i%2 == 0, Values: []string{"prod"}}}
	}
	return p
}

func TestNotes(t *testing.T) {
	plain := func(int) *model.Value { return object(field("source", strList("a"))) }
	wildcard := func(i int) *model.Value {
		v := object(field("wildcard", str("*.png")))
		if i%2 == 0 {
			v = object(field("anything-but", v))
		}
		return object(field("detail", object(field("key", list(str("b"), v)))))
	}
	tests := []struct {
		name    string
		p       *model.Package
		want    []string // parts of the notes
		firstAt int      // line of the first
	}{
		{"reference", referencePackage(model.PerPackage), nil, 0},
		{"as many rules as go", rulesOn(nil, 300, plain), nil, 0},
		{"more", rulesOn(nil, 302, plain), []string{"the default bus has 302 rules, more than its quota of 300 (100 in some regions)"}, 301},
		{"as many as go in each stage", inStages(rulesOn(nil, 600, plain)), nil, 0},
		{"more in each stage", inStages(rulesOn(nil, 602, plain)), []string{"the default bus has 301 rules, more than its quota of 300 (100 in some regions)"}, 601},
		{"as many wildcards as go", rulesOn(nil, 30, wildcard), nil, 0},
		{"more wildcards", rulesOn(param("$Bus"), 31, wildcard), []string{"the bus ${Bus} has 31 rules with wildcards, and AWS allows 30"}, 31},
		{"wildcard is a field's name", rulesOn(nil, 31, func(int) *model.Value { return object(field("wildcard", strList("a"))) }), nil, 0},
		{"crowded", crowdedPackage(model.PerPackage), []string{
			"15 rules share one permission to call the function of package crowd, for all rules of the default bus whose names have the prefix",
			"of the bus orders ", "of the bus arn:aws:events:us-east-1:${Account}:event-bus/audit ", "14 rules share",
		}, 0},
		{"functions that exist", existingPackage(model.PerMethod), []string{
			"the function arn:aws:lambda:<Home>:123456789012:function:ship of Orders.Ship is not in the rule files; it must have ",
			`a role with the statement {"Effect":"Allow","Action":["sqs:DeleteMessage","sqs:GetQueueAttributes","sqs:ReceiveMessage"],"Resource":["<BillQueuedEventsQueueArn>","<Ledger>"]}`,
		}, 0},
		{"one function that exists", existingPackage(model.PerPackage), []string{"the handler warehouse, or another name without a dot; the environment variable Source "}, 0},
		{"crowded, but a function each", crowdedPackage(model.PerMethod), nil, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			notes, err := Notes(tt.p)
			if err != nil {
				t.Fatal(err)
			}
			if len(notes) != len(tt.want) {
				t.Fatalf("got %d notes: %v", len(notes), notes)
			}
			for i, want := range tt.want {
				if !strings.Contains(notes[i].Message, want) {
					t.Errorf("note %d is %q, want %q", i, notes[i].Message, want)
				}
			}
			if tt.firstAt != 0 && notes[0].Pos.Line != tt.firstAt {
				t.Errorf("it stands at %s", notes[0].Pos)
			}
		})
	}
}
