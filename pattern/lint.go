package pattern

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// lint warns about valid alternatives of a field that are probably mistakes.
func (c *findings) lint(alternatives []Alternative) {
	seen := make(map[string]int, len(alternatives))
	for i := range alternatives {
		a := &alternatives[i]
		c.warnRepeated(seen, a.identity(), a.OperatorOffset, a.end())
		if a.Not {
			exceptions := make(map[string]int, len(a.Operands))
			for _, o := range a.Operands {
				c.warnRepeated(exceptions, o.identity(), o.Offset, o.End)
			}
		}
		for _, o := range a.Operands {
			c.warnStar(a, o)
			c.warnCase(a, o)
		}
	}
}

// end returns the end of the text that begins at OperatorOffset.
func (a *Alternative) end() int {
	if a.OperatorOffset == a.Offset {
		return a.End
	}
	return a.End - 1 // the brace
}

func (c *findings) warnRepeated(seen map[string]int, identity string, start, end int) {
	first, ok := seen[identity]
	if !ok {
		seen[identity] = start
		return
	}
	found := excerpt(c.src[start:end])
	c.warnings = append(c.warnings, Problem{
		Kind: Repeated, Offset: start, End: end, Related: first, Found: found,
		Message: fmt.Sprintf("%s is in this list already", found), Remedy: "remove one, or correct it",
	})
}

// identity is equal for equal alternatives.
func (a *Alternative) identity() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %t %t", a.Operator, a.Not, a.IgnoreCase)
	for _, o := range a.Operands {
		b.WriteString("\x00" + o.identity())
	}
	return b.String()
}

// identity is equal for equal operands. Numbers are compared by their spelling: the user
// guide says that EventBridge does so, and shows patterns with both 4 and 4.0.
func (o *Operand) identity() string { return fmt.Sprintf("%d%s%s", o.Type, o.Comparison, o.Text) }

// warnStar warns about a star that is an ordinary character because the operator is not
// wildcard. It does not warn about a star next to a space, as in a cron expression or a
// product, nor about a star alone, which is a value in policies.
func (c *findings) warnStar(a *Alternative, o Operand) {
	if o.Type != String || a.Operator == Wildcard || a.Operator == CIDR || !looksWild(o.Text) {
		return
	}
	text := shown(o.Text)
	c.warn(Problem{
		Kind: LiteralStar, Offset: o.Offset, End: o.End, Found: text,
		Message: fmt.Sprintf("the * in %s is an ordinary character; only wildcard matches any text with it", text),
		Remedy:  fmt.Sprintf("if it means any text, write %s", a.starred(o.Text)),
	})
}

// warnCase warns about a character that equals-ignore-case never matches.
func (c *findings) warnCase(a *Alternative, o Operand) {
	i := strings.IndexFunc(o.Text, func(r rune) bool { return r > 0xFFFF })
	if !a.IgnoreCase || i < 0 {
		return
	}
	char, _ := utf8.DecodeRuneInString(o.Text[i:])
	c.warn(Problem{
		Kind: NoCase, Offset: o.Offset, End: o.End, Found: shown(o.Text),
		Message: fmt.Sprintf("equals-ignore-case never matches %q, because it is beyond U+FFFF", char),
		Remedy:  "write the text in each letter case that can occur, without equals-ignore-case",
	})
}

func looksWild(text string) bool {
	return strings.Contains(text, "*") && strings.Trim(text, "*") != "" &&
		!strings.Contains(text, " *") && !strings.Contains(text, "* ")
}

// starred returns an alternative in which the stars of a text match any text.
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

// inCase returns the operand of prefix or suffix.
func (a *Alternative) inCase(text string) string {
	if a.IgnoreCase {
		return fmt.Sprintf(`{"equals-ignore-case": %s}`, quote(text))
	}
	return quote(text)
}
