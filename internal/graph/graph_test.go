package graph

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
)

// drawing is a graph as another program reads it.
type drawing struct {
	Nodes    []drawnNode    `json:"nodes"`
	Edges    []drawnEdge    `json:"edges"`
	Packages []drawnPackage `json:"packages"`
}

type drawnNode struct {
	ID   string   `json:"id"`
	Text []string `json:"text"`
}

type drawnEdge struct {
	From    string   `json:"from"`
	To      string   `json:"to"`
	Text    []string `json:"text"`
	Failure bool     `json:"failure"`
}

type drawnPackage struct {
	Path  string   `json:"path"`
	Nodes []string `json:"nodes"`
}

// drawn returns the graph as another program should read it.
func (g *Graph) drawn() *drawing {
	d := &drawing{}
	for _, n := range g.Sources {
		d.Nodes = append(d.Nodes, drawnNode{n.ID, n.Text})
	}
	for _, p := range g.Packages {
		in := drawnPackage{Path: p.Path}
		for _, n := range p.Nodes {
			d.Nodes = append(d.Nodes, drawnNode{n.ID, n.Text})
			in.Nodes = append(in.Nodes, n.ID)
		}
		d.Packages = append(d.Packages, in)
	}
	for _, e := range g.Edges {
		d.Edges = append(d.Edges, drawnEdge{e.From.ID, e.To.ID, e.Text, e.Failure})
	}
	return d
}

