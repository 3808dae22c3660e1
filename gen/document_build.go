package gen

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

const policyVersion = "2012-10-17"

// documentBuilder makes a Document of a stack.
type documentBuilder struct {
	// placeholder returns the placeholder of a thing, made from a name.
	placeholder func(name string, of claim) string
	stack       *stack
}

// newDocument describes a stack in AWS's terms. It builds the document twice: first
// without placeholders, to find the texts that they must differ from.
func newDocument(s *stack) (*Document, error) {
	bare := documentBuilder{func(string, claim) string { return "\n" }, s}
	literals, err := encodeJSON(bare.document())
	if err != nil {
		return nil, err
	}
	var problems Problems
	p := placeholders{literals: marked(string(literals)), owner: newNameSet(&problems)}
	d := documentBuilder{p.choose, s}.document()
	return d, problems.err()
}

// placeholders chooses a placeholder for each thing.
type placeholders struct {
	literals []string // none begins with a placeholder
	owner    nameSet
}

// marked returns the rest of a text from each ${ on, where a placeholder could begin.
func marked(text string) (all []string) {
	for at := 0; ; at += len("${") {
		i := strings.Index(text[at:], "${")
		if i < 0 {
			return all
		}
		at += i
		all = append(all, text[at:])
	}
}

// choose returns the placeholder of a thing. Parameters choose first, so that each keeps its name
// where another thing has the same.
func (p *placeholders) choose(name string, of claim) string {
	text := "${" + name + "}"
	for p.taken(text, of) {
		name += "_"
		text = "${" + name + "}"
	}
	if p.owner.claims[text] != of { // a thing is mentioned more than once
		p.owner.claim(text, of)
	}
	return text
}

// taken reports whether a placeholder is in a text of the user, or is that of another parameter.
func (p *placeholders) taken(text string, of claim) bool {
	if other := p.owner.claims[text]; other.given && other != of {
		return true
	}
	return slices.ContainsFunc(p.literals, func(s string) bool { return strings.HasPrefix(s, text) })
}

func (b documentBuilder) document() *Document {
	s := b.stack
	d := &Document{
		GeneratedBy: model.Header, SchemaVersion: SchemaVersion,
		Package: s.Package, Path: s.Path, Layout: string(s.Layout),
		Parameters: []DocumentParameter{}, Queues: []DocumentQueue{}, Prerequisites: s.Prerequisites,
	}
	for _, p := range s.Parameters {
		d.Parameters = append(d.Parameters, DocumentParameter{p.Name, b.parameter(p.Name), p.Description(), p.Secret, p.Default, p.Allowed, p.List})
	}
	d.Conditions = each(s.Conditions(), b.condition)
	d.Functions = append([]DocumentFunction{}, each(s.Made(), b.function)...)
	d.ExistingFunctions = each(s.existing(), b.existing)
	d.Needs = each(s.Needs, func(n stackNeed) DocumentNeed { return DocumentNeed{n.Of, n.Has} })
	d.Rules = each(s.Rules(), b.rule)
	d.Schedules = each(s.Schedules(), b.schedule)
	d.Place = b.place()
	for _, q := range s.Queues() {
		d.Queues = append(d.Queues, b.queue(q))
	}
	return d
}

// parameter returns the placeholder of a parameter.
func (b documentBuilder) parameter(name string) string {
	if isPseudo(name) {
		return b.pseudo(name)
	}
	return b.placeholder(name, claim{what: "parameter " + name, pos: b.stack.model.Params[name], given: true})
}

// functionARN returns the ARN with which a function is called.
func (b documentBuilder) functionARN(f *stackFunction) string {
	if f.Exists() {
		return b.text(f.Target())
	}
	return b.placeholder(cfnID(f.Name, "FunctionArn"), claim{what: "function of " + f.Title, pos: f.Pos})
}

func (b documentBuilder) ruleARN(r *stackRule) string {
	return b.placeholder(cfnID(r.ID, "RuleArn"), claim{what: "rule " + r.ID, pos: r.Pos})
}

