package gen_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// readYAML decodes YAML with CloudFormation's short tags. The values have the types that
// encoding/json gives them; numbers are json.Number.
func readYAML(t testing.TB, data []byte) map[string]any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Load(data, &n); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	m, ok := fromYAML(t, n.Content[0]).(map[string]any)
	if !ok {
		t.Fatalf("not a mapping:\n%s", data)
	}
	return m
}

func fromYAML(t testing.TB, n *yaml.Node) any {
	t.Helper()
	if short := n.Tag; strings.HasPrefix(short, "!") && !strings.HasPrefix(short, "!!") {
		return intrinsic(t, n)
	}
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			if _, ok := m[key.Value]; ok || key.ShortTag() != "!!str" {
				t.Fatalf("line %d: key %q is %s, or a duplicate", key.Line, key.Value, key.ShortTag())
			}
			m[key.Value] = fromYAML(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		items := []any{}
		for _, c := range n.Content {
			items = append(items, fromYAML(t, c))
		}
		return items
	}
	switch n.ShortTag() {
	case "!!int", "!!float":
		return json.Number(n.Value)
	case "!!bool":
		return n.Value == "true"
	case "!!null":
		return nil
	case "!!str":
		return n.Value
	}
	t.Fatalf("line %d: %s %q", n.Line, n.ShortTag(), n.Value)
	return nil
}

func intrinsic(t testing.TB, n *yaml.Node) any {
	name := n.Tag
	switch {
	case n.Kind == yaml.SequenceNode:
		sequence := *n
		sequence.Tag = "!!seq"
		return map[string]any{"Fn::" + name[1:]: fromYAML(t, &sequence)}
	case name == "!GetAtt":
		resource, attribute, _ := strings.Cut(n.Value, ".")
		return map[string]any{"Fn::GetAtt": []any{resource, attribute}}
	case name == "!Ref":
		return map[string]any{"Ref": n.Value}
	default:
		return map[string]any{"Fn::" + name[1:]: n.Value}
	}
}

// cfnTemplate reads facts from a template.
type cfnTemplate struct {
	t          testing.TB
	parameters map[string]any
	resources  map[string]any
	names      map[string]string // by logical id: the resource's ARN in facts
	facts      *facts
}

// cloudFormationFacts reads a CloudFormation template, or an expanded SAM template. It
// leaves out the own parameters of the template, which no directive has.
func cloudFormationFacts(t testing.TB, template map[string]any, own ...string) *facts {
	c := &cfnTemplate{t: t, resources: object(template["Resources"]), parameters: object(template["Parameters"]), names: map[string]string{}, facts: newFacts()}
	for _, name := range own {
		delete(c.parameters, name)
	}
	for name, p := range c.parameters {
		value, hasDefault := object(p)["Default"].(string)
		c.facts.declare(name, value, hasDefault, c.texts(object(p)["AllowedValues"]), object(p)["Type"] == "CommaDelimitedList")
		if object(p)["Type"] == "CommaDelimitedList" && (object(p)["AllowedPattern"] == ".+") == (object(p)["AllowedValues"] != nil) {
			t.Errorf("the list %s may have empty values: %v", name, p)
		}
		if object(p)["NoEcho"] == true {
			name = hidden(name)
		}
		c.facts.Parameters = append(c.facts.Parameters, name)
	}
	c.name()
	for id := range c.resources {
		switch typ, p := c.resource(id); typ {
		case "AWS::Lambda::Function", "AWS::Serverless::Function":
			c.function(id, p)
			if image := p["PackageType"] == "Image"; typ == "AWS::Serverless::Function" && image != (p["CodeUri"] == nil) {
				t.Errorf("the function %s has the code %v", id, p["CodeUri"])
			}
		case "AWS::Events::Rule":
			c.rule(id, p)
		case "AWS::Scheduler::Schedule":
			c.schedule(id, p)
		case "AWS::SQS::Queue":
			c.queue(id, p)
		case "AWS::Lambda::Permission", "AWS::SQS::QueuePolicy", "AWS::Lambda::EventInvokeConfig", "AWS::Lambda::EventSourceMapping", "AWS::IAM::Role", "AWS::Logs::LogGroup":
		default:
			t.Errorf("unexpected resource %s of type %s", id, typ)
		}
	}
	return c.facts.finish()
}

func object(v any) map[string]any { m, _ := v.(map[string]any); return m }

func items(v any) []any { l, _ := v.([]any); return l }

func (c *cfnTemplate) resource(id string) (typ string, properties map[string]any) {
	r := object(c.resources[id])
	typ, _ = r["Type"].(string)
	return typ, object(r["Properties"])
}

