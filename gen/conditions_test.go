package gen_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/model"
)

// TestConditions generates the files of packages with conditions. For all values of the
// conditions' parameters, it evaluates the conditions in each file as the deployment tool does.
// What is left must be what the model says without the rules and functions that don't exist,
// and must refer to nothing else.
func TestConditions(t *testing.T) {
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run(string(layout), func(t *testing.T) {
			checkConditions(t, "crowded", gen.WithConditions(gen.CrowdedPackage(layout), 1))
			for seed := range gen.Seeds(6) {
				checkConditions(t, fmt.Sprint("full ", seed), gen.WithConditions(gen.FullPackage(layout), seed))
				checkConditions(t, fmt.Sprint("seed ", seed), gen.WithConditions(gen.RandomPackage(seed, layout), seed))
			}
		})
	}
}

// checkConditions checks all files of a package.
func checkConditions(t *testing.T, name string, p *model.Package) {
	t.Helper()
	files, err := gen.Generate(p, gen.Options{Formats: gen.Formats()})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, environ := range gen.ConditionValues["Environ"] {
		for _, place := range gen.ConditionValues["Place"] {
			values := map[string]string{"Environ": environ, "Place": place}
			want := ofExisting(modelFacts(t, existing(p, values)))
			for _, f := range files[1:] {
				if got := ofExisting(factsWith(t, f, values)); !reflect.DeepEqual(want, got) {
					t.Fatalf("%s: with %v, %s does not say what the model says (-model +file):\n%s", name, values, f.Name, cmp.Diff(want, got))
				}
			}
		}
	}
}

// ofExisting removes the facts that may be about more than what exists: parameters, and the
// groups that the role of schedules trusts. It joins and sorts statements, whose order and
// number have no meaning.
func ofExisting(f *facts) *facts {
	f.Parameters, f.Declared = nil, nil
	for id, r := range f.Rules {
		// The grants of rules with different conditions cover each other's rules.
		if mark := "‹rule " + id + "›"; r.Granted != "" && strings.ReplaceAll(r.Granted, mark, "") == "" {
			r.Granted = mark
		}
		f.Rules[id] = r
	}
	for id, s := range f.Schedules {
		s.Trust = ""
		f.Schedules[id] = s
	}
	for handler, function := range f.Functions {
		function.Statements = joined(function.Statements)
		f.Functions[handler] = function
	}
	return f
}

// joined returns sorted statements. The statements that allow reading queues are one.
func joined(statements []statementFacts) []statementFacts {
	var out []statementFacts
	var receive *statementFacts
	for _, s := range statements {
		if !slices.Contains(s.Actions, "sqs:ReceiveMessage") {
			out = append(out, s)
			continue
		}
		if receive != nil {
			s.Resources = slices.Concat(receive.Resources, s.Resources)
		}
		s.Resources = slices.Sorted(slices.Values(s.Resources))
		receive = &s
	}
	if receive != nil {
		out = append(out, *receive)
	}
	slices.SortFunc(out, func(a, b statementFacts) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return out
}

// checkTemplate checks a CloudFormation template that a tool made of a file. Own removes what
// the tool added.
func checkTemplate(t *testing.T, p *model.Package, template map[string]any, own func(map[string]any) map[string]any) {
	t.Helper()
	for _, environ := range gen.ConditionValues["Environ"] {
		for _, place := range gen.ConditionValues["Place"] {
			values := map[string]string{"Environ": environ, "Place": place}
			want, got := ofExisting(modelFacts(t, existing(p, values))), ofExisting(cloudFormationFacts(t, own(deployedTemplate(t, template, values))))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("with %v, the template differs from the model (-model +template):\n%s", values, diff)
			}
		}
	}
}

// factsWith reads a file with values for the parameters of conditions.
func factsWith(t *testing.T, f gen.File, values map[string]string) *facts {
	t.Helper()
	switch f.Name {
	case "jobs.tf":
		return terraformFactsWith(t, f.Data, values)
	case "jobs.rules.json":
		return jsonFactsOf(t, deployedDocument(t, readJSON(t, f.Data), values))
	case "jobs.serverless.yml":
		return cloudFormationFacts(t, deployedTemplate(t, serverlessTemplate(t, f.Data), values))
	case "jobs.cfn.yaml":
		return cloudFormationFacts(t, deployedTemplate(t, readYAML(t, f.Data), values), "CodeS3Bucket", "CodeS3Key")
	}
	return cloudFormationFacts(t, deployedTemplate(t, readYAML(t, f.Data), values))
}