func (b documentBuilder) arn(a stackARN) string {
	switch {
	case a.LogGroup != nil:
		return b.placeholder(cfnID(a.LogGroup.Name, "LogGroupArn"), claim{what: "log group of " + a.LogGroup.Title, pos: a.LogGroup.Pos})
	case a.Queue != nil:
		return b.placeholder(cfnID(a.Queue.Name, "QueueArn"), claim{what: "queue " + a.Queue.Name, pos: a.Queue.pos()})
	case a.Function != nil:
		return b.functionARN(a.Function)
	default:
		return b.text(a.Text)
	}
}

func (b documentBuilder) text(t model.Text) string { return t.Expand(b.parameter) }

func (b documentBuilder) function(f *stackFunction) DocumentFunction {
	d := DocumentFunction{
		Name: cfnID(f.Name, ""), Arn: b.functionARN(f), Handler: f.Handler, Description: f.Description,
		Runtime: f.Runtime(), Architecture: f.Architecture, MemorySize: f.Memory, Timeout: f.Timeout,
		EphemeralStorage: f.EphemeralStorage, ReservedConcurrency: f.ReservedConcurrency, Layers: each(f.Layers, b.text),
		TracingMode: f.Tracing, Tags: documentTags(f.Tags), LogRetention: f.LogRetention, LogKeep: f.LogKeep,
		LogGroupArn: b.arn(stackARN{LogGroup: f}), Condition: f.When.name(), Role: b.text(f.Role), ManagedPolicies: each(f.ManagedPolicies, b.text),
		PermissionsBoundary: b.text(f.PermissionsBoundary),
		SharedGrants:        each(f.Grants, b.sharedGrant), SchedulerRole: b.schedulerRole(f),
	}
	d.RolePolicy, d.ConditionalPolicies = b.policies(f.Statements)
	d.PhysicalName, d.LogFormat, d.LogLevel, d.SystemLogLevel, d.KmsKeyArn = b.text(f.PhysicalName), f.LogFormat, f.LogLevel, f.SystemLogLevel, b.text(f.KMSKey)
	if f.IsImage() {
		d.PackageType, d.Runtime = "Image", ""
	}
	if len(f.Environment) > 0 {
		d.Environment = make(map[string]string, len(f.Environment))
	}
	for _, e := range f.Environment {
		d.Environment[e.Name] = b.text(e.Value)
	}
	if f.VPC != nil {
		d.SubnetIDs, d.SecurityGroupIDs = each(f.VPC.Subnets, b.text), each(f.VPC.SecurityGroups, b.text)
	}
	if a := f.Async; a != nil {
		d.EventInvoke = &EventInvoke{MaximumRetryAttempts: a.Retries, MaximumEventAgeInSeconds: a.MaxAge}
		if a.OnFailure != nil {
			d.EventInvoke.OnFailure = b.arn(*a.OnFailure)
		}
	}
	return d
}

func (b documentBuilder) existing(f *stackFunction) DocumentExisting {
	return DocumentExisting{
		Name: cfnID(f.Name, ""), Arn: b.functionARN(f), FunctionArn: b.text(f.ARN), Qualifier: b.text(f.Qualifier),
		Handler: f.Handler, Architecture: f.Architecture,
		SharedGrants: each(f.Grants, b.sharedGrant), SchedulerRole: b.schedulerRole(f),
	}
}

func (b documentBuilder) statement(st stackStatement) Statement {
	s := Statement{Sid: st.Sid, Effect: st.Effect}
	resources := each(st.Resources, b.arn)
	if s.Action = st.Actions; st.NotAction {
		s.Action, s.NotAction = nil, st.Actions
	}
	if s.Resource = resources; st.NotResource {
		s.Resource, s.NotResource = nil, resources
	}
	if st.Condition != nil {
		s.Condition = json.RawMessage(st.Condition.JSON(b.text))
	}
	return s
}

