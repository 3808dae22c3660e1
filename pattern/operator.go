package pattern

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/match"
)

// The names of the operators. EventBridge and AWS's matcher accept exactly, but the user
// guide doesn't mention it, and a literal means the same. So messages don't mention it.
const (
	wordExactly      = "exactly"
	wordPrefix       = "prefix"
	wordSuffix       = "suffix"
	wordIgnoreCase   = "equals-ignore-case"
	wordWildcard     = "wildcard"
	wordAnythingBut  = "anything-but"
	wordNumeric      = "numeric"
	wordCIDR         = "cidr"
	wordExists       = "exists"
	operatorsAllowed = "the operators are prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr and exists"
)

// operatorWords are the names of the operators, sorted.
var operatorWords = match.Words[:]

func isOperator(word string) bool { return slices.Contains(operatorWords, word) }

// valueChecker checks the alternatives of fields.
type valueChecker struct {
	*findings
	params []string // nil for a pattern without parameters
}

// alternative checks one member of a field's list.
func (c *valueChecker) alternative(n *node) Alternative {
	a := Alternative{Offset: n.start, End: n.end, OperatorOffset: n.start}
	switch n.kind {
	case kindObject:
		c.expression(&a, n)
	case kindList:
		c.fault(BadOperand, n, "a list within a list", "write all values of the field in one list")
	default:
		a.Operands = []Operand{c.operand(n)}
		c.warnInexact(n, a.Operands[0])
	}
	return a
}

// expression checks an alternative that is an object, which must have one operator.
func (c *valueChecker) expression(a *Alternative, n *node) {
	switch len(n.members) {
	case 0:
		c.fault(OneOperator, n, "an object without an operator", `write one operator in it: {"prefix": "a"}`)
		return
	case 1:
	default:
		if isBranch(n) {
			c.fieldsInList(&n.members[0])
			return
		}
		m := n.members[1]
		c.report(Problem{
			Kind: OneOperator, Offset: m.start, End: m.end, Found: shown(m.key),
			Message: fmt.Sprintf("%s is a second operator in one object", shown(m.key)),
			Remedy:  "give each operator its own object in the list; they are then alternatives",
		})
		return
	}
	m := &n.members[0]
	a.OperatorOffset, a.word = m.start, m.key
	switch m.key {
	case wordExactly:
		c.text(a, wordExactly, m.value)
	case wordPrefix:
		c.affix(a, Prefix, m)
	case wordSuffix:
		c.affix(a, Suffix, m)
	case wordIgnoreCase:
		a.IgnoreCase = true
		c.text(a, wordIgnoreCase, m.value)
	case wordWildcard:
		c.wildcard(a, m.value)
	case wordNumeric:
		c.numeric(a, m.value)
	case wordCIDR:
		c.cidr(a, m.value)
	case wordExists:
		c.exists(a, m.value)
	case wordAnythingBut:
		c.anythingBut(a, m.value)
	default:
		if isBranch(n) {
			c.fieldsInList(m)
			return
		}
		c.unknownOperator(m, operatorsAllowed, operatorWords)
	}
}

// fieldsInList reports an object with fields in a field's list. Its first member is m.
func (c *valueChecker) fieldsInList(m *member) {
	c.report(Problem{
		Kind: UnknownOperator, Offset: m.start, End: m.end, Found: shown(m.key),
		Message: fmt.Sprintf("%s is not an operator, and a list holds no objects of fields", shown(m.key)),
		Remedy:  fmt.Sprintf("where the event has an object, write its fields without the list around them: {%s: …}; %s", shown(m.key), operatorsAllowed),
	})
}

func (c *valueChecker) unknownOperator(m *member, allowed string, words []string) {
	if plainWord(m.key) == "equals" {
		allowed = `an equal value is written without an operator: ["a"]; ` + allowed
	}
	c.report(Problem{
		Kind: UnknownOperator, Offset: m.start, End: m.end, Found: shown(m.key),
		Message: fmt.Sprintf("%s is not an operator", shown(m.key)),
		Remedy:  allowed, Suggestion: nearest(m.key, words),
	})
}

// operand returns the operand for a literal.
func (c *valueChecker) operand(n *node) Operand {
	o := Operand{Offset: n.start, End: n.end, Text: n.text}
	switch n.kind {
	case kindString:
		o.Type = String
		if c.params != nil {
			o.Param = refers(n.text, c.params)
			if !o.Param {
				o.Text = match.Expand(n.text, nil, nil)
			}
		}
	case kindNumber:
		o.Type = Number
		o.number = match.ParseNumber([]byte(n.text))
	case kindTrue, kindFalse:
		o.Type = Bool
	}
	return o
}

// text reads a string as the operator's only operand.
func (c *valueChecker) text(a *Alternative, word string, n *node) bool {
	if n.kind != kindString {
		c.fault(BadOperand, n, fmt.Sprintf("%s takes a string, not %s", word, describeNode(n)),
			fmt.Sprintf(`write {"%s": "text"}; for several, write several objects in the field's list`, word))
		return false
	}
	a.Operands = append(a.Operands, c.operand(n))
	return true
}

// affix checks the operand of prefix or suffix: a string, or an object with
// equals-ignore-case and a string.
func (c *valueChecker) affix(a *Alternative, op Operator, m *member) {
	a.Operator = op
	n := m.value
	if n.kind != kindObject {
		c.text(a, m.key, n)
		return
	}
	if len(n.members) != 1 || n.members[0].key != wordIgnoreCase {
		c.fault(BadOperand, n, fmt.Sprintf("%s takes a string or an object with %s alone", m.key, wordIgnoreCase),
			fmt.Sprintf(`write {"%s": {"%s": "text"}}`, m.key, wordIgnoreCase))
		return
	}
	a.IgnoreCase = true
	c.text(a, wordIgnoreCase, n.members[0].value)
}

