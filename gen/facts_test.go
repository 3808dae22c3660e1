package gen_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/model"
)

// facts is the content of a rule file in a form that doesn't depend on the format. The
// tests read it from every format and compute it from the model, without code of package
// gen. In strings, ⟦Name⟧ is a parameter, and ‹…› is the ARN of a resource of the file.
type facts struct {
	Parameters []string // with the mark of hidden, if the file hides the value
	Declared   map[string]parameterFacts
	Functions  map[string]functionFacts // by handler; none that exists
	Rules      map[string]ruleFacts     // by the target's id
	Queues     map[string]queueFacts    // by purpose
	Schedules  map[string]scheduleFacts // by id
}

// parameterFacts are the default of a parameter, after a ">", and its allowed values.
type parameterFacts struct {
	Default string
	Allowed []string
	List    bool
}

type functionFacts struct {
	Description, Runtime, Architecture, Tracing string
	Memory, Timeout, EphemeralStorage           string
	Concurrency, Retention                      string
	Layers, Subnets, SecurityGroups             []string
	Environment, Tags                           map[string]string
	Statements                                  []statementFacts
	OwnLogGroup, LogKeep                        bool
	Async                                       *asyncFacts
	Outside                                     outsideFacts
}

type asyncFacts struct{ Retries, MaxAge, OnFailure string }

type statementFacts struct {
	Sid, Effect                                 string
	Actions, NotActions, Resources, NotResource []string
	Condition                                   string
}

type ruleFacts struct {
	Name, Description, State, Bus, Pattern, Schedule string
	Function                                         string // handler of the function that gets the events, or the ARN of one that exists
	Queue, Group                                     string // of the target, if it is a queue
	Mapping                                          *mappingFacts
	Input, InputPath, Template                       string
	Paths                                            map[string]string
	Attempts, MaxAge, DLQ                            string
	Tags                                             map[string]string
	Granted                                          string // the SourceArn of the permission to call the function
}

// mappingFacts are facts about the event source mapping from a rule's queue to a function.
type mappingFacts struct{ Batch, Window, Concurrency, Responses string }

type queueFacts struct {
	Retention, Sender          string
	Visibility, Dead, Receives string
	Key                        string
	Keep                       bool
}

// hidden marks the name of a parameter whose value the file hides.
func hidden(name string) string { return name + " (hidden)" }

func newFacts() *facts {
	return &facts{Declared: map[string]parameterFacts{}, Functions: map[string]functionFacts{}, Rules: map[string]ruleFacts{}, Queues: map[string]queueFacts{}, Schedules: map[string]scheduleFacts{}}
}

// finish sorts the parameters and removes duplicates.
func (f *facts) finish() *facts {
	f.Parameters = slices.Compact(slices.Sorted(slices.Values(f.Parameters)))
	return f
}

func paramMark(name string) string { return "⟦" + strings.ReplaceAll(name, "_", "") + "⟧" }

// canonicalJSON returns JSON with sorted keys. Equal numbers have the same text.
func canonicalJSON(t testing.TB, text string) string {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return canonical(v)
}

func canonical(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case json.Number:
		return number(v.String())
	case map[string]any:
		var fields []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			fields = append(fields, quote(k)+":"+canonicalOrNull(v[k]))
		}
		return "{" + strings.Join(fields, ",") + "}"
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, canonicalOrNull(item))
		}
		return "[" + strings.Join(items, ",") + "]"
	case string:
		return quote(v)
	default:
		return fmt.Sprint(v)
	}
}

func canonicalOrNull(v any) string {
	if v == nil {
		return "null"
	}
	return canonical(v)
}

func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}

