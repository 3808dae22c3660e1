package model

import (
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/target"
)

// Scheduler has the properties that only a schedule of EventBridge Scheduler has, and not a
// rule. The zero value of a field means AWS's default.
type Scheduler struct {
	Group    string        // name of an existing group; "" is the group default
	Timezone Text          // a name of the IANA time zone database; nil is UTC
	Window   time.Duration // whole minutes, 1 m..24 h; 0 for none
	Start    time.Time     // in UTC
	End      time.Time     // in UTC
	Delete   bool          // delete the schedule when it has fired for the last time
	KMSKey   Text          // ARN
	Detail   *Value        // the detail of the event, an object; nil means {}
}

// The sources and the detail-type of the events of schedules. For rules, the EventBridge user
// guide documents them, page eb-scheduled-rule-pattern. SchedulerSource is the source of the
// event that EventBridge Scheduler sends if a schedule has no input
// (aws/aws-lambda-dotnet#1864).
const (
	ScheduledType   = "Scheduled Event"
	RuleSource      = "aws.events"
	SchedulerSource = "aws.scheduler"
)

// The parts of a schedule's input that differ between deployments. Each format has its own
// references for them. The names are CloudFormation's pseudo parameters. A parameter of a
// directive can't have such a name.
const (
	AccountParam   = "AWS::AccountId"
	RegionParam    = "AWS::Region"
	PartitionParam = "AWS::Partition"
)

// schedulerEventID is the id of a schedule's event: the schedule and the scheduled time. It
// is the same for each attempt to deliver the event, unlike the execution id.
const schedulerEventID = scheduleARN + "/" + scheduledTime

// EventBridge Scheduler replaces these texts in an input (Scheduler user guide, page
// managing-schedule-context-attributes).
const (
	scheduleARN   = "<aws.scheduler.schedule-arn>"
	scheduledTime = "<aws.scheduler.scheduled-time>"
)

// SchedulerInput returns the input of a schedule's target. It is an event like that of a rule
// with a schedule, with another source, id and resources. In the package layout, the event is
// inside the envelope that names the rule.
func (r *Rule) SchedulerInput(layout Layout) Text {
	detail := "{}"
	if r.Scheduler.Detail != nil {
		detail = r.Scheduler.Detail.JSON(PlainText)
	}
	text := Text{
		{Literal: `{"version":"0","id":"` + schedulerEventID + `","detail-type":"` + ScheduledType + `","source":"` + SchedulerSource + `","account":"`},
		{Param: AccountParam},
		{Literal: `","time":"` + scheduledTime + `","region":"`},
		{Param: RegionParam},
		{Literal: `","resources":["` + scheduleARN + `"],"detail":` + detail + `}`},
	}
	if layout == PerMethod {
		return text
	}
	const mark = "0" // is replaced by the text; any JSON value would do
	before, after, _ := strings.Cut(target.Envelope(r.ID, target.Input{Constant: mark}).Constant, mark+"}")
	text[0].Literal = before + text[0].Literal
	text[len(text)-1].Literal += "}" + after
	return text
}
