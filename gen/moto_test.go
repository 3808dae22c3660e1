package gen_test

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/gen"
	"github.com/jobgen/jobgen/internal/model"
)

const motoAccount = "123456789012"

// motoParameters are the values of the sample's parameters.
var motoParameters = map[string]string{
	"CodeS3Bucket": "code", "CodeS3Key": "code.zip", "Stage": "prod", "Account": motoAccount, "Bus": "shop", "SubnetA": "subnet-1", "Group": "sg-0123456789abcdef0",
	"Layer":       "arn:aws:lambda:us-east-1:123456789012:layer:x:1",
	"Undelivered": "arn:aws:sqs:us-east-1:123456789012:undelivered",
	"Failures":    "arn:aws:sqs:us-east-1:123456789012:failures",
	"Hour":        "3", "Nights": "ENABLED", "Zone": "Europe/Berlin", "Key": "arn:aws:kms:us-east-1:123456789012:key/1",
	"Tiers": "gold,silver", "Regions": "us-east-1,eu-west-1", // whole lists
}

// TestMoto creates the stack in moto, which imitates AWS, and reads the rules, targets,
// permissions and queues with the AWS CLI. Then it creates the rules and schedules with the AWS
// CLI and the inputs in jobs.rules.json.
func TestMoto(t *testing.T) {
	aws := startMoto(t)
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run(string(layout), func(t *testing.T) {
			p := motoPackage(layout)
			s := newSample(t, "moto", p)
			stack := "stack-" + string(layout)
			args := []string{"cloudformation", "create-stack", "--stack-name", stack, "--capabilities", "CAPABILITY_IAM", "--template-body", "file://" + s.file("jobs.cfn.yaml"), "--parameters"}
			for name := range object(readYAML(t, read(t, s.file("jobs.cfn.yaml")))["Parameters"]) {
				args = append(args, "ParameterKey="+name+",ParameterValue="+strings.ReplaceAll(motoParameters[name], ",", `\,`))
			}
			aws(t, args...)
			checkResources(t, aws, stack, readYAML(t, read(t, s.file("jobs.cfn.yaml"))))
			want := motoRules(t, p)
			got := map[string]ruleFacts{}
			for _, bus := range []string{"default", "shop"} {
				for _, item := range items(aws(t, "events", "list-rules", "--event-bus-name", bus)["Rules"]) {
					id, r := motoRule(t, aws, bus, object(item))
					got[id] = r
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the deployed rules differ from the model (-model +moto):\n%s", diff)
			}
			aws(t, "cloudformation", "delete-stack", "--stack-name", stack)
		})
	}
	t.Run("inputs", func(t *testing.T) { putRules(t, aws, newSample(t, "moto", motoPackage(model.PerPackage))) })
	aws(t, "scheduler", "create-schedule-group", "--name", "nightly")
	for _, layout := range []model.Layout{model.PerMethod, model.PerPackage} {
		t.Run("schedules of "+string(layout), func(t *testing.T) { createSchedules(t, aws, newSample(t, "moto", motoPackage(layout))) })
	}
}

// motoWithoutID are the types of resources that have no physical id in moto. It makes the
// permissions and drops the others.
var motoWithoutID = []string{"AWS::Lambda::EventInvokeConfig", "AWS::Lambda::Permission", "AWS::SQS::QueuePolicy", "AWS::Scheduler::Schedule"}

// checkResources checks that a stack has the resources of a template and no others, and that each
// has a physical id, except those of the types that have none in moto.
func checkResources(t *testing.T, aws awsCLI, stack string, template map[string]any) {
	t.Helper()
	made := map[string]bool{}
	for _, item := range items(aws(t, "cloudformation", "list-stack-resources", "--stack-name", stack)["StackResourceSummaries"]) {
		r := object(item)
		made[scalar(r["LogicalResourceId"])] = scalar(r["PhysicalResourceId"]) != ""
	}
	resources := object(template["Resources"])
	for id := range made {
		if resources[id] == nil && id != "" { // a permission has no id in moto
			t.Errorf("the stack has the resource %s, whose condition is false", id)
		}
	}
	for id, r := range resources {
		if typ := scalar(object(r)["Type"]); made[id] == slices.Contains(motoWithoutID, typ) {
			t.Errorf("%s, of type %s, has a physical id: %t", id, typ, made[id])
		}
	}
}

