package lint

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/schedule"
)

// hasEmptyDetail reports whether the rule is a schedule, and its events have an empty detail.
func (r *Rule) hasEmptyDetail() bool {
	return r.Scheduled && (r.Scheduler == nil || r.Scheduler.Detail == nil || len(r.Scheduler.Detail.Fields) == 0)
}

// sendInput returns the remedy for a schedule whose events lack what the handler takes.
func (r *Rule) sendInput() string {
	if r.Scheduler != nil {
		return "send an input (`//jobs:schedule input: {…}`)"
	}
	return "send an input (`//jobs:event_rule input: {…}`)"
}

// checkScheduler checks the properties of a schedule of EventBridge Scheduler.
func checkScheduler(r *Rule, f *Facts, report diag.Reporter) {
	s := r.Scheduler
	if s == nil {
		return
	}
	zone := checkTimezone(r, report)
	if s.Window%time.Minute != 0 {
		report.Report(diag.PropValue, r.Properties["window"].Value, "window: %v has seconds; a window has whole minutes", s.Window)
	}
	checkStartEnd(r, report)
	checkScheduleRegion(r, report)
	checkPassed(r, zone, f.Now, report)
	checkClockChange(r, zone, report)
	checkKeywords(r, report)
}

// checkTimezone checks the name of the time zone and returns the zone. It reports an unknown
// name and returns UTC, so that the other checks don't report it again.
func checkTimezone(r *Rule, report diag.Reporter) *time.Location {
	property, given := r.Properties["timezone"]
	name, known := r.Scheduler.Timezone.Plain()
	if !given || !known {
		return time.UTC
	}
	zone, problems := schedule.Zone(name)
	for _, p := range problems {
		message := "timezone: " + p.Message
		if p.Remedy != "" {
			message += "; " + p.Remedy
		}
		report.Add(diag.New(diag.PropValue, property.Value, "%s", message).Suggest(name, p.Suggestion))
	}
	if zone == nil {
		return time.UTC
	}
	return zone
}

// checkStartEnd checks the start and the end of a schedule. AWS ignores them for a schedule
// that fires once (Scheduler API reference, API_CreateSchedule).
func checkStartEnd(r *Rule, report diag.Reporter) {
	s := r.Scheduler
	if _, once := r.Expression.(*schedule.At); once {
		for _, name := range []string{"start", "end"} {
			if p, ok := r.Properties[name]; ok {
				report.Add(conflict(p.Key, r.Form, "a schedule that fires once has no %s, and AWS ignores it; leave it out", name))
			}
		}
		return
	}
	if !s.Start.IsZero() && !s.End.IsZero() && !s.Start.Before(s.End) {
		report.Add(conflict(r.Properties["start"].Value, r.Properties["end"].Value, "the schedule ends before it starts, so it never fires; write an end after the start"))
	}
}

// checkScheduleRegion reports a key and a dlq in two Regions. Both are in the Region of the
// schedule: a key is used in its own Region only, and AWS refuses a dlq in another one
// (aws/aws-cdk#32032).
func checkScheduleRegion(r *Rule, report diag.Reporter) {
	if r.DLQ == nil {
		return
	}
	key, dlq := region(r.Scheduler.KMSKey), region(r.DLQ.ARN)
	if key != "" && dlq != "" && key != dlq {
		report.Add(conflict(r.Properties["kms_key"].Value, r.Properties["dlq"].Value,
			"the key is in %s and the dlq in %s; both are in the Region of the schedule: name a queue there, or write `dlq: create`", key, dlq))
	}
}

// checkPassed reports times that have passed.
func checkPassed(r *Rule, zone *time.Location, now time.Time, report diag.Reporter) {
	if at, ok := r.Expression.(*schedule.At); ok {
		_, known := r.Scheduler.Timezone.Plain()
		if fires, ok := at.In(zone); ok && known && fires.Before(now) {
			report.Report(diag.TimePassed, r.Form, "%s has passed, so the schedule doesn't fire; write a time in the future, or remove the schedule", at)
		}
		return
	}
	if s := r.Scheduler.Start; !s.IsZero() && s.Before(now) {
		report.Report(diag.TimePassed, r.Properties["start"].Value, "start has passed, and AWS refuses to create a schedule that starts in the past; leave it out when the schedule exists")
	}
	if e := r.Scheduler.End; !e.IsZero() && e.Before(now) {
		report.Report(diag.TimePassed, r.Properties["end"].Value, "end has passed, so the schedule doesn't fire any more; write a time in the future, or remove the schedule")
	}
}

// checkClockChange reports a schedule that fires at a time that the clocks of its zone skip or
// show twice.
func checkClockChange(r *Rule, zone *time.Location, report diag.Reporter) {
	if r.Expression == nil {
		return
	}
	change := schedule.Missed(r.Expression, zone)
	if change == nil {
		return
	}
	day, from, to := change.From.Format(time.DateOnly), change.From.Format("15:04"), change.To.Format("15:04")
	if change.Skips {
		report.Report(diag.ClockChange, r.Form, "the clocks of %s skip the time from %s to %s, as on %s, and the schedule doesn't fire on such a day; choose another time, or UTC", zone, from, to, day)
		return
	}
	report.Report(diag.ClockChange, r.Form, "the clocks of %s show the time from %s to %s twice, as on %s, and the schedule fires the first time only", zone, from, to, day)
}

// keyword matches a text that looks like one that EventBridge Scheduler replaces.
var keyword = regexp.MustCompile(`<aws\.scheduler\.[^<>]*>`)

// keywords are the texts in an input that EventBridge Scheduler replaces (Scheduler user guide,
// page managing-schedule-context-attributes).
var keywords = []string{
	"<aws.scheduler.schedule-arn>", "<aws.scheduler.scheduled-time>", "<aws.scheduler.execution-id>", "<aws.scheduler.attempt-number>",
}

// checkKeywords checks the texts of a schedule's input.
func checkKeywords(r *Rule, report diag.Reporter) {
	if r.Scheduler.Detail == nil {
		return
	}
	for _, found := range keyword.FindAllString(r.Scheduler.Detail.JSON(model.PlainText), -1) {
		if !slices.Contains(keywords, found) {
			report.Add(diag.New(diag.InputSuspect, r.Properties["input"].Value, "EventBridge Scheduler doesn't replace %s; it replaces %s", found, strings.Join(keywords, ", ")).
				Suggest("", nearestName(found, keywords)))
		}
	}
}
