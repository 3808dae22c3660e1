package schedule

import (
	"fmt"
	"slices"
)

// maxExpression is the length of a whole schedule expression, with rate( ) or
// cron( ) around it, in characters (ScheduleExpression of API_PutRule).
const maxExpression = 256

// Kind says what kind of fault a Problem is.
type Kind int

// The kinds of faults.
const (
	Syntax     Kind = iota // it is not in the grammar
	FieldCount             // a cron expression without its six fields
	Range                  // a number that its place does not take
	Name                   // a word that is no month or day of the week
	Unit                   // a rate's unit is missing, unknown, or in the wrong number
	Wildcard               // a wildcard in a field that does not take it
	Question               // not exactly one of the two day fields is ?
	NeverFires             // right in every part, and no such time exists
	Limit                  // too long for AWS
)

var kindNames = [...]string{
	Syntax:     "syntax",
	FieldCount: "field count",
	Range:      "range",
	Name:       "name",
	Unit:       "unit",
	Wildcard:   "wildcard",
	Question:   "question mark",
	NeverFires: "never fires",
	Limit:      "limit",
}

// String names the kind in words.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return fmt.Sprintf("Kind(%d)", int(k))
	}
	return kindNames[k]
}

// Span is a part of an expression: the bytes from Offset up to End.
type Span struct{ Offset, End int }

// Problem is one fault of an expression.
type Problem struct {
	Kind Kind
	// Offset and End delimit the faulty bytes of the expression, as it was
	// passed in. They are equal where something is missing.
	Offset, End int
	// Message says what is wrong and what is allowed. Remedy, where there is
	// one, is the next step.
	Message, Remedy string
	// Suggestion, where there is one, is what was probably meant: in place of
	// the faulty bytes, or, if there is a space in it, of the whole expression.
	Suggestion string
	// Related is the other place of a conflict.
	Related *Span
	// Warning says that AWS takes the expression nevertheless, as far as is
	// known.
	Warning bool
}

// String gives the message, then what to write instead and what to do.
func (p Problem) String() string {
	s := p.Message
	if p.Suggestion != "" {
		s += fmt.Sprintf("; did you mean %q?", p.Suggestion)
	}
	if p.Remedy != "" {
		s += "; " + p.Remedy
	}
	return s
}

// fatal reports whether a schedule with these problems cannot be used.
func fatal(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return !p.Warning })
}

// inOrder sorts problems by place; those of one place stay as they were found.
func inOrder(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Offset - b.Offset })
	return problems
}

// shift moves problems of a part of an expression to their place in the whole.
func shift(problems []Problem, by int) []Problem {
	for i := range problems {
		p := &problems[i]
		p.Offset += by
		p.End += by
		if p.Related != nil {
			p.Related = &Span{p.Related.Offset + by, p.Related.End + by}
		}
	}
	return problems
}