func number(s string) string {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("not a number: " + s)
	}
	if r.IsInt() {
		return r.RatString()
	}
	f, _ := r.Float64()
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// modelFacts computes the facts of a model.
func modelFacts(t testing.TB, p *model.Package) *facts {
	f := newFacts()
	if p.Layout == model.PerPackage {
		f.addModelFunction(t, p.Name, p.Function(), p.Rules())
	} else {
		for _, j := range p.Jobs() {
			f.addModelFunction(t, j.Receiver.Type+"."+j.Method, j.Function, j.Rules)
		}
	}
	for _, r := range p.Rules() {
		handler := p.Name
		if p.Layout == model.PerMethod {
			handler = r.Job.Receiver.Type + "." + r.Job.Method
		}
		if fn := p.FunctionOf(r.Job); fn.ARN != nil {
			handler = f.modelTarget(fn)
		}
		if r.Scheduler != nil {
			all := r.Job.Rules
			if p.Layout == model.PerPackage {
				all = p.Rules()
			}
			f.addModelSchedule(t, handler, p, r, all)
			continue
		}
		f.addModelRule(t, handler, p, r)
	}
	for i, name := range f.Parameters {
		d := p.Parameter(name)
		if d == nil {
			d = &model.Parameter{}
		}
		f.declare(name, strings.Join(d.Default, ","), d.Default != nil, d.Allowed, slices.Contains(p.ListParams(), name))
		if slices.Contains(p.Secrets, name) {
			f.Parameters[i] = hidden(name)
		}
	}
	return f.finish()
}

// declare adds the facts of a parameter with a default or allowed values, or of a list.
func (f *facts) declare(name, value string, hasDefault bool, allowed []string, isList bool) {
	p := parameterFacts{Allowed: allowed, List: isList}
	if hasDefault {
		p.Default = ">" + value
	}
	if hasDefault || allowed != nil || isList {
		f.Declared[name] = p
	}
}

// text returns a text with marks for its parameters, which it records.
func (f *facts) text(t model.Text) string {
	for _, name := range t.Params() {
		f.Parameters = append(f.Parameters, strings.ReplaceAll(name, "_", ""))
	}
	return string([]rune(t.Expand(paramMark)))
}

func (f *facts) texts(texts []model.Text) []string {
	var out []string
	for _, t := range texts {
		out = append(out, f.text(t))
	}
	return out
}

func (f *facts) value(t testing.TB, v *model.Value) string {
	if v == nil {
		return ""
	}
	return canonicalJSON(t, v.JSON(f.text))
}

func tagMap(tags []model.Tag) map[string]string {
	m := map[string]string{}
	for _, tag := range tags {
		m[tag.Key] = tag.Value
	}
	return orNil(m)
}

func orNil[M ~map[K]V, K comparable, V any](m M) M {
	if len(m) == 0 {
		return nil
	}
	return m
}

