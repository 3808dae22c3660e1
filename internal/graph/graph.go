// Package graph makes a graph of packages. It has the sources of events and the schedules,
// the rules that they fire, the functions that the rules call, and the destinations of events
// that could not be delivered or handled. The methods Mermaid and DOT return it as text.
package graph

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// Graph has the nodes and edges in source order.
type Graph struct {
	// Sources are the sources and schedules. They are outside of the packages, because
	// several packages can have the same ones.
	Sources  []*Node
	Packages []*Package
	Edges    []Edge
}

// Package has the nodes of a package.
type Package struct {
	Path  string
	Nodes []*Node
}

// Node is a node of a graph.
type Node struct {
	Kind Kind
	ID   string   // unique in the graph: a letter and a number
	Text []string // lines
}

// Kind is the kind of a node.
type Kind byte

// The kinds of nodes. The ids of nodes begin with these letters.
const (
	Source   Kind = 's' // events of a source on a bus
	Schedule Kind = 't' // a schedule expression, with its time zone if it has one
	Rule     Kind = 'r'
	Function Kind = 'f'
	Failure  Kind = 'd' // the destination of undelivered or failed events
	Queue    Kind = 'q' // a queue between a rule and a function
)

// Edge leads from a node to another one.
type Edge struct {
	From, To *Node
	Text     []string // lines; may be empty
	Failure  bool     // the edge is only for events after a failure
}

// Input is a package, with the rules of it that the graph shows and the values of its
// parameters that are known.
type Input struct {
	*model.Package
	Rules  []*model.Rule
	Values map[string]string
}

// New returns the graph of packages.
func New(packages []Input) *Graph {
	b := &builder{Graph: &Graph{}, nodes: map[string]*Node{}, count: map[Kind]int{}}
	for _, p := range packages {
		b.pkg = &Package{Path: p.Path}
		b.Packages = append(b.Packages, b.pkg)
		for _, r := range p.Rules {
			b.rule(p, r)
		}
	}
	return b.Graph
}

type builder struct {
	*Graph
	pkg   *Package
	nodes map[string]*Node // the key is a node's kind and key
	count map[Kind]int
}

// node returns the node of a kind with a key. It adds the node if there is none.
func (b *builder) node(kind Kind, key string, text ...string) *Node {
	key = string(kind) + key
	if n, ok := b.nodes[key]; ok {
		return n
	}
	b.count[kind]++
	n := &Node{Kind: kind, ID: string(kind) + strconv.Itoa(b.count[kind]), Text: text}
	b.nodes[key] = n
	if kind == Source || kind == Schedule {
		b.Sources = append(b.Sources, n)
	} else {
		b.pkg.Nodes = append(b.pkg.Nodes, n)
	}
	return n
}

func (b *builder) edge(e Edge) { b.Edges = append(b.Edges, e) }

// rule adds a rule with everything before and after it.
func (b *builder) rule(p Input, r *model.Rule) {
	text := []string{r.ID}
	if model.PlainText(r.State.With(p.Values)) == model.Disabled {
		text = append(text, "disabled")
	}
	if when := r.Condition(); when != nil {
		text = append(text, "exists if "+when.String())
	}
	rule := b.node(Rule, p.Path+" "+r.ID, text...)
	b.sources(p, r, rule)
	function := b.function(p.Package, r, b.queue(p.Package, r, rule))
	if r.DLQ != nil {
		b.failure(rule, "undelivered", r.DLQ.Create, r.DLQ.ARN)
	}
	async := p.FunctionOf(r.Job).Async
	if async != nil && async.OnFailure != nil && !b.hasFailure(function) {
		b.failure(function, "failed", async.OnFailure.Create, async.OnFailure.ARN)
	}
}

// sources adds what fires a rule.
func (b *builder) sources(p Input, r *model.Rule, rule *Node) {
	if r.Schedule != nil {
		text := []string{r.Schedule.With(p.Values).String()}
		if r.Scheduler != nil {
			text = append(text, cmp.Or(r.Scheduler.Timezone.With(p.Values).String(), "UTC"))
		}
		b.edge(Edge{From: b.node(Schedule, strings.Join(text, " "), text...), To: rule})
		return
	}
	pattern := r.Pattern.With(p.Values)
	sources := alternatives(pattern, "source")
	if sources == nil {
		sources = []string{"any source"}
	}
	bus := r.EventBus.With(p.Values).String()
	for _, source := range sources {
		text := []string{source}
		if bus != "" && bus != "default" {
			text = append(text, "on "+bus)
		}
		b.edge(Edge{From: b.node(Source, bus+" "+source, text...), To: rule, Text: alternatives(pattern, "detail-type")})
	}
}

// function adds the function that a rule calls, or that gets the events of the rule's queue.
// In the package layout, the text of the edge is the method. Rules that share a queue and a
// method share the edge.
func (b *builder) function(p *model.Package, r *model.Rule, rule *Node) *Node {
	e := Edge{From: rule}
	if p.Layout == model.PerPackage {
		e.To = b.node(Function, p.Path, p.HandlerName())
		e.Text = []string{r.Job.Handler()}
	} else {
		e.To = b.node(Function, p.Path+" "+r.Job.Handler(), r.Job.Handler())
	}
	if !slices.ContainsFunc(b.Edges, func(o Edge) bool { return o.From == e.From && o.To == e.To && slices.Equal(o.Text, e.Text) }) {
		b.edge(e)
	}
	return e.To
}

// failure adds the destination of events that a rule could not deliver or a function failed
// on. A queue that the stack makes belongs to only one rule or function.
func (b *builder) failure(from *Node, why string, create bool, arn model.Text) {
	key, text := b.pkg.Path+" "+arn.String(), arn.String()
	if create {
		key, text = from.ID, "queue for "+from.Text[0]
	}
	b.edge(Edge{From: from, To: b.node(Failure, key, text), Text: []string{why}, Failure: true})
}

// hasFailure reports whether a destination was added for a node's failed events.
func (b *builder) hasFailure(n *Node) bool {
	return slices.ContainsFunc(b.Edges, func(e Edge) bool { return e.From == n && e.Failure })
}

// alternatives returns the values that a pattern allows for a field of the envelope. Operators
// are JSON. It returns nil if the pattern doesn't restrict the field.
func alternatives(pattern *model.Value, field string) []string {
	var all []string
	if list := pattern.Field(field); list != nil {
		for _, v := range list.List {
			text := v.JSON(model.Text.String)
			if v.Kind == model.String {
				text = v.Text.String()
			}
			all = append(all, text)
		}
		return all
	}
	or := cmp.Or(pattern.Field("$or"), model.ListValue())
	for _, branch := range or.List {
		some := alternatives(branch, field)
		if some == nil {
			return nil
		}
		all = append(all, some...)
	}
	return all
}
