package match

// rare is what few patterns ask for, and what takes much code: wildcards, blocks of
// addresses, and comparisons without regard to case. It is an interface so that a
// program none of whose patterns asks for it is without the code; RareOperators is
// it.
type rare interface {
	wildcard(m *tester, text string, s []byte) bool
	foldedPrefix(text string, s []byte) int
	foldedSuffix(text string, s []byte) bool
	inBlock(m *tester, at uint32, s []byte) bool
	takesDigits(m *tester, test uint32, number []byte) int
	lookUpAddress(m *Matcher, at uint32, s []byte)
}

// RareOperators are what a Table has for its Rare where one of its patterns asks for
// wildcard, cidr, or a text without regard to case.
type RareOperators struct{}

func (RareOperators) foldedPrefix(text string, s []byte) int      { return foldedPrefix(text, s) }
func (RareOperators) foldedSuffix(text string, s []byte) bool     { return foldedSuffix(text, s) }
func (RareOperators) inBlock(m *tester, at uint32, s []byte) bool { return m.inBlock(at, s) }
func (RareOperators) takesDigits(m *tester, test uint32, number []byte) int {
	return m.takesDigits(test, number)
}
func (RareOperators) lookUpAddress(m *Matcher, at uint32, s []byte) { m.lookUpAddress(at, s) }

// numbers compares numbers. It is an interface for the same reason as rare; Numbers is
// it.
type numbers interface {
	inRange(m *tester, at uint32, v *Value) bool
	equals(v *Value, x float64) bool
	lookUp(m *Matcher, at uint32, s []byte)
}

// Numbers are what a Table has for its Numbers where one of its patterns compares
// some.
type Numbers struct{}

func (Numbers) inRange(m *tester, at uint32, v *Value) bool { return m.inRange(at, v.Number()) }
func (Numbers) equals(v *Value, x float64) bool {
	return v.Number().Comparable && v.Number().Value == x
}
func (Numbers) lookUp(m *Matcher, at uint32, s []byte) { m.lookUpNumber(at, s) }

// lists matches rules in an event's lists. It is an interface for the same reason as
// rare; Lists is it.
type lists interface {
	matches(m *Matcher, rule uint32) bool
}

// Lists are what a Table has for its Lists where one of its patterns has several
// fields in an object that may be an element of a list; see ForEvents.
type Lists struct{}

func (Lists) matches(m *Matcher, rule uint32) bool { return m.matchesSpread(m.fields(rule)) }

// parts matches an event against the parts of a divided table. It is an interface for
// the same reason as rare; Parts is it.
type parts interface {
	match(m *Matcher, at int, top *Top) error
}

// Parts are what a Table has for its Parts if it is divided into some, each for the
// events that have a certain text: see Builder.Divided.
type Parts struct{}

// isRare reports whether the alternative asks for RareOperators.
func (a *Alternative) isRare() bool { return a.Fold || a.Operator == Wildcard || a.Operator == CIDR }
