package gen_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// terraformFile reads facts from a Terraform file. It evaluates the file as Terraform
// does. A value that is only known after apply is ‹type.label.attribute›.
type terraformFile struct {
	t         testing.TB
	context   *hcl.EvalContext
	resources map[string]map[string]map[string]any // attributes and blocks by type and label
	marks     map[string]string                    // marks in facts by the value after apply
	facts     *facts
}

func terraformFacts(t testing.TB, data []byte) *facts { return terraformFactsWith(t, data, nil) }

// terraformFactsWith reads a file in which some variables have values. They decide which
// resources there are.
func terraformFactsWith(t testing.TB, data []byte, values map[string]string) *facts {
	file, diags := hclsyntax.ParseConfig(data, "jobs.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%v in\n%s", diags, lines(data, diags))
	}
	blocks := file.Body.(*hclsyntax.Body).Blocks
	f := &terraformFile{t: t, facts: newFacts(), resources: map[string]map[string]map[string]any{}, marks: map[string]string{}}
	f.newContext(blocks, values)
	for _, b := range blocks {
		switch {
		case b.Type == "resource" && f.count(b) > 0:
			f.resources[b.Labels[0]][b.Labels[1]] = f.body(b.Body)
			if b.Labels[0] == tfMappingType {
				checkMapping(t, b.Body, f.context)
			}
		case b.Type == "output":
			f.body(b.Body)
		}
	}
	f.name()
	for _, m := range f.resources["aws_lambda_function"] {
		f.function(m)
	}
	for label := range f.resources["aws_cloudwatch_event_rule"] {
		f.rule(label)
	}
	for label := range f.resources["aws_scheduler_schedule"] {
		f.schedule(label)
	}
	for label := range f.resources["aws_sqs_queue"] {
		f.queue(label)
	}
	return f.facts.finish()
}

func (f *terraformFile) newContext(blocks hclsyntax.Blocks, values map[string]string) {
	f.context = &hcl.EvalContext{Functions: terraformFunctions, Variables: map[string]cty.Value{"data": dataSources}}
	variables := map[string]cty.Value{}
	types := map[string]map[string]cty.Value{}
	for _, b := range blocks {
		switch b.Type {
		case "variable":
			name := b.Labels[0]
			variables[name] = cty.StringVal(paramMark(name))
			if isTerraformList(b.Body) {
				variables[name] = cty.ListVal([]cty.Value{cty.StringVal(paramMark(name))})
			}
			if value, ok := values[name]; ok {
				variables[name] = cty.StringVal(value)
			}
			f.context.Variables["var"] = cty.ObjectVal(variables)
			if name != "code_zip" && name != "image_uri" && name != "name_prefix" {
				name = strings.ReplaceAll(name, "_", "")
				if sensitive := b.Body.Attributes["sensitive"]; sensitive != nil {
					if v, _ := sensitive.Expr.Value(nil); v.RawEquals(cty.True) {
						name = hidden(name)
					}
				}
				f.facts.Parameters = append(f.facts.Parameters, name)
				f.declared(name, b.Body)
			}
		case "resource":
			typ, label := b.Labels[0], b.Labels[1]
			if types[typ] == nil {
				types[typ], f.resources[typ] = map[string]cty.Value{}, map[string]map[string]any{}
			}
			attributes := map[string]cty.Value{}
			for _, name := range []string{"arn", "id", "name", "url", "function_name", "event_bus_name"} {
				attributes[name] = cty.StringVal("‹" + typ + "." + label + "." + name + "›")
			}
			switch types[typ][label] = cty.ObjectVal(attributes); {
			case f.count(b) == 0:
				types[typ][label] = cty.EmptyTupleVal
			case b.Body.Attributes["count"] != nil:
				types[typ][label] = cty.TupleVal([]cty.Value{cty.ObjectVal(attributes)})
			}
		}
	}
	for typ, labels := range types {
		f.context.Variables[typ] = cty.ObjectVal(labels)
	}
}

// count returns the number of a resource's instances.
func (f *terraformFile) count(b *hclsyntax.Block) int {
	count := b.Body.Attributes["count"]
	if count == nil {
		return 1
	}
	v, diags := count.Expr.Value(f.context)
	if diags.HasErrors() {
		f.t.Fatal(diags)
	}
	n, _ := v.AsBigFloat().Int64()
	return int(n)
}

