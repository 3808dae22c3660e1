package gen

import (
	"math/rand/v2"
	"slices"

	"github.com/jobgen/jobgen/internal/model"
)

// conditionValues are the values of the parameters of conditions. Nothing else refers to these
// parameters.
var conditionValues = map[string][]string{"Environ": {"dev", "staging", "prod"}, "Place": {"eu-west-1", ""}}

// withConditions gives some functions and rules of a package conditions, the same for the same
// seed.
func withConditions(p *model.Package, seed uint64) *model.Package {
	g := rand.New(rand.NewPCG(seed, 2))
	term := func(param string) model.Term {
		t := model.Term{Param: param, Not: g.IntN(3) == 0}
		for _, v := range conditionValues[param] {
			if g.IntN(2) == 0 {
				t.Values = append(t.Values, v)
			}
		}
		if t.Values == nil {
			t.Values = conditionValues[param][:1]
		}
		return t
	}
	when := func() model.When {
		switch g.IntN(5) {
		case 0:
			return model.When{term("Environ")}
		case 1:
			return model.When{term("Place")}
		case 2:
			return model.When{term("Place"), term("Environ")}
		}
		return nil
	}
	for _, j := range p.Jobs() {
		j.Function.When = when()
		for _, r := range j.Rules {
			r.When = when()
			if slices.ContainsFunc(r.Condition(), func(t model.Term) bool { return t.Never(conditionValues[t.Param]) }) {
				r.When = nil
			}
		}
	}
	sameQueues(p)
	return p
}

// sameQueues gives the rules that share a queue the settings of the first one, as package parse
// demands: a function has one mapping for a queue.
func sameQueues(p *model.Package) {
	first := map[string]*model.Queue{}
	for _, r := range p.Rules() {
		if r.Queue == nil || r.Queue.Made() {
			continue
		}
		arn := r.Queue.ARN.String()
		if q, ok := first[arn]; ok {
			same := *q
			same.Group = r.Queue.Group
			r.Queue = &same
			continue
		}
		first[arn] = r.Queue
	}
}
