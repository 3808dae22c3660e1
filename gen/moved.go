package gen

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
)

// TerraformMoves compares two versions of jobs.tf and finds the rules and functions
// that have new names, for example because a method was renamed. It returns moved
// blocks, so that Terraform keeps the resources. Comments above the blocks say what changes
// in the cloud. The user puts the blocks into another file beside jobs.tf.
// TerraformMoves returns "" if nothing was renamed, or if jobgen did not write one of
// the texts.
//
// A rule was renamed if exactly one new rule is equal to it except for the name. A
// function was renamed if a rule that called it calls a new function.
func TerraformMoves(old, new []byte) string {
	before, after := readTF(old), readTF(new)
	moves := before.renamedRules(after)
	before.addRenamedFunctions(after, moves)
	addQueues(moves)
	var notes, blocks strings.Builder
	for _, r := range before.list {
		if to, ok := before.moved(r, after, moves); ok {
			notes.WriteString(before.moveNote(r, to))
			fmt.Fprintf(&blocks, "\nmoved {\n  from = %s.%s\n  to   = %[1]s.%[3]s\n}\n", r.kind, r.label, to)
		}
	}
	return notes.String() + blocks.String()
}

// moved returns the label that a resource has in the other file, if it has a new one.
// It checks the kind too: a rule and a function may have the same label in moves.
func (f tfFile) moved(r tfResource, after tfFile, moves map[string]string) (to string, ok bool) {
	to, ok = moves[r.label]
	return to, ok && after.has(r.kind, to) && !after.has(r.kind, r.label) && !f.has(r.kind, to)
}

// moveNote says, in comments, what a resource's new label means.
func (f tfFile) moveNote(r tfResource, to string) string {
	switch r.kind {
	case tfRule:
		return fmt.Sprintf("# Rule %s is now %s. Its name in AWS changes, so the rule is replaced%s: without \"id: %[1]s\" on the event_rule\n"+
			"# directive, events may be missed or handled twice while Terraform applies this.\n", r.label, to, f.queuesLostWith(r.label))
	case tfFunction:
		return fmt.Sprintf("# Function %s is now %s. Its name in AWS changes, so the function is replaced%s.\n"+
			"# \"id: %[1]s\" on the function directive keeps the old one.\n", r.label, to, f.lostWith(r.label))
	}
	return ""
}

// lostWith names what is deleted when a function's name changes.
func (f tfFile) lostWith(function string) string {
	var lost []string
	if f.logLostWith(function) != "" {
		lost = append(lost, "its log group with the logs")
	}
	if f.has(tfQueue, function+"Failure") {
		lost = append(lost, "its queue with the messages")
	}
	switch len(lost) {
	case 0:
		return ""
	case 1:
		return ", and " + lost[0] + " is deleted"
	}
	return ", and " + strings.Join(lost, " and ") + " are deleted"
}

// The kinds of resources that TerraformMoves looks into.
const (
	tfLogGroup = "aws_cloudwatch_log_group"
	tfQueue    = "aws_sqs_queue"
	tfRule     = "aws_cloudwatch_event_rule"
	tfTarget   = "aws_cloudwatch_event_target"
	tfFunction = "aws_lambda_function"
)

// tfFile holds the resources of a file that jobgen wrote. It is read line by line,
// since jobgen formats what it writes.
type tfFile struct {
	list  []tfResource
	index map[string]int // "kind label" → place in list
}

type tfResource struct {
	kind, label string
	body        string // its lines, without the alignment of equals signs
}

var tfResourceLine = regexp.MustCompile(`^resource "(\w+)" "(\w+)" \{$`)

func readTF(data []byte) tfFile {
	f := tfFile{index: make(map[string]int)}
	var current *tfResource
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if m := tfResourceLine.FindStringSubmatch(line); m != nil {
			f.index[m[1]+" "+m[2]] = len(f.list)
			f.list = append(f.list, tfResource{kind: m[1], label: m[2]})
			current = &f.list[len(f.list)-1]
		} else if line == "}" {
			current = nil
		} else if current != nil {
			current.body += strings.Join(strings.Fields(line), " ") + "\n"
		}
	}
	return f
}

func (f tfFile) has(kind, label string) bool {
	_, ok := f.index[kind+" "+label]
	return ok
}

// renamedRules maps the old labels of the rules that were renamed to the new ones.
func (f tfFile) renamedRules(after tfFile) map[string]string {
	gone, come := f.rulesNotIn(after), after.rulesNotIn(f)
	moves := make(map[string]string)
	for body, from := range gone {
		if to := come[body]; len(from) == 1 && len(to) == 1 {
			moves[from[0]] = to[0]
		}
	}
	return moves
}

var tfNameLine = regexp.MustCompile(`(?m)^name = "\$\{var\.name_prefix\}-\w+"\n`)

// rulesNotIn returns the labels of the rules that the other file lacks, by their
// bodies without the name.
func (f tfFile) rulesNotIn(other tfFile) map[string][]string {
	rules := make(map[string][]string)
	for _, r := range f.list {
		if r.kind == tfRule && !other.has(r.kind, r.label) {
			body := tfNameLine.ReplaceAllString(r.body, "")
			rules[body] = append(rules[body], r.label)
		}
	}
	return rules
}

var tfTargetFunction = regexp.MustCompile(`(?m)^arn = aws_lambda_function\.(\w+)\.arn$`)

// addRenamedFunctions adds the functions that were renamed: a rule calls each of them
// before and after, under two names.
func (f tfFile) addRenamedFunctions(after tfFile, moves map[string]string) {
	rules := maps.Clone(moves)
	for _, r := range f.list {
		if r.kind == tfRule && after.has(tfRule, r.label) {
			rules[r.label] = r.label
		}
	}
	for from, to := range rules {
		was, is := f.functionOf(from), after.functionOf(to)
		if was == is || was == "" || is == "" || after.has(tfFunction, was) || f.has(tfFunction, is) {
			continue
		}
		moves[was] = is
		moves[was+"Failure"] = is + "Failure"
	}
}

// functionOf returns the label of the function that a rule calls, or for which Lambda reads
// the rule's queue.
func (f tfFile) functionOf(rule string) string {
	i, ok := f.index[tfTarget+" "+rule]
	if !ok {
		return ""
	}
	body := f.list[i].body
	if m := f.mappingOf(rule); m != nil {
		body = strings.Replace(m.body, "function_name = ", "arn = ", 1)
	}
	if m := tfTargetFunction.FindStringSubmatch(body); m != nil {
		return m[1]
	}
	return ""
}
