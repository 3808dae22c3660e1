package gen

import (
	"cmp"
	"slices"
	"time"

	"github.com/jobgen/jobgen/internal/model"
)

// schedulerPrincipal is EventBridge Scheduler in policies.
const schedulerPrincipal = "scheduler.amazonaws.com"

// stackSchedule is a schedule of EventBridge Scheduler and its target. A field with the same
// name as a field of model.Rule has the resolved value of that field.
type stackSchedule struct {
	*model.Rule
	Function *stackFunction
	State    model.Text // never nil
	Input    model.Text // with the envelope in the package layout
	Attempts *int       // of the retry policy; Attempts and MaxAge are nil for AWS's default
	MaxAge   *int       // seconds
	DLQ      *stackARN
	When     *stackCondition
}

func newSchedule(f *stackFunction, m *model.Rule, layout model.Layout) *stackSchedule {
	s := &stackSchedule{Rule: m, Function: f, State: stateOf(m), Input: m.SchedulerInput(layout), When: f.conditions.anyOf(m.Condition())}
	s.Attempts, s.MaxAge = retryPolicy(m.Retry)
	switch d := m.DLQ; {
	case d == nil:
	case d.Create:
		s.DLQ = &stackARN{Queue: &stackQueue{Name: s.ID, Use: "Events that schedule " + s.ID + " could not deliver.", Schedule: s, Key: f.KMSKey}}
	default:
		s.DLQ = &stackARN{Text: d.ARN}
	}
	return s
}

// Title is the method that handles the schedule: "SecurityJob.Sweep".
func (s *stackSchedule) Title() string { return s.Job.Handler() }

// Group is the name of the schedule's group.
func (s *stackSchedule) Group() string { return cmp.Or(s.Scheduler.Group, "default") }

// Window is the flexible time window in minutes, 0 if there is none.
func (s *stackSchedule) Window() int { return int(s.Scheduler.Window / time.Minute) }

// Start is the start of the schedule in RFC 3339, or "" if there is none.
func (s *stackSchedule) Start() string { return instant(s.Scheduler.Start) }

// End is the end of the schedule in RFC 3339, or "" if there is none.
func (s *stackSchedule) End() string { return instant(s.Scheduler.End) }

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Queue returns the queue that the stack has for the schedule's undelivered events, or nil.
func (s *stackSchedule) Queue() *stackQueue {
	if s.DLQ == nil {
		return nil
	}
	return s.DLQ.Queue
}

// stackRole is the role with which EventBridge Scheduler calls a function, for all of the
// function's schedules.
type stackRole struct {
	Name                string       // stem of its names
	Groups              []model.Text // ARNs; schedules of these groups may assume the role
	Statements          []stackStatement
	PermissionsBoundary model.Text // nil for none
	When                *stackCondition
}

// newSchedulerRole returns the role of the function's schedules, or nil if there are none. The
// role allows calling the function, sending to the dlqs, and decrypting inputs with the keys. A
// permission of the function can't allow a schedule to call it (Scheduler user guide, pages
// setting-up, configuring-schedule-dlq and encryption-rest).
func newSchedulerRole(f *stackFunction) *stackRole {
	if len(f.Schedules) == 0 {
		return nil
	}
	role := &stackRole{
		When:                f.conditions.anySchedule(f.Schedules),
		Name:                f.Name + "Scheduler",
		Statements:          []stackStatement{allowing([]string{"lambda:InvokeFunction"}, stackARN{Function: f})},
		PermissionsBoundary: f.PermissionsBoundary,
	}
	var groups, keys []string
	sends := false // to a queue with a key
	for _, s := range f.Schedules {
		if !slices.Contains(groups, s.Group()) {
			groups = append(groups, s.Group())
			role.Groups = append(role.Groups, groupARN(s.Group()))
		}
		if s.DLQ != nil {
			role.allow(s.When, "sqs:SendMessage", *s.DLQ)
		}
		if s.Queue() != nil && f.KMSKey != nil && !sends {
			sends = true
			users := slices.DeleteFunc(slices.Clone(f.Schedules), func(o *stackSchedule) bool { return o.Queue() == nil })
			st := allowing(sendActions, stackARN{Text: f.KMSKey})
			st.When = f.conditions.anySchedule(users).within(role.When)
			role.Statements = append(role.Statements, st)
		}
		if key := s.Scheduler.KMSKey; key != nil && !slices.Contains(keys, key.String()) {
			keys = append(keys, key.String())
			users := slices.DeleteFunc(slices.Clone(f.Schedules), func(o *stackSchedule) bool { return o.Scheduler.KMSKey.String() != key.String() })
			role.allow(f.conditions.anySchedule(users), "kms:Decrypt", stackARN{Text: key})
		}
	}
	return role
}

// allow adds a statement to the role.
func (r *stackRole) allow(when *stackCondition, action string, resource stackARN) {
	st := allowing([]string{action}, resource)
	st.When = when.within(r.When)
	r.Statements = append(r.Statements, st)
}

// groupARN returns the ARN of a group of schedules. A role trusts groups, not schedules
// (Scheduler user guide, page cross-service-confused-deputy-prevention).
func groupARN(group string) model.Text {
	return model.Text{
		{Literal: "arn:"}, {Param: model.PartitionParam}, {Literal: ":scheduler:"}, {Param: model.RegionParam},
		{Literal: ":"}, {Param: model.AccountParam}, {Literal: ":schedule-group/" + group},
	}
}

// Schedules returns all schedules in source order.
func (s *stack) Schedules() []*stackSchedule {
	var schedules []*stackSchedule
	for _, f := range s.Functions {
		schedules = append(schedules, f.Schedules...)
	}
	return schedules
}