// terraformFunctions are the functions that the file uses.
var terraformFunctions = map[string]function.Function{
	"jsonencode": stdlib.JSONEncodeFunc, "filebase64sha256": stdlib.UpperFunc, "trimsuffix": beforeName,
	"concat": stdlib.ConcatFunc, "contains": stdlib.ContainsFunc, "one": oneOrNull, "join": stdlib.JoinFunc,
}

// oneOrNull is Terraform's one, for a tuple.
var oneOrNull = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
	Type: func(args []cty.Value) (cty.Type, error) {
		if args[0].LengthInt() > 0 {
			return args[0].Index(cty.Zero).Type(), nil
		}
		return cty.DynamicPseudoType, nil
	},
	Impl: func(args []cty.Value, result cty.Type) (cty.Value, error) {
		if args[0].LengthInt() > 0 {
			return args[0].Index(cty.Zero), nil
		}
		return cty.NullVal(result), nil
	},
})

// declared reads the default of a variable and the values that its validation allows.
func (f *terraformFile) declared(name string, body *hclsyntax.Body) {
	list := isTerraformList(body)
	var value string
	attribute, hasDefault := body.Attributes["default"]
	if hasDefault {
		v, _ := attribute.Expr.Value(nil)
		if list {
			value = strings.Join(stringsOf(v), ",")
		} else {
			value = v.AsString()
		}
	}
	var allowed []string
	for _, b := range body.Blocks {
		f.try(body, b.Body.Attributes["condition"].Expr)
		_ = hclsyntax.VisitAll(b.Body.Attributes["condition"].Expr, func(n hclsyntax.Node) hcl.Diagnostics {
			if call, ok := n.(*hclsyntax.FunctionCallExpr); ok && call.Name == "contains" {
				values, _ := call.Args[0].Value(nil)
				allowed = stringsOf(values)
			}
			return nil
		})
	}
	if list && len(body.Blocks) != 1 {
		f.t.Errorf("the list %s has no validation", name)
	}
	f.facts.declare(name, value, hasDefault, allowed, list)
}

// try evaluates the condition of a variable with its default.
func (f *terraformFile) try(body *hclsyntax.Body, condition hclsyntax.Expression) {
	attribute, hasDefault := body.Attributes["default"]
	if !hasDefault {
		return
	}
	value, _ := attribute.Expr.Value(nil)
	names := condition.Variables()
	variable := cty.ObjectVal(map[string]cty.Value{names[0][1].(hcl.TraverseAttr).Name: value})
	got, diags := condition.Value(&hcl.EvalContext{Variables: map[string]cty.Value{"var": variable}, Functions: map[string]function.Function{
		"contains": stdlib.ContainsFunc, "length": stdlib.LengthFunc, "alltrue": allTrue, "strcontains": contains,
	}})
	if diags.HasErrors() || got.False() {
		f.t.Logf("the default %#v doesn't meet the condition: %v", value, diags)
	}
	if diags.HasErrors() {
		f.t.Error(diags)
	}
}

// allTrue and contains are Terraform's functions alltrue and strcontains.
var (
	allTrue = function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}}, Type: function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			for _, v := range args[0].AsValueSlice() {
				if v.False() {
					return cty.False, nil
				}
			}
			return cty.True, nil
		},
	})
	contains = function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "part", Type: cty.String}}, Type: function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(strings.Contains(args[0].AsString(), args[1].AsString())), nil
		},
	})
)

func stringsOf(v cty.Value) []string {
	var out []string
	for _, item := range v.AsValueSlice() {
		out = append(out, item.AsString())
	}
	return out
}

// isTerraformList reports whether a variable is a list of strings.
func isTerraformList(body *hclsyntax.Body) bool {
	_, isCall := body.Attributes["type"].Expr.(*hclsyntax.FunctionCallExpr)
	return isCall
}

// dataSources are the values of the file's data sources.
var dataSources = cty.ObjectVal(map[string]cty.Value{
	"aws_caller_identity": cty.ObjectVal(map[string]cty.Value{"jobs": cty.ObjectVal(map[string]cty.Value{"account_id": cty.StringVal("⟦account⟧")})}),
	"aws_region":          cty.ObjectVal(map[string]cty.Value{"jobs": cty.ObjectVal(map[string]cty.Value{"id": cty.StringVal("⟦region⟧")})}),
	"aws_partition":       cty.ObjectVal(map[string]cty.Value{"jobs": cty.ObjectVal(map[string]cty.Value{"partition": cty.StringVal("⟦partition⟧")})}),
})