func (c *valueChecker) wildcard(a *Alternative, n *node) {
	a.Operator = Wildcard
	if c.text(a, wordWildcard, n) && !a.Operands[0].Param {
		c.checkWildcard(n)
	}
}

func (c *valueChecker) cidr(a *Alternative, n *node) {
	a.Operator = CIDR
	if n.kind != kindString {
		c.fault(BadOperand, n, fmt.Sprintf("cidr takes a string, not %s", describeNode(n)), `write {"cidr": "10.0.0.0/24"}`)
		return
	}
	o := c.operand(n)
	if _, err := match.ParseBlock(o.Text); err != nil && !o.Param {
		c.fault(BadOperand, n, fmt.Sprintf("cidr %s: %v", shown(n.text), err),
			"write an address, a slash and a mask: 10.0.0.0/24 or 2001:db8::/32; for one address write it as a value")
		return
	}
	a.Operands = []Operand{o}
}

func (c *valueChecker) exists(a *Alternative, n *node) {
	a.Operator = Exists
	if n.kind != kindTrue && n.kind != kindFalse {
		c.fault(BadOperand, n, fmt.Sprintf("exists takes true or false, not %s", c.excerpt(n)),
			`write {"exists": true} or {"exists": false}, without quotes`)
		return
	}
	a.Operands = []Operand{c.operand(n)}
}

// negatable are the operators that anything-but can negate.
var negatable = []string{wordPrefix, wordSuffix, wordIgnoreCase, wordWildcard}

func (c *valueChecker) anythingBut(a *Alternative, n *node) {
	a.Not = true
	switch n.kind {
	case kindString, kindNumber:
		a.Operands = []Operand{c.comparableOperand(wordAnythingBut, n)}
	case kindList:
		c.anythingButList(a, n)
	case kindObject:
		c.anythingButExpression(a, n)
	default:
		c.fault(BadOperand, n, fmt.Sprintf("anything-but takes no %s", strings.TrimPrefix(describeNode(n), "a ")),
			"give it a string, a number or a list of either; for booleans and null, list the values that are wanted")
	}
}

func (c *valueChecker) anythingButList(a *Alternative, n *node) {
	if len(n.items) == 0 {
		c.fault(EmptyList, n, "anything-but has an empty list", `name a value in it; to match any value write {"exists": true}`)
		return
	}
	for _, item := range n.items {
		if item.kind != kindString && item.kind != kindNumber {
			c.fault(BadOperand, item, fmt.Sprintf("%s in the list of anything-but", describeNode(item)),
				"list strings alone or numbers alone")
			return
		}
		if item.kind != n.items[0].kind {
			c.fault(BadOperand, item, "anything-but mixes strings and numbers", "list strings alone or numbers alone")
			return
		}
		a.Operands = append(a.Operands, c.comparableOperand(wordAnythingBut, item))
	}
}

func (c *valueChecker) anythingButExpression(a *Alternative, n *node) {
	if len(n.members) != 1 {
		c.fault(OneOperator, n, fmt.Sprintf("anything-but has an object with %d operators", len(n.members)),
			"write one of prefix, suffix, equals-ignore-case or wildcard in it")
		return
	}
	m := &n.members[0]
	a.word, a.inner = a.word+" "+m.key, m.start
	switch m.key {
	case wordPrefix:
		a.Operator = Prefix
	case wordSuffix:
		a.Operator = Suffix
	case wordIgnoreCase:
		a.IgnoreCase = true
	case wordWildcard:
		a.Operator = Wildcard
	default:
		c.unknownNegation(m)
		return
	}
	c.negatedTexts(a, m.key, m.value)
}

func (c *valueChecker) unknownNegation(m *member) {
	const allowed = "anything-but negates prefix, suffix, equals-ignore-case and wildcard"
	if !isOperator(m.key) {
		c.unknownOperator(m, allowed, negatable)
		return
	}
	c.report(Problem{
		Kind: BadOperand, Offset: m.start, End: m.end, Found: shown(m.key),
		Message: fmt.Sprintf("anything-but cannot negate %s", m.key), Remedy: allowed,
	})
}

// negatedTexts checks the value in {"anything-but": {word: value}}: a string or a list of
// strings.
func (c *valueChecker) negatedTexts(a *Alternative, word string, n *node) {
	items := []*node{n}
	if n.kind == kindList {
		items = n.items
		if len(items) == 0 {
			c.fault(EmptyList, n, fmt.Sprintf("%s in anything-but has an empty list", word), "name a string in it")
		}
	}
	for _, item := range items {
		if item.kind != kindString {
			c.fault(BadOperand, item, fmt.Sprintf("%s in anything-but takes a string or a list of strings, not %s", word, describeNode(item)),
				fmt.Sprintf(`write {"anything-but": {"%s": ["text", "text"]}}`, word))
			continue
		}
		c.negatedText(a, word, item)
	}
}

func (c *valueChecker) negatedText(a *Alternative, word string, item *node) {
	a.Operands = append(a.Operands, c.operand(item))
	switch {
	case a.Operands[len(a.Operands)-1].Param:
	case word == wordWildcard:
		c.checkWildcard(item)
	case item.text == "" && (word == wordPrefix || word == wordSuffix):
		c.fault(BadOperand, item, fmt.Sprintf("anything-but with an empty %s would match no string", word),
			fmt.Sprintf("name the %s that is not wanted", word))
	}
}