// holds reports whether a condition of the model holds.
func holds(w model.When, values map[string]string) bool {
	for _, term := range w {
		if slices.Contains(term.Values, values[term.Param]) == term.Not {
			return false
		}
	}
	return true
}

// existing returns a package without the functions and rules whose conditions don't hold. The
// functions have the variables of all their rules.
func existing(p *model.Package, values map[string]string) *model.Package {
	out := *p
	out.Receivers = nil
	for _, r := range p.Receivers {
		receiver := *r
		receiver.Jobs = nil
		for _, j := range r.Jobs {
			job := *j
			job.Receiver, job.Rules = &receiver, nil
			exists := holds(j.Function.When, values)
			if !exists && p.Layout == model.PerMethod {
				continue
			}
			if !exists {
				job.Own.Policies = nil
			}
			for _, rule := range j.Rules {
				rule := *rule
				if rule.Job = &job; exists && holds(rule.When, values) {
					job.Rules = append(job.Rules, &rule)
				}
				for _, name := range rule.Matcher().Params() {
					variable := []model.EnvVar{{Name: name, Value: model.Text{{Param: name}}}}
					job.Function = model.Function{Environment: variable}.Over(job.Function)
					receiver.Function = model.Function{Environment: variable}.Over(receiver.Function)
				}
			}
			receiver.Jobs = append(receiver.Jobs, &job)
		}
		if !slices.ContainsFunc(r.Jobs, func(j *model.Job) bool { return holds(j.Function.When, values) }) {
			receiver.Function.Policies = nil
		}
		out.Receivers = append(out.Receivers, &receiver)
	}
	for _, j := range out.Jobs() {
		j.Function.When = nil
		for _, r := range j.Rules {
			r.When = nil
		}
	}
	return &out
}

// deployedTemplate returns a template with what CloudFormation makes of it: it evaluates the
// conditions, and drops the resources and outputs whose conditions are false. It fails if
// something refers to a resource that is dropped.
func deployedTemplate(t *testing.T, template map[string]any, values map[string]string) map[string]any {
	t.Helper()
	conditions := map[string]bool{}
	for name, formula := range object(template["Conditions"]) {
		conditions[name] = evaluate(t, formula, values)
	}
	holds := func(name any) bool {
		if name == nil {
			return true
		}
		value, ok := conditions[name.(string)]
		if !ok {
			t.Fatalf("there is no condition %s", name)
		}
		return value
	}
	out := map[string]any{"Parameters": template["Parameters"]}
	for _, section := range []string{"Resources", "Outputs"} {
		kept := map[string]any{}
		for id, r := range object(template[section]) {
			if holds(object(r)["Condition"]) {
				kept[id] = withoutIf(r, holds)
			}
		}
		out[section] = kept
	}
	checkReferences(t, out, out)
	return out
}

// evaluate evaluates a formula of CloudFormation's condition functions.
func evaluate(t *testing.T, formula any, values map[string]string) bool {
	t.Helper()
	for function, v := range object(formula) {
		operands := items(v)
		switch function {
		case "Fn::Equals":
			return values[reference(operands[0])] == operands[1]
		case "Fn::Not":
			if len(operands) == 1 {
				return !evaluate(t, operands[0], values)
			}
		case "Fn::And", "Fn::Or":
			if len(operands) < 2 || len(operands) > 10 {
				t.Errorf("%s has %d operands", function, len(operands))
			}
			stop := function == "Fn::Or"
			for _, o := range operands {
				if evaluate(t, o, values) == stop {
					return stop
				}
			}
			return !stop
		}
	}
	t.Fatalf("not a condition: %v", formula)
	return false
}