// beforeName is Terraform's trimsuffix for a rule's ARN and name.
var beforeName = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "arn", Type: cty.String}, {Name: "name", Type: cty.String}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		rule, ok := strings.CutSuffix(args[0].AsString(), ".arn›")
		if !ok || args[1].AsString() != rule+".name›" {
			return cty.NilVal, fmt.Errorf("%s does not end in %s", args[0].AsString(), args[1].AsString())
		}
		return cty.StringVal(rule + ".before name›"), nil
	},
})

// body evaluates attributes and blocks. A block is an object.
func (f *terraformFile) body(body *hclsyntax.Body) map[string]any {
	out := map[string]any{}
	for name, attribute := range body.Attributes {
		if name == "depends_on" || name == "count" {
			continue
		}
		value, diags := attribute.Expr.Value(f.context)
		if diags.HasErrors() {
			f.t.Fatal(diags)
		}
		data, err := ctyjson.Marshal(value, value.Type())
		if err != nil {
			f.t.Fatal(err)
		}
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil {
			f.t.Fatal(err)
		}
		out[name] = v
	}
	for _, b := range body.Blocks {
		out[b.Type] = f.body(b.Body)
	}
	return out
}

// handlerName returns the handler of a function. It is the command of an image.
func handlerName(m map[string]any) string {
	if command := items(object(m["image_config"])["command"]); command != nil {
		return command[0].(string)
	}
	return m["handler"].(string)
}

func (f *terraformFile) name() {
	for label, m := range f.resources["aws_lambda_function"] {
		group := object(m["logging_config"])["log_group"].(string)
		f.marks[strings.Replace(group, ".name›", ".arn›:*", 1)] = "‹log group of " + handlerName(m) + "›"
		if a := f.resources["aws_lambda_function_event_invoke_config"][label]; a != nil {
			if queue := scalar(object(object(a["destination_config"])["on_failure"])["destination"]); strings.HasPrefix(queue, "‹") {
				f.marks[queue] = "‹queue: failures of " + handlerName(m) + "›"
			}
		}
	}
	for label, m := range f.resources["aws_lambda_function"] {
		f.marks["‹aws_lambda_function."+label+".arn›"] = "‹function " + handlerName(m) + "›"
	}
	for label, m := range f.resources["aws_scheduler_schedule"] {
		if queue := scalar(object(object(m["target"])["dead_letter_config"])["arn"]); strings.HasPrefix(queue, "‹") {
			f.marks[queue] = "‹queue: undelivered of " + label + "›"
		}
	}
	for label := range f.resources["aws_cloudwatch_event_rule"] {
		target := f.target(label)
		f.marks["‹aws_cloudwatch_event_rule."+label+".arn›"] = "‹rule " + scalar(target["target_id"]) + "›"
		if queue := scalar(object(target["dead_letter_config"])["arn"]); strings.HasPrefix(queue, "‹") {
			f.marks[queue] = "‹queue: undelivered of " + scalar(target["target_id"]) + "›"
		}
		for queue, m := range f.resources["aws_sqs_queue"] {
			if arn := "‹aws_sqs_queue." + queue + ".arn›"; target["arn"] == arn {
				f.marks[arn] = "‹queue: events of " + scalar(target["target_id"]) + "›"
				policy := readJSON(f.t, []byte(scalar(m["redrive_policy"])))
				f.marks[scalar(policy["deadLetterTargetArn"])] = "‹queue: given up of " + scalar(target["target_id"]) + "›"
			}
		}
	}
}

// target returns the only target of a rule.
func (f *terraformFile) target(rule string) map[string]any {
	for _, m := range f.resources["aws_cloudwatch_event_target"] {
		if m["rule"] == "‹aws_cloudwatch_event_rule."+rule+".name›" && m["event_bus_name"] == "‹aws_cloudwatch_event_rule."+rule+".event_bus_name›" {
			return m
		}
	}
	f.t.Fatalf("rule %s has no target", rule)
	return nil
}

func (f *terraformFile) text(v any) string {
	s := scalar(v)
	if mark, ok := f.marks[s]; ok {
		return mark
	}
	return s
}

