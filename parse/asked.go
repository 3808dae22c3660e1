package parse

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// namesIn returns the names that a list of alternatives takes: the texts among them, and
// those of the known names that the others match. It is not sure where an alternative
// takes no known name, or has a parameter: then the list takes names that nobody knows.
func namesIn(list *tree, known []string) (names []string, sure bool) {
	if list == nil {
		return nil, false
	}
	for _, item := range list.items {
		if text := literalOf(item); text != nil {
			names = append(names, text.plain())
			continue
		}
		found := item.taken(known)
		if len(found) == 0 {
			return names, false
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	return slices.Compact(names), len(names) > 0
}

// literalOf returns the text that an alternative wants, nil if it wants something else,
// or one with parameters.
func literalOf(item *tree) *tree {
	if name, operand := operatorOf(item); name == "exactly" {
		item = operand
	}
	if item.kind == directive.String && len(item.text.Params()) == 0 {
		return item
	}
	return nil
}

// taken returns those of some names that an alternative takes, through package pattern:
// it alone decides a match.
func (t *tree) taken(names []string) []string {
	if len(t.allParams()) > 0 {
		return nil
	}
	src := (&tree{kind: directive.List, items: []*tree{t}}).source()
	p, err := pattern.Parse([]byte(`{"v":` + src.json.String() + `}`))
	if err != nil {
		return nil // told elsewhere
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		matched, err := p.Match([]byte(`{"v":` + model.Quote(name) + `}`))
		return err != nil || !matched
	})
}

// allParams are the parameters in a tree.
func (t *tree) allParams() map[string]model.Pos {
	found := map[string]model.Pos{}
	t.params(found)
	return found
}

// texts returns what the alternatives of a list ask for by a text, literals and operands
// of operators alike, and exceptions too.
func texts(list *tree) []want {
	if list == nil {
		return nil
	}
	var all []want
	for _, item := range list.items {
		for _, w := range wants(item) {
			if w.kind == shape.String && w.t.kind == directive.String && len(w.t.text.Params()) == 0 && w.bare() != "cidr" {
				all = append(all, w)
			}
		}
	}
	return all
}

// ofNone reports whether none of some names is what a text asks for.
func (w want) ofNone(names []string) bool {
	text := w.t.plain()
	return !slices.ContainsFunc(names, func(name string) bool { return w.allows(name, text) })
}

// anyCase reports whether a text is for a name in any letter case.
func (w want) anyCase() bool { return w.bare() == "equals-ignore-case" }

// name is the name that a text stands for: that of its letters, where their case doesn't
// count, in the case of the known names.
func (w want) name() string {
	if w.anyCase() {
		return strings.ToLower(w.t.plain())
	}
	return w.t.plain()
}

// part says which part of a name a text stands for, in messages.
func (w want) part() string {
	switch w.bare() {
	case "prefix":
		return fmt.Sprintf("begins with %q", w.t.plain())
	case "suffix":
		return fmt.Sprintf("ends with %q", w.t.plain())
	}
	return fmt.Sprintf("matches %q", w.t.plain())
}

// nearPart returns the part of one of some names that the text of a prefix or suffix,
// which none of them has, was most likely meant to be: one that is an edit away, if
// there is no other.
func (w want) nearPart(names []string) (string, bool) {
	text := w.t.plain()
	m, ok := spell.Find(text, func(yield func(string) bool) {
		for _, name := range names {
			for n := max(len(text)-1, 1); n <= min(len(text)+1, len(name)); n++ {
				if part := w.cut(name, n); part != "" && !yield(part) {
					return
				}
			}
		}
	})
	if !ok || m.Distance > 1 {
		return "", false
	}
	return w.longest(append(m.Ties, m.Word))
}

// longest returns the longest of some parts, if all others are parts of it: those of
// one name.
func (w want) longest(parts []string) (string, bool) {
	longest := slices.MaxFunc(parts, func(a, b string) int { return len(a) - len(b) })
	return longest, !slices.ContainsFunc(parts, func(part string) bool { return w.cut(longest, len(part)) != part })
}

// cut returns so many bytes of a name, from the end that a prefix or suffix is for.
func (w want) cut(name string, n int) string {
	switch w.bare() {
	case "prefix":
		return name[:n]
	case "suffix":
		return name[len(name)-n:]
	}
	return ""
}
