package localaws

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// schedulerOperations are the operations of Scheduler, by method and path. The handler has the
// first two.
var schedulerOperations = []struct{ method, path, name string }{
	{"GET", "/schedules", "ListSchedules"},
	{"GET", "/schedules/{Name}", "GetSchedule"},
	{"POST", "/schedules/{Name}", "CreateSchedule"},
	{"PUT", "/schedules/{Name}", "UpdateSchedule"},
	{"DELETE", "/schedules/{Name}", "DeleteSchedule"},
	{"GET", "/schedule-groups", "ListScheduleGroups"},
	{"GET", "/schedule-groups/{Name}", "GetScheduleGroup"},
	{"POST", "/schedule-groups/{Name}", "CreateScheduleGroup"},
	{"DELETE", "/schedule-groups/{Name}", "DeleteScheduleGroup"},
	{"GET", "/tags/{ResourceArn}", "ListTagsForResource"},
	{"POST", "/tags/{ResourceArn}", "TagResource"},
	{"DELETE", "/tags/{ResourceArn}", "UntagResource"},
}

func isSchedulerPath(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first == "schedules" || first == "schedule-groups" || first == "tags"
}

// schedulerOperation returns the name of the operation of a request, and the last element of
// its path.
func schedulerOperation(r *http.Request) (name, argument string) {
	path := strings.TrimSuffix(r.URL.EscapedPath(), "/")
	collection, escaped, isOne := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	form := "/" + collection
	if isOne {
		form = path[:len(collection)+1] + "/" + parameterOf(collection)
	}
	for _, op := range schedulerOperations {
		if op.method == r.Method && op.path == form {
			argument, err := url.PathUnescape(escaped)
			if err != nil {
				argument = escaped
			}
			return op.name, argument
		}
	}
	return r.Method + " " + r.URL.Path, ""
}

func parameterOf(collection string) string {
	if collection == "tags" {
		return "{ResourceArn}"
	}
	return "{Name}"
}

// serveScheduler answers a request to EventBridge Scheduler.
func (h *handler) serveScheduler(w http.ResponseWriter, r *http.Request) {
	result, err := h.callScheduler(r)
	if err == nil {
		writeJSON(w, restJSON, http.StatusOK, result)
		return
	}
	known := asAPIError(err, "InternalServerException")
	status := known.status()
	switch known.Code {
	case codeNotFound, codeUnknown:
		status = http.StatusNotFound
	}
	w.Header().Set("X-Amzn-Errortype", known.Code)
	writeJSON(w, restJSON, status, map[string]string{"Message": known.Message})
}

const restJSON = "application/json"

func (h *handler) callScheduler(r *http.Request) (any, error) {
	name, argument := schedulerOperation(r)
	var run func(*call, url.Values, string) (any, error)
	switch name {
	case "ListSchedules":
		run = (*call).listSchedules
	case "GetSchedule":
		run = (*call).getSchedule
	default:
		return nil, h.unknown(scheduler, name)
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, serialization("The query of the request is not valid: %v.", err)
	}
	c, err := h.newCall(r)
	if err != nil {
		return nil, err
	}
	return run(c, query, argument)
}

// scheduleName is the pattern of the names of schedules and groups.
var scheduleName = newPattern(`^[0-9a-zA-Z-_.]+$`, `[0-9a-zA-Z\-_.]+`)

func checkScheduleName(c *constraints, path string, name *string) {
	c.length(path, name, 1, maxName)
	c.matches(path, name, scheduleName)
}

// parameter returns a parameter of a query, or nil.
func parameter(query url.Values, name string) *string {
	if !query.Has(name) {
		return nil
	}
	given := query.Get(name)
	return &given
}

// listSchedules lists the schedules of all groups, or of one.
func (c *call) listSchedules(query url.Values, _ string) (any, error) {
	group, prefix, state := parameter(query, "ScheduleGroup"), parameter(query, "NamePrefix"), parameter(query, "State")
	token, limit := parameter(query, "NextToken"), (*int)(nil)
	if given := parameter(query, "MaxResults"); given != nil {
		n, err := strconv.Atoi(*given)
		if err != nil {
			return nil, serialization("MaxResults is an integer, not %q.", *given)
		}
		limit = &n
	}
	var check constraints
	checkScheduleName(&check, "groupName", group)
	checkScheduleName(&check, "namePrefix", prefix)
	check.enum("state", state, "ENABLED", "DISABLED")
	check.length("nextToken", token, 1, maxToken)
	check.limit("maxResults", limit, 1, maxPage)
	if err := check.err(); err != nil {
		return nil, err
	}
	if group != nil && !c.hasGroup(*group) {
		return nil, notFound("Schedule group %s does not exist.", *group)
	}
	schedules := slices.DeleteFunc(slices.Clone(c.stack.Schedules), func(s Schedule) bool {
		return group != nil && s.Group != *group || state != nil && s.State != *state || !strings.HasPrefix(s.Name, value(prefix))
	})
	page, next, err := paginate(schedules, func(s Schedule) string { return s.Group + "/" + s.Name }, token, limit)
	if err != nil {
		return nil, err
	}
	summaries := []scheduleSummary{}
	for _, s := range page {
		summaries = append(summaries, c.summary(s))
	}
	return struct {
		NextToken string `json:",omitempty"`
		Schedules []scheduleSummary
	}{next, summaries}, nil
}