func (f *terraformFile) texts(v any) []string {
	var out []string
	for _, item := range items(v) {
		out = append(out, f.text(item))
	}
	return out
}

func (f *terraformFile) textMap(v any) map[string]string {
	out := map[string]string{}
	for k, item := range object(v) {
		out[k] = f.text(item)
	}
	return orNil(out)
}

// statements returns the statements of a policy, which is JSON text.
func (f *terraformFile) statements(policy any) []map[string]any {
	var out []map[string]any
	for _, s := range items(readJSON(f.t, []byte(policy.(string)))["Statement"]) {
		out = append(out, object(s))
	}
	return out
}

func (f *terraformFile) function(m map[string]any) {
	handler := handlerName(m)
	facts := functionFacts{
		Description: scalar(m["description"]), Runtime: scalar(m["runtime"]), Architecture: scalar(items(m["architectures"])[0]),
		Tracing: scalar(object(m["tracing_config"])["mode"]), Memory: scalar(m["memory_size"]), Timeout: scalar(m["timeout"]),
		EphemeralStorage: scalar(object(m["ephemeral_storage"])["size"]), Concurrency: scalar(m["reserved_concurrent_executions"]),
		Layers: f.texts(m["layers"]), Subnets: f.texts(object(m["vpc_config"])["subnet_ids"]), SecurityGroups: f.texts(object(m["vpc_config"])["security_group_ids"]),
		Environment: f.textMap(object(m["environment"])["variables"]), Tags: f.textMap(m["tags"]),
	}
	logging := object(m["logging_config"])
	for label, group := range f.resources["aws_cloudwatch_log_group"] {
		if logging["log_group"] == "‹aws_cloudwatch_log_group."+label+".name›" {
			facts.Retention, facts.OwnLogGroup = scalar(group["retention_in_days"]), logging["log_format"] != nil
			facts.Outside = f.outside(m, group)
			facts.LogKeep = group["skip_destroy"] == true
		}
	}
	for _, policy := range f.resources["aws_iam_role_policy"] {
		if strings.Replace(policy["role"].(string), ".id›", ".arn›", 1) != m["role"] {
			continue
		}
		for _, s := range f.statements(policy["policy"]) {
			facts.Statements = append(facts.Statements, statementFacts{
				Sid: scalar(s["Sid"]), Effect: scalar(s["Effect"]), Actions: f.texts(s["Action"]), NotActions: f.texts(s["NotAction"]),
				Resources: f.texts(s["Resource"]), NotResource: f.texts(s["NotResource"]), Condition: canonical(s["Condition"]),
			})
		}
	}
	for label, a := range f.resources["aws_lambda_function_event_invoke_config"] {
		if handlerName(f.resources["aws_lambda_function"][label]) == handler && a["function_name"] == "‹aws_lambda_function."+label+".function_name›" {
			facts.Async = &asyncFacts{
				Retries: scalar(a["maximum_retry_attempts"]), MaxAge: scalar(a["maximum_event_age_in_seconds"]),
				OnFailure: f.text(object(object(a["destination_config"])["on_failure"])["destination"]),
			}
		}
	}
	f.facts.Functions[handler] = facts
}