// sorted sorts the elements whose order a program doesn't keep, and normalises missing texts.
func (d *drawing) sorted() *drawing {
	slices.SortFunc(d.Nodes, func(a, b drawnNode) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(d.Edges, func(a, b drawnEdge) int { return strings.Compare(a.From+" "+a.To, b.From+" "+b.To) })
	slices.SortFunc(d.Packages, func(a, b drawnPackage) int { return strings.Compare(a.Path, b.Path) })
	for i, e := range d.Edges {
		if len(e.Text) == 1 && e.Text[0] == "" {
			d.Edges[i].Text = nil
		}
	}
	for _, p := range d.Packages {
		slices.Sort(p.Nodes)
	}
	return d
}

// hostile has texts that Mermaid, DOT or HTML interpret. None is too long for one line of
// a drawing.
var hostile = []string{
	`a "quoted" text`, `back\slash\n \N \G \`, "#35; #quot; &amp; &lt; <b>bold</b> <br/>", "[x] (y) {z} |p| ]]", "style a:b#c;",
	"`code` **bold** _it_", "%%{init: {}}%% --> end", "$$x$$ $${Name} ${Bus}", "größer 漢字 🙂", "end", "- item", "'single' ; comment",
}

// hostilePackages uses the hostile texts wherever a user's text is shown.
func hostilePackages() []*model.Package {
	arn := func(s string) model.Text { return model.Text{{Literal: "arn:aws:sqs:eu-west-1:123456789012:" + s}} }
	var packages []*model.Package
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		receiver := &model.Receiver{Type: "Job", Field: "Job"}
		receiver.Function = model.Function{Async: &model.Async{OnFailure: &model.Destination{ARN: arn("failed")}}}
		for _, text := range hostile {
			job := &model.Job{Receiver: receiver, Method: text, Function: receiver.Function}
			field := func(key string) model.ValueField {
				return model.ValueField{Key: key, Value: model.ListValue(model.StringValue(text), model.ObjectValue(model.ValueField{Key: "prefix", Value: model.StringValue(text)}))}
			}
			job.Rules = []*model.Rule{
				{ID: text, Job: job, Pattern: model.ObjectValue(field("source"), field("detail-type")), EventBus: model.Literal(text), DLQ: &model.DLQ{ARN: arn(text)}},
				{ID: text + "2", Job: job, Schedule: model.Literal("cron(" + text + ")"), State: model.Literal(model.Disabled), DLQ: &model.DLQ{Create: true}},
				{ID: text + "3", Job: job, Schedule: model.Literal("rate(1 hour)"), Queue: &model.Queue{}},
				{ID: text + "4", Job: job, Schedule: model.Literal("rate(1 hour)"), Queue: &model.Queue{ARN: arn(text + "4")}},
			}
			receiver.Jobs = append(receiver.Jobs, job)
		}
		packages = append(packages, &model.Package{Path: "example.com/" + string(layout), Name: "app", Handler: hostile[0], Layout: layout, Receivers: []*model.Receiver{receiver}})
	}
	return packages
}

// tool returns a program's path. In CI, every program must be there.
func tool(t *testing.T, name, remedy string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("with -short, " + name + " is not asked to read a graph")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, name, remedy)
	}
	return path
}

func missing(t *testing.T, name, remedy string) {
	t.Helper()
	text := name + " is missing: " + remedy
	if os.Getenv("CI") == "true" {
		t.Fatal(text)
	}
	t.Skip(text)
}

// feed runs a program with a graph as standard input.
func feed(t *testing.T, graph, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stdin, cmd.Stderr = strings.NewReader(graph), &strings.Builder{}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s\n%s", cmd.Args, err, cmd.Stderr, graph)
	}
	return out
}

// inputs returns packages with all their rules.
func inputs(packages ...*model.Package) []Input {
	var all []Input
	for _, p := range packages {
		all = append(all, Input{Package: p, Rules: p.Rules(), Values: p.Defaults()})
	}
	return all
}

// TestMermaid checks that Mermaid's parser reads the same graph, with the same texts.
func TestMermaid(t *testing.T) {
	node := tool(t, "node", "install Node.js")
	if exec.Command(node, "-e", `require.resolve("mermaid"); require.resolve("jsdom")`).Run() != nil {
		missing(t, "mermaid or jsdom", "npm install mermaid jsdom, and NODE_PATH=node_modules")
	}
	g := New(inputs(hostilePackages()...))
	var got drawing
	if err := json.Unmarshal(feed(t, g.Mermaid(), node, "testdata/mermaid.mjs"), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(g.drawn().sorted(), got.sorted()); diff != "" {
		t.Errorf("Mermaid reads another graph (-want +got):\n%s", diff)
	}
}

// group is an element of the SVG file that Graphviz draws.
type group struct {
	Class  string   `xml:"class,attr"`
	Title  string   `xml:"title"`
	Text   []string `xml:"text"`
	Paths  []dashes `xml:"path"`
	Groups []group  `xml:"g"`
}

type dashes struct {
	Array string `xml:"stroke-dasharray,attr"`
}

// TestDOT checks that Graphviz draws the same graph, with the same texts.
func TestDOT(t *testing.T) {
	dot := tool(t, "dot", "install Graphviz")
	g := New(inputs(hostilePackages()...))
	var svg struct {
		Graph group `xml:"g"`
	}
	if err := xml.Unmarshal(feed(t, g.DOT(), dot, "-Tsvg"), &svg); err != nil {
		t.Fatal(err)
	}
	got, want := &drawing{}, g.drawn()
	for _, e := range svg.Graph.Groups {
		for i, line := range e.Text {
			e.Text[i] = strings.ReplaceAll(line, "\u00a0", " ")
		}
		switch e.Class {
		case "node":
			got.Nodes = append(got.Nodes, drawnNode{e.Title, e.Text})
		case "edge":
			from, to, _ := strings.Cut(e.Title, "->")
			got.Edges = append(got.Edges, drawnEdge{from, to, e.Text, e.Paths[0].Array != ""})
		case "cluster":
			got.Packages = append(got.Packages, drawnPackage{Path: e.Text[0]})
		}
	}
	for i := range want.Packages {
		want.Packages[i].Nodes = nil // an SVG file has no list of a cluster's nodes
	}
	if diff := cmp.Diff(want.sorted(), got.sorted()); diff != "" {
		t.Errorf("Graphviz draws another graph (-want +got):\n%s", diff)
	}
}

// TestASharedQueue checks that the edge from a queue to a function is drawn once for each
// method, even if several rules send to the queue.
func TestASharedQueue(t *testing.T) {
	for layout, want := range map[model.Layout]string{model.PerMethod: "r1>q1 q1>f1 r2>q1", model.PerPackage: "r1>q1 q1>f1 r2>q1 r3>q1 q1>f1"} {
		receiver := &model.Receiver{Type: "Job", Field: "Job"}
		job, other := &model.Job{Receiver: receiver, Method: "Run"}, &model.Job{Receiver: receiver, Method: "Walk"}
		receiver.Jobs = []*model.Job{job}
		queue := &model.Queue{ARN: model.Literal("arn:aws:sqs:eu-west-1:123456789012:shared")}
		job.Rules = []*model.Rule{{ID: "A", Job: job, Schedule: model.Literal("rate(1 hour)"), Queue: queue}, {ID: "B", Job: job, Schedule: model.Literal("rate(1 hour)"), Queue: queue}}
		if layout == model.PerPackage {
			receiver.Jobs = append(receiver.Jobs, other)
			other.Rules = []*model.Rule{{ID: "C", Job: other, Schedule: model.Literal("rate(1 hour)"), Queue: queue}}
		}
		var edges []string
		for _, e := range New(inputs(&model.Package{Path: "example.com/app", Name: "app", Layout: layout, Receivers: []*model.Receiver{receiver}})).Edges {
			if e.From.Kind != Schedule {
				edges = append(edges, e.From.ID+">"+e.To.ID)
			}
		}
		if got := strings.Join(edges, " "); got != want {
			t.Errorf("%s: %s, want %s", layout, got, want)
		}
	}
}

// TestAlternatives checks which texts are shown for a field of a pattern.
func TestAlternatives(t *testing.T) {
	source := func(values ...*model.Value) *model.Value {
		return model.ObjectValue(model.ValueField{Key: "source", Value: model.ListValue(values...)})
	}
	or := func(branches ...*model.Value) *model.Value {
		return model.ObjectValue(model.ValueField{Key: "$or", Value: model.ListValue(branches...)})
	}
	a, b := source(model.StringValue("a")), source(model.StringValue("b"), model.StringValue("c"))
	for _, test := range []struct {
		pattern *model.Value
		want    []string
	}{
		{a, []string{"a"}}, {or(a, b), []string{"a", "b", "c"}}, {or(a, or(b)), []string{"a", "b", "c"}},
		{or(a, model.ObjectValue()), nil}, {model.ObjectValue(), nil},
	} {
		if got := alternatives(test.pattern, "source"); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.pattern.JSON(model.Text.String), got, test.want)
		}
	}
}
