package output

import (
	"fmt"
	"regexp"
	"strings"
)

const mappingKind = "AWS::Lambda::EventSourceMapping"

// mappingOf returns the event source mapping of the queue that is a rule's target, or nil if
// the target is a function. A rule has one target, and its Arn is the first property.
func (t template) mappingOf(rule string) *resource {
	for _, id := range t.order {
		r := t.resources[id]
		if r.kind == mappingKind && strings.HasPrefix(t.resources[rule].properties["Targets"], "[{Arn: "+r.properties["EventSourceArn"]+", ") {
			return &r
		}
	}
	return nil
}

var resourceRef = regexp.MustCompile(`^!Ref (\w+)$`)

// function returns the function of a mapping, or "".
func (r *resource) function() string {
	if m := resourceRef.FindStringSubmatch(r.properties["FunctionName"]); m != nil {
		return m[1]
	}
	return ""
}

// queuesTo returns a line for each rule that gets a queue, gets another queue, or loses its
// queue. The line says what happens to events during the update. CloudFormation removes the
// old mapping last.
func (t template) queuesTo(after template, renamed renames) []string {
	var lines []string
	for _, id := range after.order {
		from := id
		if old, ok := renamed.from[id]; ok {
			from = old
		}
		rule := after.resources[id]
		if rule.kind != ruleKind || !t.has(from) {
			continue
		}
		was, is := t.mappingOf(from), after.mappingOf(id)
		switch {
		case was == nil && is != nil:
			lines = append(lines, fmt.Sprintf("%s sends to a queue now: EventBridge sends an event again that arrives before the queue's policy does (not with `retry: {attempts: 0}`), and what Lambda is retrying may run twice", id))
		case was != nil && is == nil:
			lines = append(lines, fmt.Sprintf("%s no longer sends to a queue: the job doesn't get what is still in %s when the mapping is removed", id, t.queueName(was)))
		case was != nil && was.properties["EventSourceArn"] != is.properties["EventSourceArn"]:
			lines = append(lines, fmt.Sprintf("%s sends to another queue now: the job doesn't get what is still in %s when the mapping is removed", id, t.queueName(was)))
		}
	}
	return lines
}

// queueName names the queue of a mapping, and says whether it is kept.
func (t template) queueName(mapping *resource) string {
	arn := mapping.properties["EventSourceArn"]
	m := resourceARN.FindStringSubmatch(arn)
	switch {
	case m == nil:
		return arn
	case t.resources[m[1]].isKept():
		return m[1] + " (the queue is kept in the account)"
	}
	return m[1]
}