func (f *terraformFile) rule(label string) {
	m, target := f.resources["aws_cloudwatch_event_rule"][label], f.target(label)
	transformer, retry := object(target["input_transformer"]), object(target["retry_policy"])
	function, mapping := f.mapping(target)
	r := ruleFacts{
		Name: scalar(m["name"]), Description: scalar(m["description"]), State: scalar(m["state"]), Bus: scalar(m["event_bus_name"]),
		Schedule: scalar(m["schedule_expression"]), Mapping: mapping, Tags: f.textMap(m["tags"]), DLQ: f.text(object(target["dead_letter_config"])["arn"]),
		Input: scalar(target["input"]), InputPath: scalar(target["input_path"]), Template: scalar(transformer["input_template"]),
		Paths: f.textMap(transformer["input_paths"]), Attempts: scalar(retry["maximum_retry_attempts"]), MaxAge: scalar(retry["maximum_event_age_in_seconds"]),
	}
	if pattern, ok := m["event_pattern"].(string); ok {
		r.Pattern = canonicalJSON(f.t, pattern)
	}
	if mapping != nil {
		r.Queue, r.Group = f.text(target["arn"]), scalar(object(target["sqs_target"])["message_group_id"])
	}
	r.Function = f.calls(function)
	for _, p := range f.resources["aws_lambda_permission"] {
		if p["source_arn"] == "‹aws_cloudwatch_event_rule."+label+".arn›" && p["action"] == "lambda:InvokeFunction" && p["principal"] == "events.amazonaws.com" &&
			qualified(p) == strings.Replace(function, ".arn›", ".function_name›", 1) {
			r.Granted += f.text(p["source_arn"])
		}
		shared, ok := strings.CutSuffix(p["source_arn"].(string), ".before name›"+paramMark("name_prefix")+"-*")
		if ok && strings.HasPrefix(r.Name, paramMark("name_prefix")+"-") {
			other := f.resources["aws_cloudwatch_event_rule"][strings.TrimPrefix(shared, "‹aws_cloudwatch_event_rule.")]
			if other != nil && other["event_bus_name"] == m["event_bus_name"] {
				r.Granted += "‹rule " + scalar(target["target_id"]) + "›"
			}
		}
	}
	if strings.HasPrefix(r.Name, paramMark("name_prefix")+"-") {
		r.Name = ""
	}
	f.facts.Rules[scalar(target["target_id"])] = r
}

// calls returns the handler of the function with an ARN, or the ARN of a function that exists.
func (f *terraformFile) calls(arn string) string {
	for label, m := range f.resources["aws_lambda_function"] {
		if arn == "‹aws_lambda_function."+label+".arn›" {
			return handlerName(m)
		}
	}
	return arn
}

// qualified returns what a permission is for.
func qualified(permission map[string]any) string {
	if q, ok := permission["qualifier"]; ok {
		return scalar(permission["function_name"]) + ":" + scalar(q)
	}
	return scalar(permission["function_name"])
}

// mapping returns the ARN of the function that gets a target's events, and the mapping to
// it if the target is a queue.
func (f *terraformFile) mapping(target map[string]any) (function string, m *mappingFacts) {
	function = target["arn"].(string)
	for _, p := range f.resources["aws_lambda_event_source_mapping"] {
		if p["event_source_arn"] != target["arn"] {
			continue
		}
		if m != nil {
			f.t.Errorf("the queue %s has two mappings", target["arn"])
		}
		function, m = p["function_name"].(string), &mappingFacts{
			Batch: scalar(p["batch_size"]), Window: scalar(p["maximum_batching_window_in_seconds"]),
			Concurrency: scalar(object(p["scaling_config"])["maximum_concurrency"]), Responses: strings.Join(f.texts(p["function_response_types"]), ","),
		}
	}
	return function, m
}

func (f *terraformFile) queue(label string) {
	arn := "‹aws_sqs_queue." + label + ".arn›"
	// Terraform can't express that a queue is kept.
	m := f.resources["aws_sqs_queue"][label]
	q := queueFacts{Key: f.text(m["kms_master_key_id"]), Retention: scalar(m["message_retention_seconds"]), Visibility: scalar(m["visibility_timeout_seconds"]), Keep: true}
	if redrive, ok := m["redrive_policy"].(string); ok {
		policy := readJSON(f.t, []byte(redrive))
		q.Dead, q.Receives = f.text(policy["deadLetterTargetArn"]), scalar(policy["maxReceiveCount"])
	}
	for _, p := range f.resources["aws_sqs_queue_policy"] {
		if p["queue_url"] != "‹aws_sqs_queue."+label+".url›" {
			continue
		}
		for _, s := range f.statements(p["policy"]) {
			if s["Effect"] == "Allow" && s["Action"] == "sqs:SendMessage" && s["Resource"] == arn && object(s["Principal"])["Service"] == "events.amazonaws.com" {
				q.Sender += f.text(object(object(s["Condition"])["ArnEquals"])["aws:SourceArn"])
			}
		}
	}
	f.facts.Queues[strings.TrimSuffix(strings.TrimPrefix(f.marks[arn], "‹queue: "), "›")] = q
}

// lines returns the lines with errors.
func lines(data []byte, diags hcl.Diagnostics) string {
	var b strings.Builder
	all := strings.Split(string(data), "\n")
	for _, d := range diags {
		b.WriteString(all[d.Subject.Start.Line-1] + "\n")
	}
	return b.String()
}