// putRules creates the rules with the AWS CLI and the inputs in jobs.rules.json.
func putRules(t *testing.T, aws awsCLI, s sample) {
	t.Helper()
	rules := readJSON(t, read(t, s.file("jobs.rules.json")))
	input := motoPlace(t, rules)
	role := scalar(object(aws(t, "iam", "create-role", "--role-name", "reader", "--assume-role-policy-document", "{}")["Role"])["Arn"])
	aws(t, "lambda", "create-function", "--function-name", "reader", "--runtime", "provided.al2023", "--handler", "x", "--role", role, "--code", "S3Bucket=code,S3Key=code.zip")
	for _, item := range items(rules["rules"]) {
		r := object(item)
		aws(t, "events", "put-rule", "--cli-input-json", input(r["putRule"]))
		if out := aws(t, "events", "put-targets", "--cli-input-json", input(r["putTargets"])); out["FailedEntryCount"] != json.Number("0") {
			t.Errorf("rule %s: %v", r["id"], out)
		}
		if p := r["addPermission"]; p != nil {
			// This checks the input without a request.
			aws(t, "lambda", "add-permission", "--generate-cli-skeleton", "output", "--cli-input-json", input(p))
		}
		if m := r["createEventSourceMapping"]; m != nil {
			arn := strings.Trim(input(object(m)["EventSourceArn"]), `"`)
			if name := arn[strings.LastIndex(arn, ":")+1:]; name != "ledger.fifo" {
				aws(t, "sqs", "create-queue", "--queue-name", name)
			}
			aws(t, "lambda", "create-event-source-mapping", "--cli-input-json", input(m))
		}
	}
}

// awsCLI runs an AWS CLI command and returns what it prints.
type awsCLI func(t *testing.T, args ...string) map[string]any

// startMoto starts a moto server for the test. It has the bucket and the event bus that
// the stacks refer to.
func startMoto(t *testing.T) awsCLI {
	t.Helper()
	moto := tool(t, "moto_server", "python3 -m pip install 'moto[server]'")
	cli := tool(t, "aws", "install the AWS CLI")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	endpoint := "http://" + l.Addr().String()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	server := exec.Command(moto, "-H", "127.0.0.1", "-p", port)
	server.Env = append(os.Environ(), "MOTO_IAM_LOAD_MANAGED_POLICIES=false")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	await(t, endpoint+"/moto-api/")
	aws := func(t *testing.T, args ...string) map[string]any {
		t.Helper()
		c := exec.Command(cli, append(args, "--output", "json", "--endpoint-url", endpoint, "--cli-read-timeout", "300")...)
		c.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID=x", "AWS_SECRET_ACCESS_KEY=x", "AWS_DEFAULT_REGION=us-east-1",
			"AWS_CONFIG_FILE="+os.DevNull, "AWS_SHARED_CREDENTIALS_FILE="+os.DevNull, "AWS_MAX_ATTEMPTS=1")
		out := run(t, c)
		if len(out) == 0 {
			return nil
		}
		return readJSON(t, out)
	}
	aws(t, "s3api", "create-bucket", "--bucket", "code")
	aws(t, "s3api", "put-object", "--bucket", "code", "--key", "code.zip", "--body", emptyZip(t))
	aws(t, "events", "create-event-bus", "--name", "shop")
	aws(t, "sqs", "create-queue", "--queue-name", "ledger.fifo", "--attributes", "FifoQueue=true,ContentBasedDeduplication=true")
	return aws
}

func await(t *testing.T, url string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if r, err := http.Get(url); err == nil {
			r.Body.Close()
			return
		}
	}
	t.Fatal("moto does not respond at " + url)
}

