package gen

import (
	"encoding/json"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// DocumentSchedule is a schedule of EventBridge Scheduler, with the input of the API call that
// makes it.
type DocumentSchedule struct {
	ID       string `json:"id"`
	Name     string `json:"name"` // unique among the schedules: the id's letters and digits
	Method   string `json:"method"`
	Function string `json:"function"` // the Name of the function that it calls
	// CreateSchedule is the input of the API action of this name.
	CreateSchedule CreateSchedule `json:"createSchedule"`
	// Condition is the Name of the condition under which the schedule exists; "" if it always
	// exists.
	Condition string `json:"condition,omitempty"`
}

// CreateSchedule is the input of EventBridge Scheduler's CreateSchedule. Name is the user's name
// for the schedule, or the schedule's id if there is none. AWS requires that names are unique in
// a group.
type CreateSchedule struct {
	Name                       string             `json:"Name"`
	GroupName                  string             `json:"GroupName,omitempty"`
	Description                string             `json:"Description,omitempty"`
	State                      string             `json:"State"`
	ScheduleExpression         string             `json:"ScheduleExpression"`
	ScheduleExpressionTimezone string             `json:"ScheduleExpressionTimezone,omitempty"`
	FlexibleTimeWindow         FlexibleTimeWindow `json:"FlexibleTimeWindow"`
	StartDate                  string             `json:"StartDate,omitempty"`
	EndDate                    string             `json:"EndDate,omitempty"`
	ActionAfterCompletion      string             `json:"ActionAfterCompletion,omitempty"`
	KmsKeyArn                  string             `json:"KmsKeyArn,omitempty"`
	Target                     ScheduleTarget     `json:"Target"`
}

// FlexibleTimeWindow is the time within which a schedule may fire late.
type FlexibleTimeWindow struct {
	Mode                   string `json:"Mode"` // OFF or FLEXIBLE
	MaximumWindowInMinutes int    `json:"MaximumWindowInMinutes,omitempty"`
}

// ScheduleTarget is a schedule's target.
type ScheduleTarget struct {
	Arn              string            `json:"Arn"`
	RoleArn          string            `json:"RoleArn"` // the Arn of the function's SchedulerRole
	Input            string            `json:"Input"`
	RetryPolicy      *RetryPolicy      `json:"RetryPolicy,omitempty"`
	DeadLetterConfig *DeadLetterConfig `json:"DeadLetterConfig,omitempty"`
}

// DocumentRole is the role with which EventBridge Scheduler calls a function.
type DocumentRole struct {
	Arn              string `json:"arn"` // placeholder
	AssumeRolePolicy Policy `json:"assumeRolePolicy"`
	Policy           Policy `json:"policy"`
	// PermissionsBoundary is the ARN of a policy, or empty.
	PermissionsBoundary string `json:"permissionsBoundary,omitempty"`
	// Condition is the Name of the condition under which the role exists, "" if it always
	// exists: that one of the function's schedules exists.
	Condition           string              `json:"condition,omitempty"`
	ConditionalPolicies []ConditionalPolicy `json:"conditionalPolicies,omitempty"`
}

// DocumentPlace has the placeholders of the account, Region and partition of the deployment. A
// document without schedules has none.
type DocumentPlace struct {
	Account   string `json:"account"`
	Region    string `json:"region"`
	Partition string `json:"partition"`
}

func (b documentBuilder) place() *DocumentPlace {
	if len(b.stack.Schedules()) == 0 {
		return nil
	}
	return &DocumentPlace{b.parameter(model.AccountParam), b.parameter(model.RegionParam), b.parameter(model.PartitionParam)}
}

// pseudo returns the placeholder of the account, the Region or the partition.
func (b documentBuilder) pseudo(name string) string {
	name = strings.TrimPrefix(name, "AWS::")
	return b.placeholder(name, claim{what: "the stack's " + name})
}

func isPseudo(param string) bool { return strings.HasPrefix(param, "AWS::") }

func (b documentBuilder) schedule(s *stackSchedule) DocumentSchedule {
	create := CreateSchedule{
		Name: b.scheduleName(s), GroupName: s.Scheduler.Group, Description: s.Description, State: b.text(s.State),
		ScheduleExpression: b.text(s.Schedule), ScheduleExpressionTimezone: b.text(s.Scheduler.Timezone),
		FlexibleTimeWindow: FlexibleTimeWindow{Mode: "OFF"}, StartDate: s.Start(), EndDate: s.End(),
		KmsKeyArn: b.text(s.Scheduler.KMSKey),
		Target:    ScheduleTarget{Arn: b.functionARN(s.Function), RoleArn: b.schedulerRoleARN(s.Function), Input: b.text(s.Input)},
	}
	if window := s.Window(); window > 0 {
		create.FlexibleTimeWindow = FlexibleTimeWindow{"FLEXIBLE", window}
	}
	if s.Scheduler.Delete {
		create.ActionAfterCompletion = "DELETE"
	}
	if s.Attempts != nil {
		create.Target.RetryPolicy = &RetryPolicy{s.Attempts, s.MaxAge}
	}
	if s.DLQ != nil {
		create.Target.DeadLetterConfig = &DeadLetterConfig{b.arn(*s.DLQ)}
	}
	return DocumentSchedule{
		ID: s.ID, Name: cfnID(s.ID, ""), Method: s.Title(), Function: cfnID(s.Function.Name, ""), CreateSchedule: create, Condition: s.When.name(),
	}
}

func (b documentBuilder) scheduleName(s *stackSchedule) string {
	if s.Name != nil {
		return b.text(s.Name)
	}
	return s.ID
}

func (b documentBuilder) schedulerRoleARN(f *stackFunction) string {
	return b.placeholder(cfnID(f.Name, "SchedulerRoleArn"), claim{what: "scheduler role of " + f.Title, pos: f.Pos})
}

// schedulerRole returns the role of a function's schedules, or nil.
func (b documentBuilder) schedulerRole(f *stackFunction) *DocumentRole {
	role := f.SchedulerRole
	if role == nil {
		return nil
	}
	groups, _ := json.Marshal(each(role.Groups, b.text)) // strings
	trust := Statement{
		Effect: allow, Principal: map[string]string{"Service": schedulerPrincipal}, Action: []string{"sts:AssumeRole"},
		Condition: json.RawMessage(`{"StringEquals":{"aws:SourceAccount":` + model.Quote(b.parameter(model.AccountParam)) + `,"aws:SourceArn":` + string(groups) + `}}`),
	}
	always, conditional := b.policies(role.Statements)
	return &DocumentRole{
		Arn: b.schedulerRoleARN(f), AssumeRolePolicy: Policy{policyVersion, []Statement{trust}},
		Policy: always, ConditionalPolicies: conditional, Condition: role.When.name(), PermissionsBoundary: b.text(role.PermissionsBoundary),
	}
}
