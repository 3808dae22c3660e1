package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
)

// firingEvent returns an event that fires a rule.
func firingEvent(rule *liveRule, now time.Time) ([]byte, error) {
	if rule.Schedule != "" {
		return scheduledEvent(rule, now), nil
	}
	sample, ok := rule.pattern.Sample()
	if !ok {
		return nil, fmt.Errorf("no event was found that fires the rule %s; give one: jobgen run -rule %s MAIN event.json", rule.ID, rule.ID)
	}
	// An event with more fields is better if the rule still fires for it.
	for _, base := range bases(sample, now) {
		event := overlay(base, sample)
		if matched, err := rule.pattern.Match(event); err == nil && matched {
			return event, nil
		}
	}
	return sample, nil
}

// The source and detail-type of the event that EventBridge sends when a schedule fires.
const (
	scheduledSource = "aws.events"
	scheduledType   = "Scheduled Event"
)

// scheduledEvent returns the event that EventBridge sends when a schedule fires (user
// guide, eb-create-rule-schedule).
func scheduledEvent(rule *liveRule, now time.Time) []byte {
	sample, _ := catalog.Sample(scheduledSource, scheduledType, ruleARN(rule))
	event := object(sample)
	event["time"] = timestamp(now)
	data, _ := json.Marshal(event) // it was JSON
	return data
}

func timestamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// bases returns the events that a sample can complete, with the most fields first: AWS's
// event with the sample's source and detail-type, and an event without a detail.
func bases(sample []byte, now time.Time) []map[string]any {
	bare := map[string]any{
		"version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718", "account": account, "region": region,
		"time": timestamp(now), "resources": []any{}, "detail": map[string]any{}, "source": "", "detail-type": "",
	}
	fields := object(sample)
	source, _ := fields["source"].(string)
	detailType, _ := fields["detail-type"].(string)
	data, ok := catalog.Sample(source, detailType)
	if !ok {
		return []map[string]any{bare}
	}
	known := object(data)
	known["time"] = bare["time"]
	return []map[string]any{known, bare}
}

// overlay returns an event with the fields of a sample added or replaced.
func overlay(base map[string]any, sample []byte) []byte {
	data, _ := json.Marshal(merged(base, object(sample))) // both were JSON
	return data
}

// merged returns the value of a field that an event and a sample have. The sample's value
// wins, but objects are merged, and a list stays a list.
func merged(base, over any) any {
	list, isList := base.([]any)
	if isList && len(list) > 0 {
		return []any{merged(list[0], over)}
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
			value = merged(was, value)
		}
		joined[name] = value
	}
	return joined
}

// object decodes a JSON object. Its numbers keep their form.
func object(data []byte) map[string]any {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var fields map[string]any
	_ = dec.Decode(&fields) // samples are objects
	return fields
}