// emptyZip is the shortest zip file.
func emptyZip(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "code.zip")
	if err := os.WriteFile(name, []byte("PK\x05\x06"+strings.Repeat("\x00", 18)), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// motoPackage returns FullPackage with schedules, and with another key in one pattern. With
// the original key, the pattern is a string in the template, which moto does not accept.
func motoPackage(layout model.Layout) *model.Package {
	p := gen.FullPackage(layout)
	for _, r := range p.Rules() {
		if r.ID == "SmallOrders" {
			r.Pattern.Field("detail").Fields[0].Key = "ref"
		}
	}
	p.Receivers = append(p.Receivers, timetable())
	return p
}

// motoRules returns the model's rules with the values of the parameters. It leaves out the
// properties that moto does not store.
func motoRules(t *testing.T, p *model.Package) map[string]ruleFacts {
	t.Helper()
	data, err := json.Marshal(modelFacts(t, p).Rules)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, value := range motoParameters {
		text = strings.ReplaceAll(text, paramMark(name), strings.ReplaceAll(value, ",", `\",\"`)) // in the JSON of a pattern
	}
	var rules map[string]ruleFacts
	if err := json.Unmarshal([]byte(text), &rules); err != nil {
		t.Fatal(err)
	}
	for id, r := range rules {
		r.Tags = nil
		if r.Mapping != nil {
			if r.Mapping.Batch == "" {
				r.Mapping.Batch = "10" // Lambda's default
			}
		}
		r.Bus = r.Bus[strings.LastIndex(r.Bus, "/")+1:]
		if r.Pattern != "" {
			r.Pattern = canonicalFloat(t, readJSON(t, []byte(r.Pattern)))
		}
		rules[id] = r
	}
	return rules
}

// motoRule reads a rule with its target, permission and queue.
func motoRule(t *testing.T, aws awsCLI, bus string, rule map[string]any) (id string, r ruleFacts) {
	t.Helper()
	name, arn := scalar(rule["Name"]), scalar(rule["Arn"])
	targets := items(aws(t, "events", "list-targets-by-rule", "--event-bus-name", bus, "--rule", name)["Targets"])
	if len(targets) != 1 {
		t.Fatalf("rule %s has %d targets", name, len(targets))
	}
	target := object(targets[0])
	id = scalar(target["Id"])
	transformer, retry := object(target["InputTransformer"]), object(target["RetryPolicy"])
	arnOfFunction, mapping := motoMapping(t, aws, scalar(target["Arn"]))
	function := aws(t, "lambda", "get-function-configuration", "--function-name", arnOfFunction)
	r = ruleFacts{
		Mapping: mapping, Group: scalar(object(target["SqsParameters"])["MessageGroupId"]),
		Description: scalar(rule["Description"]), State: scalar(rule["State"]), Schedule: scalar(rule["ScheduleExpression"]),
		Function: scalar(function["Handler"]), Input: scalar(target["Input"]), InputPath: scalar(target["InputPath"]),
		Template: scalar(transformer["InputTemplate"]), Attempts: scalar(retry["MaximumRetryAttempts"]), MaxAge: scalar(retry["MaximumEventAgeInSeconds"]),
		Paths: map[string]string{},
	}
	if bus != "default" {
		r.Bus = bus
	}
	if !strings.HasPrefix(name, "stack-") { // the user's own name
		r.Name = name
	}
	if pattern, ok := rule["EventPattern"].(string); ok {
		r.Pattern = canonicalFloat(t, readJSON(t, []byte(pattern)))
	}
	for k, path := range object(transformer["InputPathsMap"]) {
		r.Paths[k] = scalar(path)
	}
	r.Paths = orNil(r.Paths)
	if mapping != nil {
		r.Queue = motoQueue(t, aws, id, scalar(target["Arn"]))
	} else if mentions(t, aws(t, "lambda", "get-policy", "--function-name", arnOfFunction)["Policy"], arn) {
		r.Granted = "‹rule " + id + "›"
	}
	if r.DLQ = scalar(object(target["DeadLetterConfig"])["Arn"]); strings.Contains(r.DLQ, "Queue") {
		// moto has no queue policies; TestEquality reads them from the files.
		if attributes := motoAttributes(t, aws, r.DLQ); attributes["MessageRetentionPeriod"] == "1209600" {
			r.DLQ = "‹queue: undelivered of " + id + "›"
		}
	}
	return id, r
}

// motoMapping returns the ARN of the function that gets a target's events, and the mapping to
// it if the target is a queue.
func motoMapping(t *testing.T, aws awsCLI, target string) (function string, m *mappingFacts) {
	t.Helper()
	if !strings.Contains(target, ":sqs:") {
		return target, nil
	}
	mappings := items(aws(t, "lambda", "list-event-source-mappings", "--event-source-arn", target)["EventSourceMappings"])
	if len(mappings) != 1 {
		t.Fatalf("the queue %s has %d mappings", target, len(mappings))
	}
	p := object(mappings[0])
	return scalar(p["FunctionArn"]), &mappingFacts{
		Batch: scalar(p["BatchSize"]), Window: scalar(p["MaximumBatchingWindowInSeconds"]),
		Concurrency: scalar(object(p["ScalingConfig"])["MaximumConcurrency"]), Responses: strings.Join(texts(p["FunctionResponseTypes"]), ","),
	}
}

// motoQueue returns the ARN of a rule's queue in the form that facts have.
func motoQueue(t *testing.T, aws awsCLI, rule, arn string) string {
	t.Helper()
	attributes := motoAttributes(t, aws, arn)
	redrive, ok := attributes["RedrivePolicy"].(string)
	if !ok {
		return arn
	}
	policy := readJSON(t, []byte(redrive))
	if attributes["MessageRetentionPeriod"] != "1209600" || attributes["VisibilityTimeout"] == "30" || policy["maxReceiveCount"] == nil ||
		motoAttributes(t, aws, scalar(policy["deadLetterTargetArn"]))["MessageRetentionPeriod"] != "1209600" {
		t.Errorf("the queue of rule %s has the attributes %v", rule, attributes)
	}
	return "‹queue: events of " + rule + "›"
}

func motoAttributes(t *testing.T, aws awsCLI, arn string) map[string]any {
	t.Helper()
	url := scalar(aws(t, "sqs", "get-queue-url", "--queue-name", arn[strings.LastIndex(arn, ":")+1:])["QueueUrl"])
	return object(aws(t, "sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names", "All")["Attributes"])
}

func texts(v any) []string {
	var out []string
	for _, item := range items(v) {
		out = append(out, scalar(item))
	}
	return out
}

// mentions reports whether a policy has a statement for this source.
func mentions(t *testing.T, policy any, source string) bool {
	t.Helper()
	for _, s := range items(readJSON(t, []byte(scalar(policy)))["Statement"]) {
		for _, operator := range object(object(s)["Condition"]) {
			for key, value := range object(operator) {
				if strings.EqualFold(key, "aws:SourceArn") && fmt.Sprint(value) == source {
					return true
				}
			}
		}
	}
	return false
}
