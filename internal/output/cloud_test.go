package output

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stack writes a template with the given resources.
func stack(resources ...string) string { return "Resources:\n" + strings.Join(resources, "") }

func resourceText(id, kind string, properties ...string) string {
	s := "  " + id + ":\n    Type: " + kind + "\n"
	if len(properties) > 0 {
		s += "    Properties:\n"
	}
	for _, p := range properties {
		s += "      " + p + "\n"
	}
	return s
}

func ruleText(id string, properties ...string) string {
	return resourceText(id, "AWS::Events::Rule", properties...)
}

func TestCloudChanges(t *testing.T) {
	const (
		ec2  = "EventPattern: {source: [aws.ec2], detail: {state: [stopping]}}"
		ec2b = "EventPattern: {detail: {state: [stopping]}, source: [\"aws.ec2\"]} # the same"
		s3   = "EventPattern: {source: [aws.s3]}"
	)
	tests := []struct {
		about    string
		old, new string
		want     []string
	}{
		{"no templates", "a: 1\n", "a: 2\n", nil},
		{"nothing at all", "", "", nil},
		{"no resources", "Resources: {}\n", "Resources: {}\n", nil},
		{"a new stack", "", stack(ruleText("A", ec2), resourceText("Q", "AWS::SQS::Queue")), []string{
			"A (AWS::Events::Rule) is created",
			"Q (AWS::SQS::Queue) is created",
		}},
		{"no stack any more", stack(ruleText("A", ec2)), "", []string{
			"a stack that was made from it stays: delete the stack to remove its 1 resource",
		}},
		{"no stack of two any more", stack(ruleText("A", ec2), ruleText("B", ec2)), " \n", []string{
			"a stack that was made from it stays: delete the stack to remove its 2 resources",
		}},
		{"half a template before", "Resources: {A: [", stack(ruleText("A", ec2)), []string{
			"the old template cannot be read, so what the new one changes in a stack is not known",
		}},
		{"garbage before", "garbage", stack(ruleText("A", ec2)), []string{
			"the old template cannot be read, so what the new one changes in a stack is not known",
		}},
		{"comments, order and quotes", stack(ruleText("A", ec2, "State: ENABLED"), ruleText("B", s3)), stack(ruleText("B", s3), ruleText("A", "State: 'ENABLED'", ec2b)), []string{
			"no resource changes",
		}},
		{"an update", stack(ruleText("A", ec2, "State: ENABLED")), stack(ruleText("A", s3, "State: DISABLED")), []string{
			"A (AWS::Events::Rule) is updated: EventPattern, State",
		}},
		{"a property comes and one goes", stack(ruleText("A", ec2, "State: ENABLED")), stack(ruleText("A", ec2, "Description: x")), []string{
			"A (AWS::Events::Rule) is updated: Description, State",
		}},
		{"a tag is part of a value", stack(ruleText("A", "RoleArn: Role")), stack(ruleText("A", "RoleArn: !Ref Role")), []string{
			"A (AWS::Events::Rule) is updated: RoleArn",
		}},
		{"an attribute", stack(ruleText("A", ec2)), stack(ruleText("A", ec2) + "    DependsOn: B\n"), []string{
			"A (AWS::Events::Rule) is updated: DependsOn",
		}},
		{"a new name", stack(ruleText("A", ec2, "Name: a")), stack(ruleText("A", s3, "Name: b")), []string{
			"A (AWS::Events::Rule) is replaced: Name changes from a to b",
		}},
		{"a name where there was none", stack(ruleText("A", ec2)), stack(ruleText("A", ec2, "Name: b")), []string{
			"A (AWS::Events::Rule) is replaced: Name becomes b",
		}},
		{"no name where there was one", stack(ruleText("A", ec2, "Name: b")), stack(ruleText("A", ec2)), []string{
			"A (AWS::Events::Rule) is replaced: Name is no longer b",
		}},
		{"another bus under the same name", stack(ruleText("A", ec2, "Name: b")), stack(ruleText("A", ec2, "Name: b", "EventBusName: shop")), []string{
			"A (AWS::Events::Rule) is replaced: EventBusName becomes shop; CloudFormation refuses that while Name is b, so change the name in the same deployment or leave it out",
		}},
		{"an image for a function with a name", stack(resourceText("F", "AWS::Lambda::Function", "FunctionName: !Sub 'f-${Stage}'")), stack(resourceText("F", "AWS::Lambda::Function", "FunctionName: !Sub 'f-${Stage}'", "PackageType: Image")), []string{
			"F (AWS::Lambda::Function) is replaced: PackageType becomes Image; CloudFormation refuses that while FunctionName is !Sub \"f-${Stage}\", so give the function another `name` in the same deployment",
		}},
		{"an image for a function with a new name", stack(resourceText("F", "AWS::Serverless::Function", "FunctionName: f")), stack(resourceText("F", "AWS::Serverless::Function", "FunctionName: g", "PackageType: Image")), []string{
			"F (AWS::Serverless::Function) is replaced: FunctionName changes from f to g, PackageType becomes Image",
		}},
		{"an image for a function without a name", stack(resourceText("F", "AWS::Lambda::Function")), stack(resourceText("F", "AWS::Lambda::Function", "PackageType: Image")), []string{
			"F (AWS::Lambda::Function) is replaced: PackageType becomes Image",
		}},
		{"another bus", stack(ruleText("A", ec2, "EventBusName: a")), stack(ruleText("A", ec2, "EventBusName: !Ref Bus")), []string{
			"A (AWS::Events::Rule) is replaced: EventBusName changes from a to !Ref Bus",
		}},
		{"a permission", stack(resourceText("P", "AWS::Lambda::Permission", "SourceArn: !GetAtt A.Arn")), stack(resourceText("P", "AWS::Lambda::Permission", "SourceArn: !GetAtt B.Arn")), []string{
			"P (AWS::Lambda::Permission) is replaced: SourceArn changes from !GetAtt A.Arn to !GetAtt B.Arn",
		}},
		{"a long value", stack(resourceText("P", "AWS::Lambda::Permission", "SourceArn: a")), stack(resourceText("P", "AWS::Lambda::Permission", "SourceArn: "+strings.Repeat("b", 100))), []string{
			"P (AWS::Lambda::Permission) is replaced: SourceArn changes",
		}},
		{"a type that isn't known", stack(resourceText("T", "AWS::DynamoDB::Table", "TableName: a")), stack(resourceText("T", "AWS::DynamoDB::Table", "TableName: b")), []string{
			"T (AWS::DynamoDB::Table) is replaced: TableName changes from a to b",
		}},
		{"no physical name of its own", stack(resourceText("P", "AWS::SQS::QueuePolicy", "QueueName: a")), stack(resourceText("P", "AWS::SQS::QueuePolicy", "QueueName: b")), []string{
			"P (AWS::SQS::QueuePolicy) is updated: QueueName",
		}},
		{"another type", stack(resourceText("A", "AWS::SQS::Queue")), stack(resourceText("A", "AWS::SNS::Topic")), []string{
			"A (AWS::SQS::Queue) is replaced by one of type AWS::SNS::Topic: CloudFormation refuses that in one update, so deploy once without A, or give it another id",
		}},
		{"one less", stack(ruleText("A", ec2), resourceText("Q", "AWS::SQS::Queue")), stack(ruleText("A", ec2)), []string{
			"Q (AWS::SQS::Queue) is removed",
		}},
		{"one less that is kept", stack(ruleText("A", ec2), resourceText("L", "AWS::Logs::LogGroup")+"    DeletionPolicy: Retain\n"), stack(ruleText("A", ec2)), []string{
			"L (AWS::Logs::LogGroup) leaves the stack and is kept in the account (DeletionPolicy: Retain)",
		}},
		{"a rename", stack(ruleText("A", ec2), resourceText("Q", "AWS::SQS::Queue")), stack(resourceText("Q", "AWS::SQS::Queue"), ruleText("B", ec2b, "State: DISABLED")), []string{
			"B (AWS::Events::Rule) looks like a rename of A: the rule is replaced, the new one is created before the old one is removed, and an event in between runs the job of each; `//jobs:event_rule id: A` keeps the old one",
		}},
		{"a rename of a schedule", stack(ruleText("A", "ScheduleExpression: rate(1 hour)")), stack(ruleText("B", "ScheduleExpression: 'rate(1 hour)'")), []string{
			"B (AWS::Events::Rule) looks like a rename of A: the rule is replaced, the new one is created before the old one is removed, and an event in between runs the job of each; `//jobs:event_rule id: A` keeps the old one",
		}},
		{"two renames", stack(ruleText("A", ec2), ruleText("B", s3)), stack(ruleText("D", s3), ruleText("C", ec2)), []string{
			"D (AWS::Events::Rule) looks like a rename of B: the rule is replaced, the new one is created before the old one is removed, and an event in between runs the job of each; `//jobs:event_rule id: B` keeps the old one",
			"C (AWS::Events::Rule) looks like a rename of A: the rule is replaced, the new one is created before the old one is removed, and an event in between runs the job of each; `//jobs:event_rule id: A` keeps the old one",
		}},
		{"another rule", stack(ruleText("A", ec2)), stack(ruleText("B", s3)), []string{
			"B (AWS::Events::Rule) is created",
			"A (AWS::Events::Rule) is removed",
		}},
		{"two that could be renames", stack(ruleText("A", ec2), ruleText("B", ec2)), stack(ruleText("C", ec2), ruleText("D", ec2)), []string{
			"C (AWS::Events::Rule) is created",
			"D (AWS::Events::Rule) is created",
			"A (AWS::Events::Rule) is removed",
			"B (AWS::Events::Rule) is removed",
		}},
		{"a queue that has a rule's pattern", stack(resourceText("A", "AWS::SQS::Queue", ec2)), stack(ruleText("B", ec2)), []string{
			"B (AWS::Events::Rule) is created",
			"A (AWS::SQS::Queue) is removed",
		}},
		{"a new parameter", stack(ruleText("A", ec2)), "Parameters:\n  Bus:\n    Type: String\n  Stage:\n    Type: String\n    Default: dev\n" + stack(ruleText("A", ec2)), []string{
			"the parameter Bus is new and has no default: give it a value when you deploy",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, CloudChanges([]byte(tt.old), []byte(tt.new))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// calls is a rule with the functions that its targets are.
func calls(id, event string, functions ...string) string {
	var targets []string
	for _, f := range functions {
		targets = append(targets, "{DeadLetterConfig: {Arn: !GetAtt Queue.Arn}, Arn: !GetAtt "+f+".Arn}")
	}
	return ruleText(id, "EventPattern: {source: ["+event+"]}", "Targets: ["+strings.Join(targets, ", ")+"]")
}

// function is a function with what belongs to it.
func function(stem string, queueKept bool) string {
	s := resourceText(stem+"LogGroup", "AWS::Logs::LogGroup") + resourceText(stem+"Role", "AWS::IAM::Role") +
		resourceText(stem+"Function", "AWS::Lambda::Function") + resourceText(stem+"FailureQueue", "AWS::SQS::Queue")
	if queueKept {
		s += "    DeletionPolicy: RetainExceptOnCreate\n"
	}
	return s
}

// TestCloudChangesOfQueues changes whether and through which queue a rule's events come.
func TestCloudChangesOfQueues(t *testing.T) {
	const hourly = "ScheduleExpression: rate(1 hour)"
	rule := func(id, target string) string {
		return ruleText(id, hourly, "Targets: [{Id: A, Arn: "+target+", DeadLetterConfig: {Arn: !GetAtt Lost.Arn}}]")
	}
	mapping := func(queue string) string {
		return resourceText("AMapping", "AWS::Lambda::EventSourceMapping", "EventSourceArn: "+queue, "FunctionName: !Ref AFunction")
	}
	queue := "  AEventsQueue:\n    Type: AWS::SQS::Queue\n    DeletionPolicy: RetainExceptOnCreate\n"
	function := resourceText("AFunction", "AWS::Lambda::Function")
	direct := stack(function, rule("ARule", "!GetAtt AFunction.Arn"))
	made := stack(function, rule("ARule", "!GetAtt AEventsQueue.Arn"), queue, mapping("!GetAtt AEventsQueue.Arn"))
	given := stack(function, rule("ARule", "arn:aws:sqs:eu-west-1:123456789012:orders"), mapping("arn:aws:sqs:eu-west-1:123456789012:orders"))
	similar := stack(function, rule("ARule", "!GetAtt AFunction.Arn"), mapping("!GetAtt Lost.Arn"))
	for _, tt := range []struct {
		about    string
		old, new string
		want     []string
	}{
		{"nothing", made, made, []string{"no resource changes"}},
		{"a queue", direct, made, []string{
			"ARule (AWS::Events::Rule) is updated: Targets",
			"AEventsQueue (AWS::SQS::Queue) is created",
			"AMapping (AWS::Lambda::EventSourceMapping) is created",
			"ARule sends to a queue now: EventBridge sends an event again that arrives before the queue's policy does (not with `retry: {attempts: 0}`), and what Lambda is retrying may run twice",
		}},
		{"no queue", made, direct, []string{
			"ARule (AWS::Events::Rule) is updated: Targets",
			"AEventsQueue (AWS::SQS::Queue) leaves the stack and is kept in the account (DeletionPolicy: RetainExceptOnCreate)",
			"AMapping (AWS::Lambda::EventSourceMapping) is removed",
			"ARule no longer sends to a queue: the job doesn't get what is still in AEventsQueue (the queue is kept in the account) when the mapping is removed",
		}},
		{"another queue", given, made, []string{
			"ARule (AWS::Events::Rule) is updated: Targets",
			"AEventsQueue (AWS::SQS::Queue) is created",
			"AMapping (AWS::Lambda::EventSourceMapping) is replaced: EventSourceArn changes from arn:aws:sqs:eu-west-1:123456789012:orders to !GetAtt AEventsQueue.Arn",
			"ARule sends to another queue now: the job doesn't get what is still in arn:aws:sqs:eu-west-1:123456789012:orders when the mapping is removed",
		}},
		{"a mapping of the dlq, which is not the target", direct, similar, []string{"AMapping (AWS::Lambda::EventSourceMapping) is created"}},
		{"a new name of rule and function", made, strings.NewReplacer("ARule", "BRule", "AFunction", "BFunction").Replace(made), []string{
			"BFunction (AWS::Lambda::Function) looks like a rename of AFunction: the function is replaced; `//jobs:function id: A` keeps the old one",
			"BRule (AWS::Events::Rule) looks like a rename of ARule: the rule is replaced, the new one is created before the old one is removed, and an event in between runs the job of each; `//jobs:event_rule id: A` keeps the old one",
			"AMapping (AWS::Lambda::EventSourceMapping) is updated: FunctionName",
		}},
	} {
		t.Run(tt.about, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, CloudChanges([]byte(tt.old), []byte(tt.new))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestCloudChangesOfRenamedFunctions(t *testing.T) {
	bare := func(id string) string { return resourceText(id, "AWS::Serverless::Function") }
	const renamed = "%s (AWS::Serverless::Function) looks like a rename of %s: the function is replaced; `//jobs:function id: %s` keeps the old one"
	tests := []struct {
		about    string
		old, new string
		want     []string
	}{
		{"with its rule", stack(function("A", true), calls("ARule", "x", "AFunction")), stack(function("B", true), calls("BRule", "x", "BFunction")), []string{
			"BLogGroup (AWS::Logs::LogGroup) is created",
			"BRole (AWS::IAM::Role) is created",
			"BFunction (AWS::Lambda::Function) looks like a rename of AFunction: the function is replaced; its role and its log group with the logs are deleted; `//jobs:function id: A` keeps the old one",
			"BFailureQueue (AWS::SQS::Queue) is created",
			"BRule (AWS::Events::Rule) looks like a rename of ARule: the rule is replaced, the new one is created before the old one is removed, and an event in between runs the job of each; `//jobs:event_rule id: A` keeps the old one",
			"ALogGroup (AWS::Logs::LogGroup) is removed",
			"ARole (AWS::IAM::Role) is removed",
			"AFailureQueue (AWS::SQS::Queue) leaves the stack and is kept in the account (DeletionPolicy: RetainExceptOnCreate)",
		}},
		{"under a rule that stays", stack(function("A", false), calls("R", "x", "AFunction")), stack(function("B", false), calls("R", "x", "BFunction")), []string{
			"BLogGroup (AWS::Logs::LogGroup) is created",
			"BRole (AWS::IAM::Role) is created",
			"BFunction (AWS::Lambda::Function) looks like a rename of AFunction: the function is replaced; its role, its log group with the logs and its queue with the messages are deleted; `//jobs:function id: A` keeps the old one",
			"BFailureQueue (AWS::SQS::Queue) is created",
			"R (AWS::Events::Rule) is updated: Targets",
			"ALogGroup (AWS::Logs::LogGroup) is removed",
			"ARole (AWS::IAM::Role) is removed",
			"AFailureQueue (AWS::SQS::Queue) is removed",
		}},
		{"two of them", stack(bare("A"), bare("B"), calls("R", "x", "A"), calls("S", "y", "B")), stack(bare("C"), bare("D"), calls("R", "x", "D"), calls("S", "y", "C")), []string{
			fmt.Sprintf(renamed, "C", "B", "B"),
			fmt.Sprintf(renamed, "D", "A", "A"),
			"R (AWS::Events::Rule) is updated: Targets",
			"S (AWS::Events::Rule) is updated: Targets",
		}},
		{"one that became two", stack(bare("A"), calls("R", "x", "A"), calls("S", "y", "A")), stack(bare("B"), bare("C"), calls("R", "x", "B"), calls("S", "y", "C")), []string{
			"B (AWS::Serverless::Function) is created",
			"C (AWS::Serverless::Function) is created",
			"R (AWS::Events::Rule) is updated: Targets",
			"S (AWS::Events::Rule) is updated: Targets",
			"A (AWS::Serverless::Function) is removed",
		}},
		{"two that became one", stack(bare("A"), bare("B"), calls("R", "x", "A"), calls("S", "y", "B")), stack(bare("C"), calls("R", "x", "C"), calls("S", "y", "C")), []string{
			"C (AWS::Serverless::Function) is created",
			"R (AWS::Events::Rule) is updated: Targets",
			"S (AWS::Events::Rule) is updated: Targets",
			"A (AWS::Serverless::Function) is removed",
			"B (AWS::Serverless::Function) is removed",
		}},
		{"one that stays", stack(bare("A"), calls("R", "x", "A")), stack(bare("A"), bare("B"), calls("R", "x", "B")), []string{
			"B (AWS::Serverless::Function) is created",
			"R (AWS::Events::Rule) is updated: Targets",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, CloudChanges([]byte(tt.old), []byte(tt.new))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The templates that jobgen writes are read in full.
func TestCloudChangesOfRealTemplates(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "gen", "testdata", "*", "*", "*", "jobs.*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no templates to test with: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := CloudChanges(data, data); !slices.Equal(got, []string{"no resource changes"}) {
			t.Errorf("%s, not changed: %q", file, got)
		}
		if created := CloudChanges(nil, data); len(created) < 3 || !strings.HasSuffix(created[0], " is created") {
			t.Errorf("%s, new: %q", file, created)
		}
	}
}

// Values are the same within a line, and different from line to line.
func TestCanonical(t *testing.T) {
	groups := [][]string{
		{"{a: 1, b: [x, 'y']}", "{b: [\"x\", y], a: \"1\"}"},
		{"!Sub '${A}'", "!Sub \"${A}\""},
		{"a", "'a'"},
		{"'a, b'"}, {"[a, b]"}, {"'[a, b]'"},
		{"''"}, {"'{}'"}, {"{}"},
		{"'a: b'"}, {"{a: b}"},
		{"!Ref a"}, {"'!Ref a'"},
		{"' a'"},
	}
	seen := map[string]string{}
	for _, group := range groups {
		first := property(t, group[0])
		for _, text := range group[1:] {
			if got := property(t, text); got != first {
				t.Errorf("%s is %s, want %s", text, got, first)
			}
		}
		if other, clash := seen[first]; clash {
			t.Errorf("%s and %s are both %s", group[0], other, first)
		}
		seen[first] = group[0]
	}
}

// property reads a value where templates have them.
func property(t *testing.T, text string) string {
	t.Helper()
	tmpl, ok := readTemplate([]byte("Resources: {R: {Type: T, Properties: {P: " + text + "}}}"))
	if !ok {
		t.Fatalf("%s is not read", text)
	}
	return tmpl.resources["R"].properties["P"]
}

func FuzzCloudChanges(f *testing.F) {
	f.Add([]byte(stack(ruleText("A", "Name: a"))), []byte(stack(ruleText("B", "Name: a"))))
	f.Add([]byte(""), []byte("Resources: {A: {Type: B, Properties: [1]}}"))
	f.Add([]byte("Resources: &a {A: *a}"), []byte("a: &a [*a]\nResources: {A: {Type: X, Y: *a}}"))
	f.Fuzz(func(t *testing.T, old, new []byte) {
		lines := CloudChanges(old, new)
		for _, line := range lines {
			if line == "" {
				t.Errorf("an empty line in %q", lines)
			}
		}
		if tmpl, ok := readTemplate(old); ok && len(tmpl.order) > 0 {
			if got := CloudChanges(old, old); !slices.Equal(got, []string{"no resource changes"}) {
				t.Errorf("%q, not changed: %q", old, got)
			}
		}
	})
}

// TestCloudChangesOfSchedules turns a rule into a schedule of EventBridge Scheduler and back.
func TestCloudChangesOfSchedules(t *testing.T) {
	const daily, hourly = "ScheduleExpression: cron(0 12 * * ? *)", "ScheduleExpression: rate(1 hour)"
	target := "Targets: [{Id: A, Arn: !GetAtt AEventsQueue.Arn, DeadLetterConfig: {Arn: !GetAtt Lost.Arn}}]"
	schedule := func(properties ...string) string {
		return stack(resourceText("ASchedule", "AWS::Scheduler::Schedule", properties...))
	}
	rule := func(properties ...string) string { return stack(ruleText("ARule", properties...)) }
	queue := resourceText("AEventsQueue", "AWS::SQS::Queue") + resourceText("AMapping", "AWS::Lambda::EventSourceMapping", "EventSourceArn: !GetAtt AEventsQueue.Arn")
	const toSchedule = "ASchedule takes the place of ARule: until the rule is removed, a time at which both fire runs the job twice"
	const toRule = "ARule takes the place of ASchedule: until the schedule is removed, a time at which both fire runs the job twice"
	for _, tt := range []struct {
		about, old, new string
		want            string // the line, or ""
	}{
		{"a schedule", rule(daily), schedule(daily), toSchedule},
		{"a rule", schedule(daily), rule(daily), toRule},
		{"a schedule with a rate", rule(hourly), schedule(hourly), toSchedule + ", and a schedule with a rate fires as soon as it is created"},
		{"a schedule with a rate and a start", rule(hourly), schedule(hourly, "StartDate: 2027-01-01T00:00:00Z"), toSchedule},
		{"a rule with a rate", schedule(hourly), rule(hourly), toRule + ", and the rule's rate is counted from its creation"},
		{"a queue is lost", stack(ruleText("ARule", daily, target), queue), schedule(daily), toSchedule + "; the job doesn't get what is still in AEventsQueue when the mapping is removed"},
		{"a rule that is disabled", rule(daily, "State: DISABLED"), schedule(daily), ""},
		{"a schedule that is disabled", rule(daily), schedule(daily, "State: DISABLED"), ""},
		{"a rule with a pattern", rule("EventPattern: {source: [aws.ec2]}"), schedule(daily), ""},
		{"another id", stack(ruleText("BRule", daily)), schedule(daily), ""},
		{"both", rule(daily), stack(ruleText("ARule", daily), resourceText("ASchedule", "AWS::Scheduler::Schedule", daily)), ""},
	} {
		t.Run(tt.about, func(t *testing.T) {
			var got []string
			for _, line := range CloudChanges([]byte(tt.old), []byte(tt.new)) {
				if strings.Contains(line, "takes the place of") {
					got = append(got, line)
				}
			}
			if joined := strings.Join(got, "\n"); joined != tt.want {
				t.Errorf("got  %s\nwant %s", joined, tt.want)
			}
		})
	}
}
