package main

import (
	"cmp"
	"encoding/json"
	"time"

	"github.com/jobgen/jobgen/internal/firing"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/parse"
)

// eventFor returns an event that fires a rule. The user's schemas and the catalog describe
// the known events, and the handler's type describes the others. If now is zero, the event has
// the time of the catalog's samples.
func eventFor(rule *liveRule, res *parse.Result, own ownEvents, now time.Time) ([]byte, error) {
	made := &firing.Rule{ID: rule.ID, Name: rule.name(), Pattern: rule.pattern, Schedule: scheduleOf(rule), Lookup: own.orAWS, Time: now}
	if detail := res.Detail(rule.Rule); detail != nil {
		made.Detail = detail.DecodedField("detail")
	}
	return made.Event()
}

// ruleARN is the ARN that the rule or schedule would have.
func ruleARN(rule *liveRule) string {
	return (&firing.Rule{ID: rule.ID, Name: rule.name(), Schedule: scheduleOf(rule)}).ARN()
}

// name returns the rule's name with the values of parameters, or "".
func (r *liveRule) name() string { return r.Name.With(r.values).String() }

// scheduleOf returns the schedule of EventBridge Scheduler that a rule is, or nil.
func scheduleOf(rule *liveRule) *firing.Schedule {
	s := rule.Scheduler
	if s == nil {
		return nil
	}
	made := &firing.Schedule{Group: cmp.Or(s.Group, "default")}
	if s.Detail != nil {
		made.Detail = json.RawMessage(s.Detail.JSON(model.PlainText))
	}
	return made
}