func (b documentBuilder) rule(r *stackRule) DocumentRule {
	name := b.ruleName(r)
	put := PutRule{
		Name: name, Description: r.Description, State: b.text(r.State), EventBusName: b.text(r.EventBus),
		ScheduleExpression: b.text(r.Schedule), Tags: documentTags(r.Tags),
	}
	if r.Pattern != nil {
		put.EventPattern = r.Pattern.JSON(b.text)
	}
	d := DocumentRule{
		ID: r.ID, Name: cfnID(r.ID, ""), Arn: b.ruleARN(r), Method: r.Title(), Function: cfnID(r.Function.Name, ""),
		PutRule: put, Condition: r.When.name(),
		PutTargets: PutTargets{Rule: name, EventBusName: put.EventBusName, Targets: []Target{b.target(r)}},
	}
	if r.HasGrant() {
		p := b.permission(r.Function, r.ID, b.ruleARN(r))
		d.AddPermission = &p
	}
	if r.Queue != nil && r.Queue.Mapping != nil {
		d.CreateEventSourceMapping, d.MappingCondition = b.mapping(r.Queue.Mapping), r.Queue.Mapping.When.name()
	}
	return d
}

// ruleName is the physical name of a rule if no deployment tool makes one.
func (b documentBuilder) ruleName(r *stackRule) string {
	switch {
	case r.Name != nil:
		return b.text(r.Name)
	case r.Shared:
		return rulePrefix(r.Function) + shortName(r.ID)
	default:
		return r.ID
	}
}

// rulePrefix is the prefix of the names of a function's rules that share a grant.
func rulePrefix(f *stackFunction) string {
	const longest = 15 // a rule's name has 64 characters: this, a dash and shortNameLimit
	name := cfnID(f.Name, "")
	return strings.ToLower(name[:min(len(name), longest)]) + "-"
}

func (b documentBuilder) permission(f *stackFunction, id, source string) AddPermission {
	p := AddPermission{
		FunctionName: b.functionARN(f), StatementID: id,
		Action: "lambda:InvokeFunction", Principal: eventsPrincipal, SourceArn: source,
	}
	if f.Exists() {
		p.FunctionName, p.Qualifier = b.text(f.ARN), b.text(f.Qualifier)
	}
	return p
}

func (b documentBuilder) sharedGrant(g *stackGrant) SharedGrant {
	source := b.placeholder(cfnID(g.Name, "Arn"), claim{what: "rules of " + g.Name, pos: g.Function.Pos})
	return SharedGrant{
		Rules:      each(g.Rules, func(r *stackRule) string { return r.ID }),
		NamePrefix: rulePrefix(g.Function), AddPermission: b.permission(g.Function, cfnID(g.Name, ""), source), Condition: g.When.name(),
	}
}

func (b documentBuilder) target(r *stackRule) Target {
	t := Target{ID: r.ID, Arn: b.functionARN(r.Function), Input: r.Input.Constant, InputPath: r.Input.Path}
	if q := r.Queue; q != nil {
		t.Arn = b.arn(q.ARN)
		if q.Group != "" {
			t.SqsParameters = &SqsParameters{q.Group}
		}
	}
	if r.Input.Template != "" {
		t.InputTransformer = &InputTransformer{InputTemplate: r.Input.Template, InputPathsMap: make(map[string]string)}
		for _, p := range r.Input.Paths {
			t.InputTransformer.InputPathsMap[p.Name] = p.Path
		}
	}
	if r.Attempts != nil || r.MaxAge != nil {
		t.RetryPolicy = &RetryPolicy{r.Attempts, r.MaxAge}
	}
	if r.DLQ != nil {
		t.DeadLetterConfig = &DeadLetterConfig{b.arn(*r.DLQ)}
	}
	return t
}

// documentTags converts tags to AWS's form.
func documentTags(tags []model.Tag) []Tag {
	return each(tags, func(t model.Tag) Tag { return Tag(t) })
}
