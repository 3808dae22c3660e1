package busaws

import (
	"cmp"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/localaws"
	"github.com/jobgen/jobgen/internal/localbus"
	"github.com/jobgen/jobgen/internal/model"
)

// stackOf returns a program's rules, schedules, queues and functions.
func stackOf(p *localbus.Program, built time.Time) *localaws.Stack {
	s := &localaws.Stack{Built: built, Function: func(name string) (localaws.Function, bool) { return functionOf(p, name) }}
	for _, r := range p.Rules {
		if r.Scheduler != nil {
			s.Schedules = append(s.Schedules, scheduleOf(r))
			continue
		}
		s.Rules = append(s.Rules, ruleOf(r))
	}
	for _, q := range p.Queues {
		s.Queues = append(s.Queues, localaws.Queue{Name: q.Name, FIFO: q.FIFO})
	}
	return s
}

// ruleOf returns a rule. Its name is the id if the deployment tool chooses the name.
func ruleOf(r *localbus.Rule) localaws.Rule {
	rule := localaws.Rule{
		Name: cmp.Or(r.PhysicalName(), r.ID), ARN: r.ARN(), Bus: r.Bus(), State: r.StateName(), Description: r.Description,
		ScheduleExpression: r.Text(r.Schedule), Targets: []localaws.Target{targetOf(r)},
	}
	if r.Pattern != nil {
		rule.EventPattern = r.Pattern.With(r.Values).JSON(model.PlainText)
	}
	return rule
}

// targetOf returns the target of a rule: its function, or the queue before it.
func targetOf(r *localbus.Rule) localaws.Target {
	t := localaws.Target{ID: r.ID, ARN: r.Target.ARN, DeadLetters: deadLetters(r), Retry: retryOf(r)}
	if r.Via != nil {
		t.ARN = r.Via.ARN
		if group := r.Rule.Queue.Group; group != "" {
			t.SQS = &localaws.SQSParameters{MessageGroupID: group}
		}
	}
	in := r.TargetInput(r.Package.Layout)
	t.Input, t.InputPath = in.Constant, in.Path
	if in.Template != "" {
		t.InputTransformer = &localaws.InputTransformer{InputTemplate: in.Template}
		for _, p := range in.Paths {
			if t.InputTransformer.InputPathsMap == nil {
				t.InputTransformer.InputPathsMap = map[string]string{}
			}
			t.InputTransformer.InputPathsMap[p.Name] = p.Path
		}
	}
	return t
}

// deadLetters returns the queue of the rule's dlq, or nil.
func deadLetters(r *localbus.Rule) *localaws.DeadLetterConfig {
	if r.DLQ == nil {
		return nil
	}
	return &localaws.DeadLetterConfig{ARN: r.DeadLetterARN()}
}

func retryOf(r *localbus.Rule) *localaws.RetryPolicy {
	if r.Retry == nil {
		return nil
	}
	policy := &localaws.RetryPolicy{MaximumRetryAttempts: r.Retry.Attempts}
	if r.Retry.MaxAge != nil {
		age := int(*r.Retry.MaxAge / time.Second)
		policy.MaximumEventAgeInSeconds = &age
	}
	return policy
}

// scheduleOf returns a schedule of EventBridge Scheduler. Its role is made up: the rule files make
// one whose name the deployment tool chooses.
func scheduleOf(r *localbus.Rule) localaws.Schedule {
	s := r.Scheduler
	given := map[string]string{model.AccountParam: Account, model.RegionParam: Region, model.PartitionParam: "aws"}
	input := r.SchedulerInput(r.Package.Layout).With(r.Values).Expand(func(name string) string { return given[name] })
	return localaws.Schedule{
		Name: cmp.Or(r.PhysicalName(), r.ID), ARN: r.ARN(), Group: cmp.Or(s.Group, "default"), Description: r.Description, State: r.StateName(),
		Expression: r.Text(r.Schedule), Timezone: cmp.Or(r.Text(s.Timezone), "UTC"), Start: s.Start, End: s.End, Window: s.Window,
		DeleteAfterCompletion: s.Delete, KMSKey: r.Text(s.KMSKey),
		Target: localaws.ScheduleTarget{
			ARN: r.Target.ARN, RoleARN: "arn:aws:iam::" + Account + ":role/" + r.ID, Input: input, DeadLetters: deadLetters(r), Retry: retryOf(r),
		},
	}
}

// functionOf finds a function by a name without a qualifier.
func functionOf(p *localbus.Program, name string) (localaws.Function, bool) {
	for _, f := range p.Functions {
		// arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]
		parts := strings.Split(f.ARN, ":")
		const nameAt, qualifierAt = 6, 7
		qualifier := ""
		if len(parts) > qualifierAt {
			qualifier = parts[qualifierAt]
		}
		if len(parts) > nameAt && parts[nameAt] == name || f.HasName(name) {
			return localaws.Function{Name: f.ARN, Qualifier: qualifier}, true
		}
	}
	return localaws.Function{}, false
}
