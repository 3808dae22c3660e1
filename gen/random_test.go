package gen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/model"
)

// hostileStrings are what files get wrong that paste a value where it should be
// encoded.
var hostileStrings = []string{
	"", " ", "yes", "NO", "on", "null", "~", "12:30", "0o7", "010", "1e5", "1_000", "2020-01-01", "2001-12-14t21:59:43.10-05:00",
	".5", "-", "- a", "a: b", "a #b", "#", "key:", "'", "''", `"`, `\`, `\n`, "a\nb", "a\r\nb", "\t", "a\t", "[a", "{a: b}", "*a", "&a", "!Ref Stage",
	"%YAML", "@", "`", "|", ">", "?", "? a", ",", "<<", "=", "---", "...", "${", "${}", "${x}", "${!x}", "$${x}", "$", "$$", "%{", "%{if true}", "%%{",
	"${self:service}", "${var.x}", "${aws:region}", "{{.}}", "{{resolve}}", "<no value>", "<b>&amp;", "über", "日本語", "😀", "👩‍👩‍👧", "\u0085", "\u2028", "\u00a0",
	"\ufeffbom", "\u200b", "\x01\x1f\x7f", "end ", "\U000e0001", "a\\\"b", "EOT", "<<EOT", "*/", "//", "'; DROP", "\u202e", "{\"a\":1}", "[1]", "$LATEST", "Ref",
}

// seeds is the number of random models that a test looks at: n, or a tenth of it
// with -short.
func seeds(n uint64) uint64 {
	if testing.Short() {
		return n / 10
	}
	return n
}

// randomPackage makes a package that uses about everything, the same for the
// same seed.
func randomPackage(seed uint64, layout model.Layout) *model.Package {
	return packageOfTexts(seed, layout, hostileStrings...)
}

// packageOfTexts makes a package whose texts are made of the given ones.
func packageOfTexts(seed uint64, layout model.Layout, texts ...string) *model.Package {
	g := &random{Rand: rand.New(rand.NewPCG(seed, 1)), texts: texts}
	packageFunction := g.function()
	if layout == model.PerPackage && g.maybe() {
		packageFunction.Code, packageFunction.Layers = "image", nil
	}
	var receivers []*model.Receiver
	for i := range 1 + g.IntN(3) {
		r := &model.Receiver{Type: fmt.Sprintf("Type%d", i), Function: packageFunction}
		for j := range 1 + g.IntN(3) {
			f := packageFunction
			if layout == model.PerMethod {
				f = g.function()
			}
			m := job(fmt.Sprintf("Method%d", j), f)
			for k := range 1 + g.IntN(3) {
				rule := g.rule(fmt.Sprintf("%s%d-%d_%d", g.pick("Rule", "r", "x-y-"), i, j, k))
				if rule.Scheduler == nil {
					rule.Queue = g.queue(fmt.Sprintf("%d-%d", i, j))
				}
				m.Rules = append(m.Rules, rule)
			}
			r.Jobs = append(r.Jobs, m)
		}
		receivers = append(receivers, r)
	}
	p := newPackage("generated", layout, receivers...)
	p.Parameters = g.parameters()
	return p
}

// parameters declares some of the parameters, and one that nothing refers to.
func (g *random) parameters() []*model.Parameter {
	var all []*model.Parameter
	for _, name := range []string{"Stage", "Bucket", "Account", "Unused"} {
		p := &model.Parameter{Name: name}
		if g.maybe() {
			p.Default = []string{g.string()}
		}
		if g.maybe() {
			// Serverless can't have its own variables in allowed values.
			p.Allowed = append(slices.DeleteFunc(slices.Clone(p.Default), slsVariables.MatchString), "other "+g.pick("no", "1e3", "x"))
		}
		all = append(all, p)
	}
	return append(all, &model.Parameter{Name: "Values", Default: []string{"a", "no b"}, Allowed: []string{"a", "no b", "1e5"}[:2+g.IntN(2)], List: true})
}

type random struct {
	*rand.Rand
	texts []string
}

func (g *random) pick(items ...string) string { return items[g.IntN(len(items))] }

// maybe is true half of the time.
func (g *random) maybe() bool { return g.IntN(2) == 0 }

func (g *random) string() string {
	s := g.pick(g.texts...)
	for g.IntN(3) == 0 {
		s += g.pick(g.texts...)
	}
	return s
}

func (g *random) param() string { return g.pick("Stage", "Bucket", "Account", "Table_Name", "stage2") }

func (g *random) text() model.Text {
	var t model.Text
	for range 1 + g.IntN(3) {
		if g.IntN(3) == 0 {
			t = append(t, model.Part{Param: g.param()})
		} else {
			t = append(t, model.Part{Literal: g.string()})
		}
	}
	return t
}

func (g *random) arn(service string) model.Text {
	return g.oneOf(
		model.Literal("arn:aws:"+service+":eu-west-1:123456789012:"+g.pick("a", "b/c")),
		param("$Arn"),
		param("arn:aws:"+service+":eu-west-1:", "$Account", ":x"),
	)
}

func (g *random) oneOf(texts ...model.Text) model.Text { return texts[g.IntN(len(texts))] }

func (g *random) optional(limit int) *int {
	if g.maybe() {
		return nil
	}
	return ptr(g.IntN(limit))
}

func (g *random) age(limit time.Duration) *time.Duration {
	if g.maybe() {
		return nil
	}
	return ptr(time.Minute + time.Duration(g.IntN(int((limit-time.Minute)/time.Second)))*time.Second)
}

func (g *random) tags() []model.Tag {
	var tags []model.Tag
	for i := range g.IntN(3) {
		tags = append(tags, model.Tag{Key: g.string() + fmt.Sprint(i), Value: g.string()})
	}
	return tags
}

func (g *random) function() model.Function {
	if g.IntN(5) == 0 {
		return model.Function{
			ARN: g.arn("lambda"), Qualifier: g.oneOf(nil, model.Literal("live"), param("$Alias"), param("v", "$Stage")), Timeout: time.Duration(g.IntN(2)) * time.Minute,
		}
	}
	f := model.Function{
		Timeout: time.Duration(g.IntN(900)) * time.Second, Description: g.string(), Architecture: g.pick("", "arm64", "x86_64"),
		Tracing: g.pick("", "Active", "PassThrough"), ReservedConcurrency: g.optional(10), Tags: g.tags(),
	}
	if g.maybe() {
		f.Memory, f.EphemeralStorage, f.LogRetention = 128+g.IntN(1000), 512+g.IntN(1000), 30
		f.LogKeep = ptr(g.maybe())
	}
	for i := range g.IntN(4) {
		f.Environment = append(f.Environment, model.EnvVar{Name: g.pick("on", "NAME_", "yes", "a1") + fmt.Sprint(i), Value: g.text()})
	}
	for range g.IntN(3) {
		f.Layers = append(f.Layers, g.arn("lambda"))
	}
	if g.maybe() {
		f.VPC = &model.VPC{Subnets: []model.Text{param("$Subnet")}, SecurityGroups: []model.Text{model.Literal("sg-1"), param("$Group")}}
	}
	if g.maybe() {
		f.Async = &model.Async{Retries: g.optional(3), MaxAge: g.age(6 * time.Hour), OnFailure: g.destination()}
	}
	for range g.IntN(3) {
		f.Policies = append(f.Policies, g.statement())
	}
	g.outside(&f)
	return f
}

// outside sets the properties that name things outside of the rule files.
func (g *random) outside(f *model.Function) {
	f.PhysicalName = g.oneOf(nil, nil, model.Literal("sweep-all_1"), param("$Stage"), param("sweep-", "$Stage"))
	f.KMSKey = g.oneOf(nil, g.arn("kms"))
	f.PermissionsBoundary = g.oneOf(nil, g.arn("iam"))
	if f.LogFormat = g.pick("", "Text", "JSON"); f.LogFormat == "JSON" {
		f.LogLevel, f.SystemLogLevel = g.pick("", "TRACE"), g.pick("", "WARN")
	}
	if f.Role = g.oneOf(nil, nil, g.arn("iam")); f.Role != nil {
		f.Policies = nil
		return
	}
	for i := range g.IntN(3) {
		f.ManagedPolicies = append(f.ManagedPolicies, param(fmt.Sprintf("arn:aws:iam::aws:policy/a+=,.@/%d", i), "$Account"))
	}
}

func (g *random) destination() *model.Destination {
	switch g.IntN(3) {
	case 0:
		return nil
	case 1:
		return &model.Destination{Create: true}
	default:
		return &model.Destination{ARN: g.arn(g.pick("sqs", "sns", "lambda", "events", "s3"))}
	}
}

func (g *random) statement() model.Statement {
	s := model.Statement{
		Sid: g.pick("", "One", "no"), Effect: g.pick("Allow", "Deny"), NotAction: g.maybe(), NotResource: g.maybe(),
		Actions: []string{"s3:GetObject", "s3:*"}, Resources: []model.Text{g.arn("s3"), model.Literal("*")},
	}
	if g.maybe() {
		s.Condition = object(field("StringLike", object(field("aws:PrincipalTag/"+g.string(), list(&model.Value{Kind: model.String, Text: g.text()})))))
	}
	return s
}

func (g *random) rule(id string) *model.Rule {
	r := &model.Rule{
		ID: id, Description: g.string(), Tags: g.tags(),
		State: g.oneOf(nil, model.Literal(model.Enabled), model.Literal(model.Disabled), model.Literal(model.EnabledCloudTrail), param("$State")),
	}
	if g.IntN(4) == 0 {
		r.Name = g.oneOf(model.Literal("name-of-"+id), param("$Stage", "-"+id), param("$Name"+id[len(id)-1:]))
	}
	switch g.IntN(5) {
	case 0:
		g.schedule(r)
		return r
	case 1:
		r.Schedule = g.oneOf(model.Literal(g.pick("rate(1 minute)", "rate(10 days)", "cron(0/5 8-17 ? * MON-FRI *)", "cron(15 10 ? * 6L 2030-2035)")),
			param("$Every"), param("cron(0 ", "$Hour", " * * ? *)"))
	default:
		r.EventBus = g.oneOf(nil, model.Literal("orders"), param("$Bus"), g.arn("events"))
		r.Pattern = object(field("source", list(str(g.string()))), field("detail", g.pattern(3)))
	}
	g.delivery(r)
	r.Input = g.input()
	return r
}

// schedule makes a rule a schedule of EventBridge Scheduler.
func (g *random) schedule(r *model.Rule) {
	if r.Tags = nil; r.HasState(model.EnabledCloudTrail) {
		r.State = nil
	}
	r.Schedule = g.oneOf(model.Literal(g.pick("rate(1 minute)", "cron(15 10 ? * 6L 2030-2035)", "at(2030-01-02T03:04:05)")), param("$Every"), param("rate(", "$Minutes", " minutes)"))
	start := time.Date(2030, 1, 1, 0, 0, g.IntN(1000), 0, time.UTC)
	r.Scheduler = &model.Scheduler{
		Group: g.pick("", "nightly", "a_b.c"), Timezone: g.oneOf(nil, model.Literal("Europe/Berlin"), param("$Zone")), Window: time.Duration(g.IntN(3)) * time.Minute, Delete: g.maybe(),
		KMSKey: g.oneOf(nil, param("$Key"), g.arn("kms")),
	}
	if g.maybe() {
		r.Scheduler.Start, r.Scheduler.End = start, start.Add(time.Hour)
	}
	if g.maybe() {
		r.Scheduler.Detail = object(field(g.string(), str(g.string())), field("mode", list(str("${x}"))))
	}
	g.delivery(r)
}

// delivery sets what happens to events that can't be delivered.
func (g *random) delivery(r *model.Rule) {
	if g.maybe() {
		r.Retry = &model.Retry{Attempts: g.optional(186), MaxAge: g.age(24 * time.Hour)}
	}
	if g.maybe() {
		r.DLQ = &model.DLQ{ARN: g.arn("sqs")}
	} else if g.maybe() {
		r.DLQ = &model.DLQ{Create: true}
	}
}

// queue makes a queue between a rule and its function, mostly none. Functions don't share
// a queue, so the names of those that are not made contain the name of the job.
func (g *random) queue(job string) *model.Queue {
	if g.IntN(3) > 0 {
		return nil
	}
	q := &model.Queue{Batch: g.IntN(3) * 10, Window: time.Duration(g.IntN(3)) * time.Second, Concurrency: g.IntN(2) * 2, Receives: g.IntN(3)}
	if g.maybe() {
		q.ARN = g.oneOf(
			model.Literal("arn:aws:sqs:eu-west-1:123456789012:of-"+job),
			param("arn:aws:sqs:eu-west-1:", "$Account", ":of-"+job),
			param("arn:aws:sqs:", "$Stage", ":123456789012:of-"+job+".fifo"),
		)
		q.Group = g.pick("", "orders", "!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\"", "{{x}}", "yes", "0x1F")
	}
	return q
}

// pattern makes an object of fields, to a depth.
func (g *random) pattern(depth int) *model.Value {
	v := object()
	for i := range 1 + g.IntN(3) {
		key := fmt.Sprintf("%s%d", g.string(), i)
		if g.IntN(20) == 0 && i == 0 {
			key = "Ref"
		}
		switch {
		case depth > 0 && g.maybe():
			v.Fields = append(v.Fields, field(key, g.pattern(depth-1)))
		case g.IntN(6) == 0:
			v.Fields = append(v.Fields, field(key, listParam(g.pick("Values", "Countries"))))
		default:
			v.Fields = append(v.Fields, field(key, list(g.leaf(), g.leaf())))
		}
	}
	return v
}

func (g *random) leaf() *model.Value {
	switch g.IntN(7) {
	case 0:
		return num(g.pick("0", "-1", "1.5", "1e3", "2.50E-2", "9007199254740991", "300.0"))
	case 1:
		return boolean(g.maybe())
	case 2:
		return &model.Value{Kind: model.Null}
	case 3:
		return object(field("anything-but", strList(g.string(), g.string())))
	case 4:
		return object(field("numeric", list(str(">="), num("0"), str("<"), num("1e2"))))
	default:
		return &model.Value{Kind: model.String, Text: g.text()}
	}
}

func (g *random) input() *model.Input {
	switch g.IntN(4) {
	case 0:
		return &model.Input{JSON: object(field(g.string(), str(g.string())), field("n", num("1e3")))}
	case 1:
		return &model.Input{Path: "$.detail"}
	case 2:
		return &model.Input{Transformer: &model.Transformer{
			Paths:    []model.PathVar{{Name: "on", Path: "$.detail.on"}, {Name: "b_c", Path: "$.detail.b-c"}},
			Template: model.ObjectValue(field("a", str(g.string())), field("b", str("<on>"))).JSON(func(t model.Text) string { s, _ := t.Plain(); return s }),
		}}
	default:
		return nil
	}
}