// name sets the names of the resources.
func (c *cfnTemplate) name() {
	for id := range c.resources {
		switch typ, p := c.resource(id); typ {
		case "AWS::Lambda::Function", "AWS::Serverless::Function":
			handler := handlerIn(p)
			c.names[id] = "‹function " + handler + "›"
			c.names[object(object(p["LoggingConfig"])["LogGroup"])["Ref"].(string)] = "‹log group of " + handler + "›"
		case "AWS::Scheduler::Schedule":
			c.nameSchedule(id, p)
		case "AWS::Events::Rule":
			target := object(items(p["Targets"])[0])
			c.names[id] = "‹rule " + target["Id"].(string) + "›"
			if queue := reference(object(target["DeadLetterConfig"])["Arn"]); queue != "" && c.parameters[queue] == nil {
				c.names[queue] = "‹queue: undelivered of " + target["Id"].(string) + "›"
			}
			if typ, queue := c.resource(reference(target["Arn"])); typ == "AWS::SQS::Queue" {
				c.names[reference(target["Arn"])] = "‹queue: events of " + target["Id"].(string) + "›"
				c.names[reference(object(queue["RedrivePolicy"])["deadLetterTargetArn"])] = "‹queue: given up of " + target["Id"].(string) + "›"
			}
		}
	}
	for id := range c.resources {
		if typ, p := c.resource(id); typ == "AWS::Lambda::EventInvokeConfig" {
			_, f := c.resource(reference(p["FunctionName"]))
			destination := reference(object(object(p["DestinationConfig"])["OnFailure"])["Destination"])
			if destination != "" && c.parameters[destination] == nil {
				c.names[destination] = "‹queue: failures of " + handlerIn(f) + "›"
			}
		}
	}
}

// reference returns the logical id in a Ref or GetAtt, or "".
func reference(v any) string {
	m := object(v)
	if id, ok := m["Ref"].(string); ok {
		return id
	}
	if path := items(m["Fn::GetAtt"]); path != nil {
		return path[0].(string)
	}
	return ""
}

var substitution = regexp.MustCompile(`\$\{([^}]*)\}`)

// text evaluates a string, or an intrinsic function that returns one.
func (c *cfnTemplate) text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case map[string]any:
		if id := reference(v); id != "" {
			if c.parameters[id] != nil {
				if object(c.parameters[id])["Type"] == "CommaDelimitedList" {
					c.t.Fatalf("the list %s is used as a text", id)
				}
				return paramMark(id)
			}
			if strings.HasPrefix(id, "AWS::") {
				return paramMark(id)
			}
			return c.names[id]
		}
		if sub, ok := v["Fn::Sub"].(string); ok {
			return substitution.ReplaceAllStringFunc(sub, func(m string) string {
				if m[2] == '!' {
					return "${" + m[3:]
				}
				return paramMark(m[2 : len(m)-1])
			})
		}
		if join := items(v["Fn::Join"]); join != nil {
			if list := c.list(join[1]); list != "" && (join[0] == "," || join[0] == `","`) {
				return list
			}
			return strings.Join(c.texts(join[1]), join[0].(string))
		}
		if chosen := items(v["Fn::Select"]); chosen != nil && scalar(chosen[0]) == "0" {
			split := items(object(chosen[1])["Fn::Split"])
			first, _, _ := strings.Cut(c.arnOfRule(reference(split[1])), split[0].(string))
			return first
		}
	}
	c.t.Fatalf("not a text: %v", v)
	return ""
}

// list returns the mark of a list parameter that v refers to, or "".
func (c *cfnTemplate) list(v any) string {
	if id := reference(v); object(c.parameters[id])["Type"] == "CommaDelimitedList" {
		return paramMark(id)
	}
	return ""
}

func (c *cfnTemplate) texts(v any) []string {
	var out []string
	for _, item := range items(v) {
		out = append(out, c.text(item))
	}
	return out
}

// value evaluates the strings in a JSON value.
func (c *cfnTemplate) value(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if list := c.list(v); list != "" {
			return []any{list}
		}
		if len(v) == 1 && (v["Ref"] != nil || v["Fn::Sub"] != nil || v["Fn::Join"] != nil) {
			return c.text(v)
		}
		out := map[string]any{}
		for k, item := range v {
			out[k] = c.value(item)
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			out = append(out, c.value(item))
		}
		return out
	}
	return v
}

// jsonValue returns the JSON of a value, which the template may also have as a string.
func (c *cfnTemplate) jsonValue(v any) string {
	if v = c.value(v); v == nil {
		return ""
	}
	if s, ok := v.(string); ok {
		return canonicalJSON(c.t, s)
	}
	return canonical(v)
}