// withoutIf evaluates each Fn::If. An item of a list that is AWS::NoValue is removed.
func withoutIf(v any, holds func(any) bool) any {
	switch v := v.(type) {
	case map[string]any:
		if choice := items(v["Fn::If"]); choice != nil {
			if holds(choice[0]) {
				return withoutIf(choice[1], holds)
			}
			return withoutIf(choice[2], holds)
		}
		out := map[string]any{}
		for k, item := range v {
			out[k] = withoutIf(item, holds)
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			if item = withoutIf(item, holds); reference(item) != "AWS::NoValue" {
				out = append(out, item)
			}
		}
		return out
	}
	return v
}

// checkReferences checks that each Ref and GetAtt in v names a resource or a parameter of the
// template.
func checkReferences(t *testing.T, template map[string]any, v any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		id := reference(v)
		if id != "" && len(v) == 1 && !strings.HasPrefix(id, "AWS::") && object(template["Resources"])[id] == nil && object(template["Parameters"])[id] == nil &&
			id != "CodeS3Bucket" && id != "CodeS3Key" {
			t.Errorf("a resource or output refers to %s, which does not exist", id)
		}
		for _, item := range v {
			checkReferences(t, template, item)
		}
	case []any:
		for _, item := range v {
			checkReferences(t, template, item)
		}
	}
}

// deployedDocument returns a document with the parts whose conditions hold.
func deployedDocument(t *testing.T, m map[string]any, values map[string]string) map[string]any {
	t.Helper()
	conditions := map[string]bool{"": true}
	for _, item := range items(m["conditions"]) {
		c := object(item)
		conditions[c["name"].(string)] = slices.ContainsFunc(items(c["anyOf"]), func(terms any) bool {
			return !slices.ContainsFunc(items(terms), func(term any) bool { return !termHolds(object(term), values) })
		})
	}
	holds := func(v any, field string) bool {
		value, ok := conditions[scalar(object(v)[field])]
		if !ok {
			t.Fatalf("there is no condition %s", object(v)[field])
		}
		return value
	}
	moveMappings(m, holds)
	for _, key := range []string{"functions", "rules", "schedules", "queues"} {
		m[key] = slices.DeleteFunc(items(m[key]), func(v any) bool { return !holds(v, "condition") })
	}
	for _, item := range slices.Concat(items(m["functions"]), items(m["existingFunctions"])) {
		f := object(item)
		addPolicies(f["rolePolicy"], f["conditionalPolicies"], holds)
		f["sharedGrants"] = slices.DeleteFunc(items(f["sharedGrants"]), func(v any) bool { return !holds(v, "condition") })
		if role := object(f["schedulerRole"]); role != nil {
			addPolicies(role["policy"], role["conditionalPolicies"], holds)
		}
	}
	return m
}

func termHolds(term map[string]any, values map[string]string) bool {
	value := any(values[term["parameter"].(string)])
	if in := items(term["in"]); in != nil {
		return slices.Contains(in, value)
	}
	return !slices.Contains(items(term["notIn"]), value)
}

// addPolicies adds the statements whose conditions hold to a policy.
func addPolicies(policy, conditional any, holds func(v any, field string) bool) {
	if policy == nil {
		return
	}
	for _, c := range items(conditional) {
		if holds(c, "condition") {
			statements := items(object(object(c)["policy"])["Statement"])
			object(policy)["Statement"] = append(items(object(policy)["Statement"]), statements...)
		}
	}
}

// moveMappings moves the mapping of a rule that doesn't exist to another rule of the queue.
func moveMappings(m map[string]any, holds func(v any, field string) bool) {
	queue := func(r map[string]any) any { return object(items(object(r["putTargets"])["Targets"])[0])["Arn"] }
	for _, item := range items(m["rules"]) {
		r := object(item)
		mapping := r["createEventSourceMapping"]
		if mapping == nil || !holds(r, "mappingCondition") {
			continue
		}
		for _, other := range items(m["rules"]) {
			if o := object(other); holds(o, "condition") && o["function"] == r["function"] && queue(o) == queue(r) {
				delete(r, "createEventSourceMapping")
				o["createEventSourceMapping"] = mapping
				break
			}
		}
	}
}
