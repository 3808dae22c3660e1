package lint

import (
	"slices"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
)

// checkThrottled reports functions whose queues may together have more batches at a time than
// the function can handle (Lambda developer guide, page services-sqs-scaling). A queue without
// a concurrency has no limit of this kind, and is not counted.
func checkThrottled(p *Package, _ *Facts, report diag.Reporter) {
	for _, rules := range p.limitedQueues() {
		reserved := p.FunctionOf(rules[0].Job).ReservedConcurrency
		if reserved == nil || *reserved == 0 { // with 0, the function is stopped on purpose
			continue
		}
		total := 0
		var beyond *Rule // the first rule whose concurrency makes the total too large
		for together := range model.Coexisting(p.Package, rules, func(r *Rule) model.When { return r.Condition() }) {
			if sum, first := concurrency(together, *reserved); sum > total {
				total, beyond = sum, first
			}
		}
		if beyond != nil {
			report.Add(diag.New(diag.QueueThrottled, beyond.Properties["queue.concurrency"].Value,
				"the function gets up to %d batches at a time and can handle %d; Lambda can't start the others, and counts their events as tried: write `reserved_concurrency: %[1]d` or more, or a lower concurrency", total, *reserved).
				Relate(p.reservedAt(beyond), "reserved_concurrency is set here"))
		}
	}
}

// concurrency returns the batches that the queues of rules may have at a time, and the first rule
// with which they are more than a limit; nil if they aren't.
func concurrency(rules []*Rule, limit int) (total int, beyond *Rule) {
	for _, r := range rules {
		if total += r.Queue.Concurrency; beyond == nil && total > limit {
			beyond = r
		}
	}
	return total, beyond
}

// limitedQueues returns the rules with a queue that has a concurrency, by their functions. A
// function has one mapping for a queue that several of its rules name, so only the first of
// these rules is in the list.
func (p *Package) limitedQueues() [][]*Rule {
	var functions [][]*Rule
	for _, r := range p.rules() {
		if r.Queue == nil || r.Queue.Concurrency == 0 {
			continue
		}
		i := slices.IndexFunc(functions, func(rules []*Rule) bool { return p.Layout == model.PerPackage || rules[0].Job == r.Job })
		if i < 0 {
			functions = append(functions, []*Rule{r})
		} else if !slices.ContainsFunc(functions[i], func(other *Rule) bool { return !r.Queue.Made() && other.Queue.ARN.String() == r.Queue.ARN.String() }) {
			functions[i] = append(functions[i], r)
		}
	}
	return functions
}

// reservedAt returns the position of the reserved_concurrency of a rule's function.
func (p *Package) reservedAt(r *Rule) (at model.Pos) {
	for _, f := range p.Functions {
		property, isSet := f.Properties["reserved_concurrency"]
		if isSet && (f.Job == r.Job || !at.IsValid()) && slices.Contains(f.rules(p), r) {
			at = property.Value
		}
	}
	return at
}