func scalar(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func (c *cfnTemplate) tags(v any) map[string]string {
	tags := map[string]string{}
	for k, value := range object(v) {
		tags[k] = c.text(value)
	}
	for _, item := range items(v) {
		tags[c.text(object(item)["Key"])] = c.text(object(item)["Value"])
	}
	delete(tags, "lambda:createdBy") // SAM adds it
	return orNil(tags)
}

func (c *cfnTemplate) function(id string, p map[string]any) {
	handler := handlerIn(p)
	logGroup := reference(object(p["LoggingConfig"])["LogGroup"])
	_, group := c.resource(logGroup)
	f := functionFacts{
		Description: c.text(p["Description"]), Runtime: scalar(p["Runtime"]), Architecture: scalar(items(p["Architectures"])[0]),
		Tracing: scalar(object(p["TracingConfig"])["Mode"]), Memory: scalar(p["MemorySize"]), Timeout: scalar(p["Timeout"]),
		EphemeralStorage: scalar(object(p["EphemeralStorage"])["Size"]), Concurrency: scalar(p["ReservedConcurrentExecutions"]),
		Retention: scalar(group["RetentionInDays"]), Layers: c.texts(p["Layers"]), Tags: c.tags(p["Tags"]), Environment: map[string]string{},
		Subnets: c.texts(object(p["VpcConfig"])["SubnetIds"]), SecurityGroups: c.texts(object(p["VpcConfig"])["SecurityGroupIds"]),
		OwnLogGroup: c.names[logGroup] == "‹log group of "+handler+"›", LogKeep: c.keeps(logGroup), Outside: c.outside(p, group),
	}
	if p["Tracing"] != nil {
		f.Tracing = scalar(p["Tracing"])
	}
	for name, value := range object(object(p["Environment"])["Variables"]) {
		f.Environment[name] = c.text(value)
	}
	f.Environment = orNil(f.Environment)
	_, role := c.resource(reference(p["Role"]))
	for _, policy := range items(role["Policies"]) {
		for _, s := range items(object(object(policy)["PolicyDocument"])["Statement"]) {
			f.Statements = append(f.Statements, c.statement(object(s)))
		}
	}
	for other := range c.resources {
		if typ, invoke := c.resource(other); typ == "AWS::Lambda::EventInvokeConfig" && reference(invoke["FunctionName"]) == id {
			f.Async = &asyncFacts{
				Retries: scalar(invoke["MaximumRetryAttempts"]), MaxAge: scalar(invoke["MaximumEventAgeInSeconds"]),
				OnFailure: c.text(object(object(invoke["DestinationConfig"])["OnFailure"])["Destination"]),
			}
		}
	}
	c.facts.Functions[handler] = f
}

func (c *cfnTemplate) statement(s map[string]any) statementFacts {
	return statementFacts{
		Sid: scalar(s["Sid"]), Effect: scalar(s["Effect"]), Actions: c.texts(s["Action"]), NotActions: c.texts(s["NotAction"]),
		Resources: c.texts(s["Resource"]), NotResource: c.texts(s["NotResource"]), Condition: c.jsonValue(s["Condition"]),
	}
}

func (c *cfnTemplate) rule(id string, p map[string]any) {
	target := object(items(p["Targets"])[0])
	transformer := object(target["InputTransformer"])
	function, mapping := c.mapping(target)
	r := ruleFacts{
		Name: c.text(p["Name"]), Description: c.text(p["Description"]), State: c.text(p["State"]), Bus: c.text(p["EventBusName"]),
		Pattern: c.jsonValue(p["EventPattern"]), Schedule: c.text(p["ScheduleExpression"]), Function: c.calls(function), Mapping: mapping,
		Input: c.text(target["Input"]), InputPath: c.text(target["InputPath"]), Template: c.text(transformer["InputTemplate"]),
		Attempts: scalar(object(target["RetryPolicy"])["MaximumRetryAttempts"]), MaxAge: scalar(object(target["RetryPolicy"])["MaximumEventAgeInSeconds"]),
		DLQ: c.text(object(target["DeadLetterConfig"])["Arn"]), Tags: c.tags(p["Tags"]), Paths: map[string]string{},
	}
	for name, path := range object(transformer["InputPathsMap"]) {
		r.Paths[name] = c.text(path)
	}
	r.Paths = orNil(r.Paths)
	if mapping != nil {
		r.Queue, r.Group = c.text(target["Arn"]), scalar(object(target["SqsParameters"])["MessageGroupId"])
	}
	for other := range c.resources {
		typ, permission := c.resource(other)
		if typ != "AWS::Lambda::Permission" || permission["Principal"] != "events.amazonaws.com" ||
			permission["Action"] != "lambda:InvokeFunction" || c.calls(permission["FunctionName"]) != r.Function {
			continue
		}
		if source := c.text(permission["SourceArn"]); reference(permission["SourceArn"]) == id {
			r.Granted += source
		} else if glob(source, ruleARN(r.Bus, r.Name)) && !glob(source, ruleARN("elsewhere", r.Name)) {
			r.Granted += c.names[id]
			r.Name = ""
		}
	}
	c.facts.Rules[target["Id"].(string)] = r
}

// calls returns the handler of the function that a value refers to, or the ARN of a function
// that exists.
func (c *cfnTemplate) calls(v any) string {
	typ, f := c.resource(reference(v))
	if strings.HasSuffix(typ, "::Function") {
		return handlerIn(f)
	}
	return c.text(v)
}

// mapping returns what refers to the function that gets a target's events, and the mapping to
// the function if the target is a queue.
func (c *cfnTemplate) mapping(target map[string]any) (function any, m *mappingFacts) {
	for id := range c.resources {
		if typ, p := c.resource(id); typ == "AWS::Lambda::EventSourceMapping" && c.text(p["EventSourceArn"]) == c.text(target["Arn"]) {
			if m != nil {
				c.t.Errorf("the queue %s has two mappings", c.text(target["Arn"]))
			}
			function, m = p["FunctionName"], &mappingFacts{
				Batch: scalar(p["BatchSize"]), Window: scalar(p["MaximumBatchingWindowInSeconds"]),
				Concurrency: scalar(object(p["ScalingConfig"])["MaximumConcurrency"]), Responses: strings.Join(c.texts(p["FunctionResponseTypes"]), ","),
			}
		}
	}
	if m == nil {
		function = target["Arn"]
	}
	return function, m
}

// keeps reports whether AWS keeps a resource that is removed from the stack or replaced. A
// rollback of its creation deletes it.
func (c *cfnTemplate) keeps(id string) bool {
	r := object(c.resources[id])
	return r["DeletionPolicy"] == "RetainExceptOnCreate" && r["UpdateReplacePolicy"] == "Retain"
}

// arnOfRule returns the ARN of the rule with a logical id.
func (c *cfnTemplate) arnOfRule(id string) string {
	typ, p := c.resource(id)
	if typ != "AWS::Events::Rule" {
		c.t.Fatalf("%s is not a rule", id)
	}
	return ruleARN(c.text(p["EventBusName"]), c.text(p["Name"]))
}

// ruleARN returns the ARN of a rule. The bus is a name or an ARN.
func ruleARN(bus, name string) string {
	if i := strings.LastIndex(bus, ":event-bus/"); i >= 0 {
		bus = bus[i+len(":event-bus/"):]
	}
	if bus != "" && bus != "default" {
		name = bus + "/" + name
	}
	return "arn:⟦AWS::Partition⟧:events:⟦AWS::Region⟧:⟦AWS::AccountId⟧:rule/" + name
}

// glob reports whether a pattern with * matches a part of an ARN, as ArnLike does.
func glob(pattern, s string) bool {
	start, _, isPattern := strings.Cut(pattern, "*")
	if !isPattern || !strings.HasPrefix(s, start) { // compiling takes longer
		return false
	}
	expression := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*")
	return regexp.MustCompile("^(?s:" + expression + ")$").MatchString(s)
}

func (c *cfnTemplate) queue(id string, p map[string]any) {
	redrive := object(p["RedrivePolicy"])
	q := queueFacts{
		Retention: scalar(p["MessageRetentionPeriod"]), Visibility: scalar(p["VisibilityTimeout"]),
		Key: c.text(p["KmsMasterKeyId"]), Dead: c.text(redrive["deadLetterTargetArn"]), Receives: scalar(redrive["maxReceiveCount"]), Keep: c.keeps(id),
	}
	for other := range c.resources {
		typ, policy := c.resource(other)
		if typ != "AWS::SQS::QueuePolicy" || reference(items(policy["Queues"])[0]) != id {
			continue
		}
		for _, item := range items(object(policy["PolicyDocument"])["Statement"]) {
			s := object(item)
			if s["Effect"] == "Allow" && s["Action"] == "sqs:SendMessage" && object(s["Principal"])["Service"] == "events.amazonaws.com" && reference(s["Resource"]) == id {
				q.Sender += c.text(object(object(s["Condition"])["ArnEquals"])["aws:SourceArn"])
			}
		}
	}
	name := strings.TrimSuffix(strings.TrimPrefix(c.names[id], "‹queue: "), "›")
	c.facts.Queues[name] = q
}

// readJSON decodes JSON. Numbers are json.Number.
func readJSON(t testing.TB, data []byte) map[string]any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var m map[string]any
	if err := d.Decode(&m); err != nil {
		t.Fatal(err)
	}
	return m
}
