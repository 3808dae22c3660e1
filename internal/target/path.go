package target

import (
	"bytes"
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
func find(value []byte, steps []Step) (json.RawMessage, bool) {
	found := [][]byte{bytes.TrimSpace(value)}
	wild := false
	for _, s := range steps {
		var next [][]byte
		for _, v := range found {
			for _, child := range s.follow(v) {
				next = append(next, child)
			}
		}
		found = next
		wild = wild || s.Kind == WildcardStep
	}
	switch {
	case wild:
		return slices.Concat([]byte("["), bytes.Join(found, []byte(",")), []byte("]")), true
	case len(found) == 0:
		return nil, false
	default:
		return found[0], true
	}
}

func (s Step) follow(value json.RawMessage) []json.RawMessage {
	switch s.Kind {
	case MemberStep:
		return s.followMember(value)
	case IndexStep:
		if all, ok := elements(value); ok && s.Index < len(all) {
			return all[s.Index : s.Index+1]
		}
		return nil
	default:
		return children(value)
	}
}

// followMember returns the member with the step's name. Of several members with that
// name it returns the last, as most JSON decoders do.
func (s Step) followMember(value json.RawMessage) []json.RawMessage {
	all, _ := members(value)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].key == s.Name {
			return []json.RawMessage{all[i].value}
		}
	}
	return nil
}

func children(value json.RawMessage) []json.RawMessage {
	if all, ok := elements(value); ok {
		return all
	}
	all, _ := members(value)
	values := make([]json.RawMessage, len(all))
	for i, m := range all {
		values[i] = m.value
	}
	return values
}
