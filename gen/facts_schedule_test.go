package gen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/internal/model"
)

// scheduleFacts is a schedule of EventBridge Scheduler. The marks of the account, Region and
// partition are those of CloudFormation's pseudo parameters.
type scheduleFacts struct {
	Name, Group, Description, State, Expression, Timezone string
	Window, Start, End, Key                               string
	Function                                              string // handler of the target's function
	Input, Attempts, MaxAge, DLQ                          string
	Trust                                                 string // the condition of the role that calls the function
	Rights                                                string // the actions of that role and their resources, sorted
	Boundary                                              string // of that role
}

// scheduleKey is the part of the names of a schedule's resources that is made from its id. No
// resource has the id itself as its name.
func scheduleKey(id string) string { return model.LogicalName(id) }

var pseudoMarks = strings.NewReplacer("⟦AWS::AccountId⟧", "⟦account⟧", "⟦AWS::Region⟧", "⟦region⟧", "⟦AWS::Partition⟧", "⟦partition⟧")

func (f *facts) addModelSchedule(t testing.TB, handler string, p *model.Package, m *model.Rule, all []*model.Rule) {
	s := m.Scheduler
	facts := scheduleFacts{
		Name: f.text(m.Name), Group: s.Group, Description: m.Description, State: "ENABLED", Expression: f.text(m.Schedule), Timezone: f.text(s.Timezone),
		Function: handler, Key: f.text(s.KMSKey),
	}
	if m.State != nil {
		facts.State = f.text(m.State)
	}
	if s.Window > 0 {
		facts.Window = fmt.Sprint(s.Window.Minutes())
	}
	if !s.Start.IsZero() {
		facts.Start = s.Start.Format("2006-01-02T15:04:05Z")
	}
	if !s.End.IsZero() {
		facts.End = s.End.Format("2006-01-02T15:04:05Z")
	}
	detail := "{}"
	if s.Detail != nil {
		detail = f.value(t, s.Detail)
	}
	facts.Input = `{"account":"⟦account⟧","detail":` + detail + `,"detail-type":"Scheduled Event","id":"<aws.scheduler.schedule-arn>/<aws.scheduler.scheduled-time>",` +
		`"region":"⟦region⟧","resources":["<aws.scheduler.schedule-arn>"],"source":"aws.scheduler","time":"<aws.scheduler.scheduled-time>","version":"0"}`
	if p.Layout == model.PerPackage {
		facts.Input = `{"event":` + facts.Input + `,"jobs:rule":` + quote(m.ID) + `}`
	}
	facts.Input = canonicalJSON(t, facts.Input)
	if m.Retry != nil {
		facts.Attempts, facts.MaxAge = modelRetry(m.Retry)
	}
	function := p.FunctionOf(m.Job)
	facts.DLQ, facts.Boundary = f.modelScheduleQueue(m, function), f.text(function.PermissionsBoundary)
	f.modelScheduleRole(&facts, handler, function, all)
	f.Schedules[scheduleKey(m.ID)] = facts
}

func (f *facts) modelScheduleQueue(m *model.Rule, function model.Function) string {
	switch d := m.DLQ; {
	case d == nil:
		return ""
	case d.Create:
		f.Queues["undelivered of "+scheduleKey(m.ID)] = queueFacts{Retention: "1209600", Keep: true, Key: f.text(function.KMSKey)}
		return "‹queue: undelivered of " + scheduleKey(m.ID) + "›"
	default:
		return f.text(d.ARN)
	}
}

// modelScheduleRole sets the facts of the role for all schedules of a function.
func (f *facts) modelScheduleRole(facts *scheduleFacts, handler string, function model.Function, all []*model.Rule) {
	var groups []string
	rights := []string{"lambda:InvokeFunction ‹function " + handler + "›"}
	if all[0].Job.Function.ARN != nil {
		rights[0] = "lambda:InvokeFunction " + handler
	}
	for _, r := range all {
		if r.Scheduler == nil {
			continue
		}
		group := r.Scheduler.Group
		if group == "" {
			group = "default"
		}
		groups = append(groups, "arn:⟦partition⟧:scheduler:⟦region⟧:⟦account⟧:schedule-group/"+group)
		if queue := f.modelScheduleQueue(r, function); queue != "" {
			rights = append(rights, "sqs:SendMessage "+queue)
		}
		if r.DLQ != nil && r.DLQ.Create && function.KMSKey != nil {
			rights = append(rights, "kms:Decrypt "+f.text(function.KMSKey), "kms:GenerateDataKey "+f.text(function.KMSKey))
		}
		if r.Scheduler.KMSKey != nil {
			rights = append(rights, "kms:Decrypt "+f.text(r.Scheduler.KMSKey))
		}
	}
	facts.Trust, facts.Rights = trustFact("⟦account⟧", groups), rightsFact(rights)
}

func trustFact(account string, groups []string) string {
	return account + " " + strings.Join(slices.Compact(slices.Sorted(slices.Values(groups))), " ")
}

func rightsFact(rights []string) string {
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(rights))), ", ")
}

// readTrust returns the facts of the policy that lets EventBridge Scheduler assume a role.
// Text evaluates a value.
func readTrust(t testing.TB, policy any, text func(any) string) string {
	s := object(items(object(policy)["Statement"])[0])
	if service := text(object(s["Principal"])["Service"]); service != "scheduler.amazonaws.com" || strings.Join(textsOf(s["Action"], text), " ") != "sts:AssumeRole" {
		t.Errorf("the role of a schedule trusts %v", s)
	}
	equals := object(object(s["Condition"])["StringEquals"])
	return pseudoMarks.Replace(trustFact(text(equals["aws:SourceAccount"]), textsOf(equals["aws:SourceArn"], text)))
}