func or(n, otherwise int) string {
	if n == 0 {
		n = otherwise
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func optional(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

// modelTarget returns the ARN with which a function that exists is called.
func (f *facts) modelTarget(m model.Function) string {
	target := f.text(m.ARN)
	if m.Qualifier != nil {
		target += ":" + f.text(m.Qualifier)
	}
	return target
}

func (f *facts) addModelFunction(t testing.TB, handler string, m model.Function, rules []*model.Rule) {
	if m.ARN != nil {
		return
	}
	ff := functionFacts{
		Description: m.Description, Runtime: "provided.al2023", Architecture: "arm64", Tracing: m.Tracing,
		LogKeep: m.LogKeep != nil && *m.LogKeep, Memory: or(m.Memory, 128), Timeout: or(int(m.Timeout.Seconds()), 30), EphemeralStorage: or(m.EphemeralStorage, 0),
		Concurrency: optional(m.ReservedConcurrency), Retention: or(m.LogRetention, 0),
		Layers: f.texts(m.Layers), Tags: tagMap(m.Tags), Environment: map[string]string{}, OwnLogGroup: true,
	}
	if m.Architecture != "" {
		ff.Architecture = m.Architecture
	}
	for _, e := range m.Environment {
		ff.Environment[e.Name] = f.text(e.Value)
	}
	for _, r := range rules {
		for _, name := range r.Matcher().Params() {
			ff.Environment[name] = paramMark(name)
		}
	}
	ff.Environment = orNil(ff.Environment)
	if ff.Outside = f.modelOutside(m); ff.Outside.Image {
		ff.Runtime = ""
	}
	if ff.Outside.Role == "" {
		ff.Statements = f.modelStatements(t, handler, m, rules)
	}
	if m.VPC != nil {
		ff.Subnets, ff.SecurityGroups = f.texts(m.VPC.Subnets), f.texts(m.VPC.SecurityGroups)
	}
	if m.Async != nil {
		ff.Async = f.modelAsync(handler, m)
	}
	f.Functions[handler] = ff
}

func (f *facts) modelAsync(handler string, function model.Function) *asyncFacts {
	m := function.Async
	a := &asyncFacts{Retries: optional(m.Retries)}
	if m.MaxAge != nil {
		a.MaxAge = fmt.Sprint(int(m.MaxAge.Seconds()))
	}
	switch d := m.OnFailure; {
	case d == nil:
	case d.Create:
		a.OnFailure = "‹queue: failures of " + handler + "›"
		f.Queues["failures of "+handler] = queueFacts{Retention: "1209600", Keep: true, Key: f.text(function.KMSKey)}
	default:
		a.OnFailure = f.text(d.ARN)
	}
	return a
}

func (f *facts) modelStatements(t testing.TB, handler string, m model.Function, rules []*model.Rule) []statementFacts {
	statements := []statementFacts{{
		Effect: "Allow", Actions: []string{"logs:CreateLogStream", "logs:PutLogEvents"}, Resources: []string{"‹log group of " + handler + "›"},
	}}
	if m.VPC != nil {
		statements = append(statements, statementFacts{Effect: "Allow", Resources: []string{"*"}, Actions: []string{
			"ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
			"ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
		}})
	}
	if m.Tracing == "Active" {
		statements = append(statements, statementFacts{
			Effect: "Allow", Resources: []string{"*"}, Actions: []string{"xray:PutTelemetryRecords", "xray:PutTraceSegments"},
		})
	}
	if m.Async != nil && m.Async.OnFailure != nil {
		statements = append(statements, f.modelDestination(handler, m.Async.OnFailure))
	}
	if queues := f.modelQueues(rules); queues != nil {
		statements = append(statements, statementFacts{
			Effect: "Allow", Resources: queues, Actions: []string{"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"},
		})
	}
	statements = append(statements, f.keyStatement(m)...)
	for _, p := range m.Policies {
		s := statementFacts{Sid: p.Sid, Effect: p.Effect, Condition: f.value(t, p.Condition)}
		if s.Actions = p.Actions; p.NotAction {
			s.Actions, s.NotActions = nil, p.Actions
		}
		if s.Resources = f.texts(p.Resources); p.NotResource {
			s.Resources, s.NotResource = nil, s.Resources
		}
		statements = append(statements, s)
	}
	return statements
}

func (f *facts) modelDestination(handler string, d *model.Destination) statementFacts {
	s := statementFacts{Effect: "Allow", Actions: []string{"sqs:SendMessage"}}
	if d.Create {
		s.Resources = []string{"‹queue: failures of " + handler + "›"}
		return s
	}
	arn := f.text(d.ARN)
	s.Resources = []string{arn}
	switch {
	case strings.HasPrefix(arn, "arn:aws:sqs:"):
	case strings.HasPrefix(arn, "arn:aws:sns:"):
		s.Actions = []string{"sns:Publish"}
	case strings.HasPrefix(arn, "arn:aws:lambda:"):
		s.Actions = []string{"lambda:InvokeFunction"}
	case strings.HasPrefix(arn, "arn:aws:events:"):
		s.Actions = []string{"events:PutEvents"}
	case strings.HasPrefix(arn, "arn:aws:s3:"):
		s.Actions, s.Resources = []string{"s3:ListBucket", "s3:PutObject"}, append(s.Resources, arn+"/*")
	default:
		s.Actions = []string{"sqs:SendMessage", "sns:Publish", "lambda:InvokeFunction", "events:PutEvents", "s3:ListBucket", "s3:PutObject"}
		s.Resources = append(s.Resources, arn+"/*")
	}
	return s
}

func (f *facts) addModelRule(t testing.TB, handler string, p *model.Package, m *model.Rule) {
	in := m.TargetInput(p.Layout)
	r := ruleFacts{
		Name: f.text(m.Name), Description: m.Description, State: "ENABLED", Bus: f.text(m.EventBus),
		Pattern: f.value(t, m.Pattern), Schedule: f.text(m.Schedule), Function: handler,
		Input: in.Constant, InputPath: in.Path, Template: in.Template, Paths: map[string]string{},
		Tags: tagMap(m.Tags), Granted: "‹rule " + m.ID + "›",
	}
	if m.State != nil {
		r.State = f.text(m.State)
	}
	for _, path := range in.Paths {
		r.Paths[path.Name] = path.Path
	}
	r.Paths = orNil(r.Paths)
	if m.Retry != nil {
		r.Attempts, r.MaxAge = modelRetry(m.Retry)
	}
	switch d := m.DLQ; {
	case d == nil:
	case d.Create:
		r.DLQ = "‹queue: undelivered of " + m.ID + "›"
		f.Queues["undelivered of "+m.ID] = queueFacts{Retention: "1209600", Sender: "‹rule " + m.ID + "›", Keep: true, Key: f.text(p.FunctionOf(m.Job).KMSKey)}
	default:
		r.DLQ = f.text(d.ARN)
	}
	f.addModelQueue(&r, p, m)
	f.Rules[m.ID] = r
}

// modelQueues returns the ARNs of the queues that a function reads for its rules.
func (f *facts) modelQueues(rules []*model.Rule) []string {
	var all []string
	for _, r := range rules {
		if r.Queue == nil {
			continue
		}
		if arn := f.modelQueueARN(r); !slices.Contains(all, arn) {
			all = append(all, arn)
		}
	}
	return all
}

func (f *facts) modelQueueARN(r *model.Rule) string {
	if r.Queue.ARN == nil {
		return "‹queue: events of " + r.ID + "›"
	}
	return f.text(r.Queue.ARN)
}

// addModelQueue adds the facts about the queue between a rule and its function.
func (f *facts) addModelQueue(r *ruleFacts, p *model.Package, m *model.Rule) {
	q := m.Queue
	if q == nil {
		return
	}
	r.Granted, r.Queue, r.Group = "", f.modelQueueARN(m), q.Group
	same, timeout := m.Job.Rules, m.Job.Function.Timeout
	if p.Layout == model.PerPackage {
		same, timeout = p.Rules(), p.Function().Timeout
	}
	first := same[slices.IndexFunc(same, func(o *model.Rule) bool { return o.Queue != nil && f.modelQueueARN(o) == r.Queue })].Queue
	r.Mapping = &mappingFacts{or(first.Batch, 0), or(int(first.Window.Seconds()), 0), or(first.Concurrency, 0), "ReportBatchItemFailures"}
	if q.ARN != nil {
		return
	}
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	visibility := 6*timeout + q.Window
	f.Queues["events of "+m.ID] = queueFacts{
		Retention: "1209600", Sender: "‹rule " + m.ID + "›", Visibility: fmt.Sprint(int(visibility.Seconds())),
		Dead: "‹queue: given up of " + m.ID + "›", Receives: or(q.Receives, 5), Keep: true, Key: f.text(p.FunctionOf(m.Job).KMSKey),
	}
	f.Queues["given up of "+m.ID] = queueFacts{Retention: "1209600", Keep: true, Key: f.text(p.FunctionOf(m.Job).KMSKey)}
}

// modelRetry returns a retry policy, with AWS's defaults for what isn't given.
func modelRetry(m *model.Retry) (attempts, maxAge string) {
	attempts, maxAge = "185", "86400"
	if m.Attempts != nil {
		attempts = optional(m.Attempts)
	}
	if m.MaxAge != nil {
		maxAge = fmt.Sprint(int(m.MaxAge.Seconds()))
	}
	return attempts, maxAge
}
