package pattern

import (
	"fmt"
	"strings"
)

// warnSuspect warns of alternatives of a field that are valid, and most likely mistakes.
func (c *findings) warnSuspect(alternatives []Alternative) {
	seen := make(map[string]int, len(alternatives))
	for i := range alternatives {
		a := &alternatives[i]
		// The place of an operator is its key.
		c.warnRepeated(seen, a.identity(), a.OperatorOffset, a.end())
		if a.Not {
			exceptions := make(map[string]int, len(a.Operands))
			for _, o := range a.Operands {
				c.warnRepeated(exceptions, o.identity(), o.Offset, o.End)
			}
		}
		for _, o := range a.Operands {
			c.warnStar(a, o)
		}
	}
}

// end is where the text ends that begins at OperatorOffset.
func (a *Alternative) end() int {
	if a.OperatorOffset == a.Offset {
		return a.End
	}
	return a.End - 1 // the brace
}

func (c *findings) warnRepeated(seen map[string]int, identity string, start, end int) {
	first, again := seen[identity]
	if !again {
		seen[identity] = start
		return
	}
	found := excerpt(c.src[start:end])
	c.warnings = append(c.warnings, Problem{
		Kind: Repeated, Offset: start, End: end, Related: first, Found: found,
		Message: fmt.Sprintf("%s is in this list already", found), Remedy: "remove one, or correct it",
	})
}

// identity is the same for alternatives that take the same.
func (a *Alternative) identity() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %t %t", a.Operator, a.Not, a.IgnoreCase)
	for _, o := range a.Operands {
		b.WriteString("\x00" + o.identity())
	}
	return b.String()
}

// identity distinguishes numbers by their spelling: the user guide says that
// EventBridge does, and shows patterns with 4 beside 4.0.
func (o *Operand) identity() string { return fmt.Sprintf("%d%s%s", o.Type, o.Comparison, o.Text) }

// warnStar warns of a star in a text that is compared literally: only wildcard matches
// any text with it. It does not warn of a star beside a blank, as in a cron expression or
// a product, nor of a star alone, which is a value in policies.
func (c *findings) warnStar(a *Alternative, o Operand) {
	if o.Type != String || a.Operator == Wildcard || a.Operator == CIDR || !looksWild(o.Text) {
		return
	}
	text := shown(o.Text)
	c.warn(Problem{
		Kind: LiteralStar, Offset: o.Offset, End: o.End, Found: text,
		Message: fmt.Sprintf("the * in %s stands for itself; only in wildcard it stands for any text", text),
		Remedy:  fmt.Sprintf("write %s, if that is meant", a.starred(o.Text)),
	})
}

func looksWild(text string) bool {
	return strings.Contains(text, "*") && strings.Trim(text, "*") != "" &&
		!strings.Contains(text, " *") && !strings.Contains(text, "* ")
}

// starred writes what was meant by a text with stars in it.
func (a *Alternative) starred(text string) string {
	for strings.Contains(text, "**") {
		text = strings.ReplaceAll(text, "**", "*")
	}
	switch {
	case a.Operator == Prefix && !a.Not && strings.Index(text, "*") == len(text)-1:
		return fmt.Sprintf(`{"prefix": %s}`, a.inCase(text[:len(text)-1]))
	case a.Operator == Suffix && !a.Not && strings.LastIndex(text, "*") == 0:
		return fmt.Sprintf(`{"suffix": %s}`, a.inCase(text[1:]))
	case a.Operator == Prefix:
		text = strings.TrimSuffix(text, "*") + "*"
	case a.Operator == Suffix:
		text = "*" + strings.TrimPrefix(text, "*")
	}
	wildcard := fmt.Sprintf(`{"wildcard": %s}`, quote(strings.ReplaceAll(text, `\`, `\\`)))
	if a.Not {
		return `{"anything-but": ` + wildcard + `}`
	}
	return wildcard
}

// inCase writes the operand of prefix or suffix.
func (a *Alternative) inCase(text string) string {
	if a.IgnoreCase {
		return fmt.Sprintf(`{"equals-ignore-case": %s}`, quote(text))
	}
	return quote(text)
}