// readRights returns the facts of the statements of a role.
func readRights(statements any, text func(any) string) string {
	var rights []string
	for _, item := range items(statements) {
		s := object(item)
		for _, action := range textsOf(s["Action"], text) {
			for _, resource := range textsOf(s["Resource"], text) {
				rights = append(rights, action+" "+resource)
			}
		}
	}
	return rightsFact(rights)
}

// textsOf evaluates a list, or a single value.
func textsOf(v any, text func(any) string) []string {
	if list := items(v); list != nil {
		var out []string
		for _, item := range list {
			out = append(out, text(item))
		}
		return out
	}
	return []string{text(v)}
}

// apiSchedule returns the facts of a schedule in the form of AWS's API. Target is its target.
func apiSchedule(t testing.TB, p, target map[string]any, text func(any) string) scheduleFacts {
	window := object(p["FlexibleTimeWindow"])
	if (scalar(window["Mode"]) == "OFF") != (window["MaximumWindowInMinutes"] == nil) {
		t.Errorf("the window of a schedule is %v", window)
	}
	return scheduleFacts{
		Name: text(p["Name"]), Group: text(p["GroupName"]), Description: text(p["Description"]), State: text(p["State"]),
		Expression: text(p["ScheduleExpression"]), Timezone: text(p["ScheduleExpressionTimezone"]), Window: scalar(window["MaximumWindowInMinutes"]),
		Start: text(p["StartDate"]), End: text(p["EndDate"]), Key: text(p["KmsKeyArn"]),
		Input:    canonicalJSON(t, pseudoMarks.Replace(text(target["Input"]))),
		Attempts: scalar(object(target["RetryPolicy"])["MaximumRetryAttempts"]), MaxAge: scalar(object(target["RetryPolicy"])["MaximumEventAgeInSeconds"]),
		DLQ: text(object(target["DeadLetterConfig"])["Arn"]),
	}
}

func (c *cfnTemplate) schedule(id string, p map[string]any) {
	target := object(p["Target"])
	s := apiSchedule(c.t, p, target, c.text)
	s.Function = c.calls(target["Arn"])
	_, role := c.resource(reference(target["RoleArn"]))
	s.Trust, s.Boundary = readTrust(c.t, role["AssumeRolePolicyDocument"], c.text), c.text(role["PermissionsBoundary"])
	s.Rights = readRights(object(object(items(role["Policies"])[0])["PolicyDocument"])["Statement"], c.text)
	c.facts.Schedules[strings.TrimSuffix(strings.TrimPrefix(c.names[id], "‹schedule "), "›")] = s
}

// nameSchedule names a schedule and its queue.
func (c *cfnTemplate) nameSchedule(id string, p map[string]any) {
	name := strings.TrimSuffix(id, "Schedule")
	c.names[id] = "‹schedule " + name + "›"
	if queue := reference(object(object(p["Target"])["DeadLetterConfig"])["Arn"]); queue != "" && c.parameters[queue] == nil {
		c.names[queue] = "‹queue: undelivered of " + name + "›"
	}
}

func (j *jsonModel) schedule(m, s map[string]any) {
	create := object(s["createSchedule"])
	target := object(create["Target"])
	facts := apiSchedule(j.t, create, target, j.text)
	facts.Function = j.calls(m, s["function"])
	if facts.Name == s["id"] { // the user gave no name
		facts.Name = ""
	}
	for _, item := range slices.Concat(items(m["functions"]), items(m["existingFunctions"])) {
		f := object(item)
		if role := object(f["schedulerRole"]); f["name"] == s["function"] && role["arn"] == target["RoleArn"] && f["arn"] == target["Arn"] {
			facts.Trust, facts.Boundary = readTrust(j.t, role["assumeRolePolicy"], j.text), j.text(role["permissionsBoundary"])
			facts.Rights = readRights(object(role["policy"])["Statement"], j.text)
		}
	}
	j.facts.Schedules[scheduleKey(s["id"].(string))] = facts
}

func (f *terraformFile) schedule(label string) {
	m := f.resources["aws_scheduler_schedule"][label]
	target, window, retry := object(m["target"]), object(m["flexible_time_window"]), object(object(m["target"])["retry_policy"])
	s := scheduleFacts{
		Name: scalar(m["name"]), Group: scalar(m["group_name"]), Description: scalar(m["description"]), State: scalar(m["state"]),
		Expression: scalar(m["schedule_expression"]), Timezone: scalar(m["schedule_expression_timezone"]), Window: scalar(window["maximum_window_in_minutes"]),
		Start: scalar(m["start_date"]), End: scalar(m["end_date"]), Key: scalar(m["kms_key_arn"]),
		Input: canonicalJSON(f.t, pseudoMarks.Replace(scalar(target["input"]))), DLQ: f.text(object(target["dead_letter_config"])["arn"]),
		Attempts: scalar(retry["maximum_retry_attempts"]), MaxAge: scalar(retry["maximum_event_age_in_seconds"]),
	}
	if strings.HasPrefix(s.Name, paramMark("name_prefix")+"-") {
		s.Name = ""
	}
	s.Function = f.calls(scalar(target["arn"]))
	for l, role := range f.resources["aws_iam_role"] {
		if target["role_arn"] == "‹aws_iam_role."+l+".arn›" {
			s.Trust, s.Boundary = readTrust(f.t, readJSON(f.t, []byte(role["assume_role_policy"].(string))), f.text), f.text(role["permissions_boundary"])
			s.Rights = readRights(readJSON(f.t, []byte(f.resources["aws_iam_role_policy"][l]["policy"].(string)))["Statement"], f.text)
		}
	}
	f.facts.Schedules[label] = s
}
