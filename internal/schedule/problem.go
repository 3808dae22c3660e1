package schedule

import "slices"

// maxExpression is the maximum number of characters of a schedule expression, including
// rate( ) or cron( ) (ScheduleExpression of API_PutRule).
const maxExpression = 256

// Kind is the kind of a Problem.
type Kind int

// The kinds of problems.
const (
	Syntax     Kind = iota // not in the grammar
	FieldCount             // a cron expression without six fields
	Range                  // a number out of range
	Name                   // a word that is no month or day of the week
	Unit                   // a rate's unit is missing, unknown, or in the wrong number
	Wildcard               // a wildcard in a field that does not allow it
	Question               // not exactly one of the two day fields is ?
	NeverFires             // no such time exists
	Passed                 // the last time has passed
	Limit                  // too long for AWS
)

// Span is the part of an expression from byte Offset up to End.
type Span struct{ Offset, End int }

// Problem is an error in an expression or a warning about it.
type Problem struct {
	Kind Kind
	// Offset and End are the range of the problem in the expression. They are equal if
	// something is missing.
	Offset, End int
	// Message says what is wrong and what is allowed. Remedy says what to do; it may be
	// empty.
	Message, Remedy string
	// Suggestion is what was probably meant, or empty. It replaces the range of the
	// problem or, if it contains a space, the whole expression.
	Suggestion string
	// Related is the other part of a conflict, or nil.
	Related *Span
	// Warning reports whether AWS accepts the expression, as far as is known.
	Warning bool
}

// fatal reports whether a schedule with these problems cannot be used.
func fatal(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return !p.Warning })
}

// inOrder sorts problems by offset.
func inOrder(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Offset - b.Offset })
	return problems
}

// shift adds an offset to the positions of problems.
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
