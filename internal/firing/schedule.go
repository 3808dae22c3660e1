package firing

import (
	"encoding/json"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
)

// SchedulerSource is the source of the events of EventBridge Scheduler.
const SchedulerSource = "aws.scheduler"

// Schedule is a schedule of EventBridge Scheduler.
type Schedule struct {
	Group  string
	Detail json.RawMessage // an object; nil is {}
}

// scheduled returns the event of a schedule of EventBridge Scheduler: the input in the rule
// files, with the values that EventBridge Scheduler puts into it.
func (r *Rule) scheduled() []byte {
	at := catalog.SampleTime
	if !r.Time.IsZero() {
		at = r.Time.UTC().Format(time.RFC3339)
	}
	detail := r.Schedule.Detail
	if detail == nil {
		detail = json.RawMessage("{}")
	}
	return encode(map[string]any{
		"version": "0", "id": r.ARN() + "/" + at, "source": SchedulerSource, "detail-type": ScheduledType,
		"account": catalog.SampleAccount, "region": catalog.SampleRegion, "time": at, "resources": []string{r.ARN()}, "detail": detail,
	})
}
