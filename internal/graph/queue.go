package graph

import (
	"cmp"
	"strconv"

	"github.com/jobgen/jobgen/internal/model"
)

// queue adds the queue between a rule and its function and returns it. It returns the node of
// the rule if there is no queue. Several rules may have the same queue.
func (b *builder) queue(p *model.Package, r *model.Rule, rule *Node) *Node {
	q := r.Queue
	if q == nil {
		return rule
	}
	if !q.Made() {
		n := b.node(Queue, p.Path+" "+q.ARN.String(), q.ARN.String())
		b.edge(Edge{From: rule, To: n})
		return n
	}
	n := b.node(Queue, p.Path+" "+r.ID, "queue of "+r.ID)
	b.edge(Edge{From: rule, To: n})
	failed := "failed"
	if receives := cmp.Or(q.Receives, model.DefaultReceives); receives > 1 {
		failed = "failed " + strconv.Itoa(receives) + " times"
	}
	b.edge(Edge{From: n, To: b.node(Failure, n.ID, "dead-letter queue of "+r.ID), Text: []string{failed}, Failure: true})
	return n
}
