package output

import (
	"fmt"
	"regexp"
	"strings"
)

// renames are the rules and functions that only change their logical ids, for example
// because a method was renamed.
type renames struct {
	to   map[string]string // old id → new id
	from map[string]string // new id → old id
}

// renames finds the renamed rules and functions. A rule was renamed if exactly one new
// rule matches the same events. A function was renamed if the rules that called it call a
// new one.
func (t template) renames(after template) renames {
	r := renames{to: map[string]string{}, from: map[string]string{}}
	gone, come := t.rulesNotIn(after), after.rulesNotIn(t)
	for key, from := range gone {
		if to := come[key]; len(from) == 1 && len(to) == 1 {
			r.add(from[0], to[0])
		}
	}
	functions := t.renamedFunctions(after, r)
	for from, to := range functions.to {
		r.add(from, to)
	}
	return r
}

func (r renames) add(from, to string) { r.to[from], r.from[to] = to, from }

// rulesNotIn groups the rules that the other template lacks by the events that they
// match.
func (t template) rulesNotIn(other template) map[string][]string {
	rules := map[string][]string{}
	for _, id := range t.order {
		if _, both := other.resources[id]; both || t.resources[id].kind != ruleKind {
			continue
		}
		p := t.resources[id].properties
		key := p["EventPattern"] + "\n" + p["ScheduleExpression"] + "\n" + p["EventBusName"]
		rules[key] = append(rules[key], id)
	}
	return rules
}

// renamedFunctions compares what the rules called with what they call now. A
// function is not renamed if its rules call two functions now, or if two functions
// called its rules before.
func (t template) renamedFunctions(after template, rules renames) renames {
	found := renames{to: map[string]string{}, from: map[string]string{}}
	var unclear []string
	for _, id := range t.order {
		now := id
		if to, ok := rules.to[id]; ok {
			now = to
		}
		from, to := t.functionOf(id), after.functionOf(now)
		if from == "" || to == "" || after.has(from) || t.has(to) {
			continue
		}
		if is, ok := found.to[from]; ok && is != to {
			unclear = append(unclear, from)
		}
		if was, ok := found.from[to]; ok && was != from {
			unclear = append(unclear, was, from)
		}
		found.add(from, to)
	}
	for _, from := range unclear {
		delete(found.to, from)
	}
	return found
}

func (t template) has(id string) bool {
	_, ok := t.resources[id]
	return ok
}

var resourceARN = regexp.MustCompile(`!GetAtt (\w+)\.Arn`)

// functionOf returns the function that a rule calls, or for which Lambda reads the rule's
// queue, or "".
func (t template) functionOf(rule string) string {
	if m := t.mappingOf(rule); m != nil {
		return m.function()
	}
	for _, m := range resourceARN.FindAllStringSubmatch(t.resources[rule].properties["Targets"], -1) {
		switch t.resources[m[1]].kind {
		case functionKind, samKind:
			return m[1]
		}
	}
	return ""
}

// rename says what a new name of a resource means: what is deleted with the old
// resource, and how to keep it.
func (t template) rename(was, is resource, after template) string {
	if is.kind == ruleKind {
		stem := strings.TrimSuffix(was.id, "Rule")
		return fmt.Sprintf("%s looks like a rename of %s: the rule is replaced, the new one is created before the old one is removed, and an event in between runs the job of each%s; `//jobs:event_rule id: %s` keeps the old one",
			is.title(), was.id, t.deleted(after, part{stem + "Queue", "its queue with the messages"},
				part{stem + "EventsQueue", "the queue of its events with the messages"}, part{stem + "DeadQueue", "its dead-letter queue with the messages"}), stem)
	}
	stem := was.functionStem()
	return fmt.Sprintf("%s looks like a rename of %s: the function is replaced%s; `//jobs:function id: %s` keeps the old one",
		is.title(), was.id, t.deleted(after, part{stem + "Role", "its role"}, part{stem + "LogGroup", "its log group with the logs"},
			part{stem + "FailureQueue", "its queue with the messages"}), stem)
}

// part is a resource that belongs to a rule or function.
type part struct{ id, what string }

// deleted says which of some parts are deleted, after a semicolon.
func (t template) deleted(after template, parts ...part) string {
	var lost []string
	for _, p := range parts {
		if t.has(p.id) && !after.has(p.id) && !t.resources[p.id].isKept() {
			lost = append(lost, p.what)
		}
	}
	switch last := len(lost) - 1; {
	case last < 0:
		return ""
	case last == 0:
		return "; " + lost[0] + " is deleted"
	default:
		return "; " + strings.Join(lost[:last], ", ") + " and " + lost[last] + " are deleted"
	}
}
