package target

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Step is a step of a JSON path: to a member of an object, to an element of an array, or
// to all of them.
type Step struct {
	Kind   StepKind
	Name   string // MemberStep
	Index  int    // IndexStep
	Offset int    // of the name, the index or the star, in bytes from the start of the path
}

// StepKind is the kind of a Step.
type StepKind int

// The kinds of steps.
const (
	MemberStep StepKind = iota
	IndexStep
	WildcardStep
)

// pathError describes an invalid path. AWS accepts any path when a rule is created
// (eb-transform-target-input: "There is no validation when creating JSON path"), so only
// jobgen reports it.
type pathError struct {
	offset  int // in bytes
	message string
	remedy  string
}

func (e *pathError) Error() string { return e.message + "; " + e.remedy }

const pathRemedy = "write it in dot notation, as $.detail.items[0].id"

// pathParser parses a path.
type pathParser struct {
	path  string
	at    int
	steps []Step
}

// ParsePath parses a path such as $, $.detail.instance-id, $.resources[0] or
// $.detail.items[*].id.
func ParsePath(path string) ([]Step, error) {
	p := &pathParser{path: path}
	if !strings.HasPrefix(path, "$") {
		return nil, p.fail("a JSON path starts with $", pathRemedy)
	}
	p.at = 1
	for p.at < len(path) {
		if err := p.step(); err != nil {
			return nil, err
		}
	}
	return p.steps, nil
}

func (p *pathParser) fail(message, remedy string) error {
	return &pathError{offset: p.at, message: message, remedy: remedy}
}

// add adds a step at the current offset.
func (p *pathParser) add(s Step) {
	s.Offset = p.at
	p.steps = append(p.steps, s)
}

func (p *pathParser) step() error {
	switch p.path[p.at] {
	case '.':
		p.at++
		return p.member()
	case '[':
		p.at++
		return p.index()
	default:
		return p.fail(fmt.Sprintf("%q cannot be here: a step starts with . or [", p.rune()), pathRemedy)
	}
}

func (p *pathParser) member() error {
	rest := p.path[p.at:]
	name := rest
	if end := strings.IndexFunc(rest, func(r rune) bool { return !nameRune(r) }); end >= 0 {
		name = rest[:end]
	}
	switch {
	case name != "":
		p.add(Step{Kind: MemberStep, Name: name})
		p.at += len(name)
		return nil
	case strings.HasPrefix(rest, "*"):
		p.add(Step{Kind: WildcardStep})
		p.at++
		return nil
	case strings.HasPrefix(rest, "."):
		return p.fail("EventBridge does not search at any depth (..)", "write every step of the path")
	case rest == "":
		return p.fail("a name is missing after the dot", "name the field, or leave the dot out")
	default:
		return p.fail(fmt.Sprintf("%q cannot start a name", p.rune()), pathRemedy)
	}
}

func (p *pathParser) index() error {
	text, _, closed := strings.Cut(p.path[p.at:], "]")
	index, err := strconv.Atoi(text)
	switch {
	case !closed:
		return p.fail("the bracket is not closed", "write an index, as [0]")
	case text == "*":
		p.add(Step{Kind: WildcardStep})
	case err == nil && strings.Trim(text, "0123456789") == "":
		p.add(Step{Kind: IndexStep, Index: index})
	default:
		return p.fail(fmt.Sprintf("[%s] is not the index of an array: EventBridge takes digits or * in brackets", text),
			"write a field's name in dot notation, as $.detail.name")
	}
	p.at += len(text) + 1
	return nil
}

func (p *pathParser) rune() rune {
	for _, r := range p.path[p.at:] {
		return r
	}
	return 0
}

// nameRune reports whether a name in a path may have a character. AWS's guide mentions
// letters, digits, dashes, underscores and slashes (eb-transform-target-input), but
// EventBridge accepts others.
func nameRune(r rune) bool {
	return r > ' ' && !strings.ContainsRune(`.[]*'"(),?<>`, r)
}

// find returns the value at a path of an event, as written there. If the path has a
// wildcard, it returns the array of all values. It returns false if there is no value.
func find(event []byte, steps []Step) (json.RawMessage, bool) {
	root := readValue(string(event), nil)
	if root == nil {
		return nil, false
	}
	found, wild := []*Value{root}, false
	for _, s := range steps {
		var next []*Value
		for _, v := range found {
			next = append(next, s.follow(v)...)
		}
		found = next
		wild = wild || s.Kind == WildcardStep
	}
	switch {
	case wild:
		all := make([]string, len(found))
		for i, v := range found {
			all[i] = v.JSON
		}
		return json.RawMessage("[" + strings.Join(all, ",") + "]"), true
	case len(found) == 0:
		return nil, false
	}
	return json.RawMessage(found[0].JSON), true
}

// follow returns the values in an array or object to which the step leads. Of several members
// with the step's name it is the last, as for most JSON decoders.
func (s Step) follow(v *Value) (to []*Value) {
	switch s.Kind {
	case MemberStep:
		for _, m := range v.Members {
			if m.Key == s.Name {
				to = []*Value{m.Value}
			}
		}
	case IndexStep:
		if s.Index < len(v.Elements) {
			to = v.Elements[s.Index : s.Index+1]
		}
	case WildcardStep:
		to = slices.Clone(v.Elements)
		for _, m := range v.Members {
			to = append(to, m.Value)
		}
	}
	return to
}