// hasGroup reports whether a group exists. The default one does, and those of the schedules.
func (c *call) hasGroup(name string) bool {
	return name == defaultGroup || slices.ContainsFunc(c.stack.Schedules, func(s Schedule) bool { return s.Group == name })
}

// defaultGroup is the group for requests without one.
const defaultGroup = "default"

// scheduleSummary is what ListSchedules has of a schedule.
type scheduleSummary struct {
	ARN                  string `json:"Arn"`
	CreationDate         float64
	GroupName            string
	LastModificationDate float64
	Name                 string
	State                string
	Target               struct {
		ARN string `json:"Arn"`
	}
}

func (c *call) summary(s Schedule) scheduleSummary {
	built := seconds(c.stack.Built)
	sum := scheduleSummary{ARN: s.ARN, CreationDate: built, GroupName: s.Group, LastModificationDate: built, Name: s.Name, State: s.State}
	sum.Target.ARN = s.Target.ARN
	return sum
}

// getSchedule returns a schedule.
func (c *call) getSchedule(query url.Values, name string) (any, error) {
	group := parameter(query, "groupName")
	var check constraints
	checkScheduleName(&check, "name", &name)
	checkScheduleName(&check, "groupName", group)
	if err := check.err(); err != nil {
		return nil, err
	}
	wanted := defaultGroup
	if group != nil {
		wanted = *group
	}
	for _, s := range c.stack.Schedules {
		if s.Name == name && s.Group == wanted {
			return c.detail(s), nil
		}
	}
	if !c.hasGroup(wanted) {
		return nil, notFound("Schedule group %s does not exist.", wanted)
	}
	return nil, notFound("Schedule %s does not exist.", name)
}

// scheduleDetail is what GetSchedule returns.
type scheduleDetail struct {
	ActionAfterCompletion      string
	ARN                        string `json:"Arn"`
	CreationDate               float64
	Description                string   `json:",omitempty"`
	EndDate                    *float64 `json:",omitempty"`
	FlexibleTimeWindow         flexibleTimeWindow
	GroupName                  string
	KMSKey                     string `json:"KmsKeyArn,omitempty"`
	LastModificationDate       float64
	Name                       string
	ScheduleExpression         string
	ScheduleExpressionTimezone string
	StartDate                  *float64 `json:",omitempty"`
	State                      string
	Target                     ScheduleTarget
}

type flexibleTimeWindow struct {
	MaximumWindowInMinutes int `json:",omitempty"`
	Mode                   string
}

func (c *call) detail(s Schedule) scheduleDetail {
	built := seconds(c.stack.Built)
	d := scheduleDetail{
		ActionAfterCompletion: "NONE", ARN: s.ARN, CreationDate: built, Description: s.Description, EndDate: moment(s.End),
		FlexibleTimeWindow: flexibleTimeWindow{Mode: "OFF"}, GroupName: s.Group, KMSKey: s.KMSKey, LastModificationDate: built,
		Name: s.Name, ScheduleExpression: s.Expression, ScheduleExpressionTimezone: s.Timezone, StartDate: moment(s.Start),
		State: s.State, Target: s.Target,
	}
	if s.DeleteAfterCompletion {
		d.ActionAfterCompletion = "DELETE"
	}
	if s.Window > 0 {
		d.FlexibleTimeWindow = flexibleTimeWindow{Mode: "FLEXIBLE", MaximumWindowInMinutes: int(s.Window / time.Minute)}
	}
	return d
}

// moment returns a time for an answer, or nil for the zero time.
func moment(t time.Time) *float64 {
	if t.IsZero() {
		return nil
	}
	s := seconds(t)
	return &s
}

// ScheduleARN returns the ARN of a schedule.
func ScheduleARN(region, account, group, name string) string {
	return fmt.Sprintf("arn:aws:scheduler:%s:%s:schedule/%s/%s", region, account, group, name)
}
