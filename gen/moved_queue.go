package gen

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
)

// TerraformQueues compares two versions of jobs.tf. It returns comments on the rules that get
// a queue, get another queue, or lose their queue. A comment says what happens to events while
// Terraform applies the change. TerraformQueues returns "" if there are no such rules.
func TerraformQueues(old, new []byte) string {
	before, after := readTF(old), readTF(new)
	renamed := before.renamedRules(after)
	var b strings.Builder
	for _, r := range before.list {
		to, ok := renamed[r.label]
		if !ok {
			to = r.label
		}
		if r.kind != tfRule || !after.has(tfRule, to) {
			continue
		}
		was, is := before.mappingOf(r.label), after.mappingOf(to)
		switch {
		case was == nil && is != nil:
			fmt.Fprintf(&b, "# Rule %s sends to a queue now: EventBridge sends an event again that arrives before the queue's policy does (not with\n"+
				"# \"retry: {attempts: 0}\"), and what Lambda is retrying may run twice.\n", to)
		case was != nil && is == nil:
			fmt.Fprintf(&b, "# Rule %s no longer sends to a queue: the job doesn't get what is still in %s when Terraform removes the mapping.\n", to, was.queueName())
		case was != nil && was.source() != is.source() && !(was.isMadeFor(r.label) && is.isMadeFor(to)):
			fmt.Fprintf(&b, "# Rule %s sends to another queue now: the job doesn't get what is still in %s when Terraform removes the mapping.\n", to, was.queueName())
		}
	}
	return b.String()
}

const tfMapping = "aws_lambda_event_source_mapping"

var (
	tfTargetARN     = regexp.MustCompile(`(?m)^arn = (.+)$`)
	tfMappingSource = regexp.MustCompile(`(?m)^event_source_arn = (.+)$`)
	tfQueueARN      = regexp.MustCompile(`^aws_sqs_queue\.(\w+)\.arn$`)
)

// mappingOf returns the event source mapping of the queue that is a rule's target, or nil if
// the target is a function.
func (f tfFile) mappingOf(rule string) *tfResource {
	i, ok := f.index[tfTarget+" "+rule]
	if !ok {
		return nil
	}
	target := tfTargetARN.FindStringSubmatch(f.list[i].body)
	for _, r := range f.list {
		if r.kind == tfMapping && target != nil && r.source() == target[1] {
			return &r
		}
	}
	return nil
}

// source returns the expression for the ARN of a mapping's queue.
func (r *tfResource) source() string {
	if m := tfMappingSource.FindStringSubmatch(r.body); m != nil {
		return m[1]
	}
	return ""
}

// isMadeFor reports whether a mapping's queue is the one that jobgen makes for a rule.
func (r *tfResource) isMadeFor(rule string) bool {
	return r.source() == tfQueue+"."+rule+sourceSuffix+".arn"
}

// queueName names the queue of a mapping. Terraform deletes a queue that is removed from the
// file.
func (r *tfResource) queueName() string {
	if m := tfQueueARN.FindStringSubmatch(r.source()); m != nil {
		return "aws_sqs_queue." + m[1] + ", which Terraform deletes,"
	}
	return r.source()
}

// addQueues adds the queues of renamed rules to moves.
func addQueues(moves map[string]string) {
	for from, to := range maps.Clone(moves) {
		for _, suffix := range []string{sourceSuffix, deadSuffix} {
			moves[from+suffix] = to + suffix
		}
	}
}

// queuesLostWith names the queues that are deleted when a rule's name changes.
func (f tfFile) queuesLostWith(rule string) string {
	if f.has(tfQueue, rule+sourceSuffix) {
		return ", and its queues with the messages are deleted"
	}
	return ""
}
