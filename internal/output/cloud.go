package output

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// CloudChanges says what replacing one CloudFormation or SAM template by another means
// for a stack: which resources are created, removed, updated in place, or replaced. It
// returns a line for each, in the order of the new template, then those that are only
// in the old one. An empty text means that there is no template; if the new one is
// empty, nothing is known about the stack, and there are no lines. There are none
// either if a text is not a template.
//
// The table createOnly has the properties whose change replaces a resource. A property
// that refers to a resource which is replaced is not reported.
func CloudChanges(old, new []byte) []string {
	before, readable := readTemplate(old)
	after, _ := readTemplate(new)
	if len(before.order)+len(after.order) == 0 {
		return nil
	}
	if !readable {
		return []string{"the old template cannot be read, so what the new one changes in a stack is not known"}
	}
	if len(bytes.TrimSpace(new)) == 0 {
		return []string{fmt.Sprintf("a stack that was made from it stays: delete the stack to remove its %s", resourceCount(len(before.order)))}
	}
	lines := before.changesTo(after)
	lines = append(lines, before.parametersTo(after)...)
	if len(lines) == 0 {
		return []string{"no resource changes"}
	}
	return lines
}

func resourceCount(n int) string {
	if n == 1 {
		return "1 resource"
	}
	return strconv.Itoa(n) + " resources"
}

func (t template) changesTo(after template) []string {
	var lines []string
	renamed := t.renames(after)
	for _, id := range after.order {
		now := after.resources[id]
		was, there := t.resources[id]
		if from, ok := renamed.from[id]; ok {
			lines = append(lines, t.rename(t.resources[from], now, after))
		} else if !there {
			lines = append(lines, now.title()+" is created")
		} else {
			lines = append(lines, was.changesTo(now)...)
		}
	}
	for _, id := range t.order {
		if _, stays := after.resources[id]; !stays && renamed.to[id] == "" {
			lines = append(lines, t.resources[id].removed())
		}
	}
	lines = append(lines, t.queuesTo(after, renamed)...)
	return append(lines, t.schedulesTo(after)...)
}

// title names a resource.
func (r resource) title() string { return fmt.Sprintf("%s (%s)", r.id, r.kind) }

func (r resource) removed() string {
	if r.isKept() {
		return fmt.Sprintf("%s leaves the stack and is kept in the account (DeletionPolicy: %s)", r.title(), r.attributes["DeletionPolicy"])
	}
	return r.title() + " is removed"
}

// isKept reports whether the resource is kept when it leaves the stack. The policy of
// the old template decides, since the stack has that one (CloudFormation template
// reference, aws-attribute-deletionpolicy).
func (r resource) isKept() bool { return strings.HasPrefix(r.attributes["DeletionPolicy"], "Retain") }

// changesTo compares two resources of one id.
func (r resource) changesTo(now resource) []string {
	if r.kind != now.kind {
		return []string{fmt.Sprintf("%s is replaced by one of type %s: CloudFormation refuses that in one update, so deploy once without %s, or give it another id", r.title(), now.kind, r.id)}
	}
	changed := changedKeys(r.properties, now.properties)
	var forcing []string
	for _, name := range changed {
		if r.forcesReplacement(name) {
			forcing = append(forcing, change(name, r.properties, now.properties))
		}
	}
	if len(forcing) > 0 {
		return []string{fmt.Sprintf("%s is replaced: %s%s", r.title(), strings.Join(forcing, ", "), r.refusal(now))}
	}
	for _, name := range changedKeys(r.attributes, now.attributes) {
		if name != "Condition" { // it decides whether the resource exists, and updates nothing
			changed = append(changed, name)
		}
	}
	var lines []string
	if len(changed) > 0 {
		lines = append(lines, fmt.Sprintf("%s is updated: %s", r.title(), strings.Join(changed, ", ")))
	}
	return append(lines, r.conditionTo(now)...)
}

// refusal says that CloudFormation refuses to replace a resource that keeps a name which the
// template gives it: "CloudFormation cannot update a stack when a custom-named resource requires
// replacing" (AWS's knowledge center, cloudformation-custom-name). It returns "" otherwise.
func (r resource) refusal(now resource) string {
	property, name := r.keptName(now)
	if name == "" {
		return ""
	}
	text := fmt.Sprintf("; CloudFormation refuses that while %s is %s", property, name)
	if r.kind == functionKind || r.kind == samKind {
		return text + ", so give the function another `name` in the same deployment"
	}
	return text + ", so change the name in the same deployment or leave it out"
}

// conditionTo says how the condition of a rule, a schedule or a function changes. Other resources
// have the conditions of those that they belong to.
func (r resource) conditionTo(now resource) []string {
	if !slices.Contains([]string{ruleKind, scheduleKind, functionKind, samKind}, r.kind) {
		return nil
	}
	return conditionChange(r.title(), r.attributes["Condition"], now.attributes["Condition"])
}

// conditionChange says that something gets, loses or changes its condition; "" is none.
func conditionChange(title, was, is string) []string {
	switch {
	case was == is:
		return nil
	case was == "":
		return []string{fmt.Sprintf("%s gets the condition %s: where that is false, it is removed", title, is)}
	case is == "":
		return []string{fmt.Sprintf("%s loses the condition %s: where that was false, it is created", title, was)}
	}
	return []string{fmt.Sprintf("%s has the condition %s instead of %s", title, is, was)}
}

// change says how a property changes, with its values if they are short.
func change(name string, before, after map[string]string) string {
	was, is := before[name], after[name]
	switch {
	case len(was) > 80 || len(is) > 80:
		return name + " changes"
	case was == "":
		return fmt.Sprintf("%s becomes %s", name, is)
	case is == "":
		return fmt.Sprintf("%s is no longer %s", name, was)
	}
	return fmt.Sprintf("%s changes from %s to %s", name, was, is)
}

// changedKeys lists the keys whose values differ, sorted.
func changedKeys(before, after map[string]string) []string {
	var keys []string
	for key, was := range before {
		if is, stays := after[key]; !stays || is != was {
			keys = append(keys, key)
		}
	}
	for key := range after {
		if _, was := before[key]; !was {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// parametersTo lists the parameters that need a value at the next deployment and did
// not before. For a new stack it lists none, since that needs all.
func (t template) parametersTo(after template) []string {
	if len(t.order) == 0 {
		return nil
	}
	var lines []string
	for _, name := range after.needs {
		if !slices.Contains(t.parameters, name) {
			lines = append(lines, fmt.Sprintf("the parameter %s is new and has no default: give it a value when you deploy", name))
		}
	}
	return lines
}
