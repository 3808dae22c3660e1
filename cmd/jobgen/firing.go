package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/spell"
)

// findRule returns the rule with an id.
func findRule(rules []*liveRule, id string) (*liveRule, error) {
	var ids []string
	var found []*liveRule
	for _, r := range rules {
		if ids = append(ids, r.ID); r.ID == id {
			found = append(found, r)
		}
	}
	switch {
	case len(found) > 1:
		return nil, fmt.Errorf("the packages %s and %s both have a rule %s; give one of them another id", found[0].pkg.Path, found[1].pkg.Path, id)
	case len(found) == 1:
		return found[0], nil
	}
	message := fmt.Sprintf("no rule has the id %q", id)
	if near, ok := spell.Nearest(id, ids); ok {
		return nil, fmt.Errorf("%s; did you mean %q?", message, near)
	}
	return nil, fmt.Errorf("%s; there are %s", message, strings.Join(ids, ", "))
}

// firingEvent makes an event that fires a rule.
func firingEvent(rule *liveRule, now time.Time) ([]byte, error) {
	if rule.Schedule != "" {
		return scheduledEvent(ruleARN(rule), now), nil
	}
	sample, ok := rule.pattern.Sample()
	if !ok {
		return nil, fmt.Errorf("no event was found that fires the rule %s; give one: jobgen run -rule %s MAIN event.json", rule.ID, rule.ID)
	}
	// More fields make a better event, unless one of them keeps the rule from firing.
	for _, base := range bases(sample, now) {
		if event := overlay(base, sample); matches(rule, event) {
			return event, nil
		}
	}
	return sample, nil
}

// matches reports whether a rule fires for an event.
func matches(rule *liveRule, event []byte) bool {
	matched, err := rule.pattern.Match(event)
	return err == nil && matched
}

// The source and detail-type of the event that EventBridge sends when a schedule fires.
const (
	scheduledSource = "aws.events"
	scheduledType   = "Scheduled Event"
)

// scheduledEvent is the event that EventBridge sends when a schedule fires (user guide,
// eb-create-rule-schedule).
func scheduledEvent(arn string, now time.Time) []byte {
	event := envelope(now)
	event["source"], event["detail-type"] = scheduledSource, scheduledType
	event["resources"] = []any{arn}
	data, _ := json.Marshal(event) // strings can always be encoded
	return data
}

// envelope is the envelope of an event, with the fields that all events have.
func envelope(now time.Time) map[string]any {
	return map[string]any{
		"version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718", "account": account, "region": region,
		"time": now.UTC().Format(time.RFC3339), "resources": []any{}, "detail": map[string]any{},
		"source": "", "detail-type": "",
	}
}

// bases are events that a sample can be laid over, the fullest first: AWS's own with
// the sample's source and detail-type, and an envelope alone.
func bases(sample []byte, now time.Time) []map[string]any {
	event := envelope(now)
	head, _ := object(sample)
	source, _ := head["source"].(string)
	detailType, _ := head["detail-type"].(string)
	if data, ok := catalog.Sample(source, detailType); ok {
		if known, ok := object(data); ok {
			known["time"] = event["time"]
			return []map[string]any{known, event}
		}
	}
	return []map[string]any{event}
}

// overlay puts the fields of a sample over those of an event.
func overlay(base map[string]any, sample []byte) []byte {
	over, _ := object(sample)
	data, _ := json.Marshal(laid(base, over)) // what was JSON can be encoded
	return data
}

// laid returns the value of a field that a sample sets too: objects are joined, and a
// list stays a list.
func laid(base, over any) any {
	list, isList := base.([]any)
	if isList && len(list) > 0 {
		return []any{laid(list[0], over)}
	}
	if isList {
		return []any{over}
	}
	fields, ok := base.(map[string]any)
	more, ok2 := over.(map[string]any)
	if !ok || !ok2 {
		return over
	}
	joined := maps.Clone(fields)
	for name, value := range more {
		if was, ok := fields[name]; ok {
			value = laid(was, value)
		}
		joined[name] = value
	}
	return joined
}

// object reads a JSON object, and keeps its numbers as they are.
func object(data []byte) (map[string]any, bool) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var fields map[string]any
	err := dec.Decode(&fields)
	return fields, err == nil && fields != nil
}
