package pattern

import (
	"strings"
)

// Describe gives the pattern as one line for people: fields joined with commas,
// alternatives with bars, the branches of $or in parentheses.
//
//	source = aws.ec2, detail.state = stopping | stopped, detail.size numeric >= 10 < 20
//
// Of a pattern with problems it gives the canonical form.
func (p *Pattern) Describe() string {
	if !p.Valid() {
		return p.String()
	}
	d := describer{p: p}
	d.object(p.root, "")
	return d.text.String()
}

type describer struct {
	p    *Pattern
	text strings.Builder
	next int // index of the next field
}

func (d *describer) object(n *node, prefix string) {
	first := true
	for i := range n.members {
		m := &n.members[i]
		if m.replaced {
			continue
		}
		if !first {
			d.text.WriteString(", ")
		}
		first = false
		switch {
		case isOr(m):
			d.or(m.value, prefix)
		case m.value.kind == kindObject:
			d.object(m.value, prefix+m.key+".")
		default:
			d.text.WriteString(d.p.fields[d.next].Describe())
			d.next++
		}
	}
}

func (d *describer) or(list *node, prefix string) {
	d.text.WriteByte('(')
	for i, branch := range list.items {
		if i > 0 {
			d.text.WriteString(" or ")
		}
		d.object(branch, prefix)
	}
	d.text.WriteByte(')')
}

// Describe gives the field with what it must be: "detail.state = stopping".
func (f *Field) Describe() string { return describeName(f.Name()) + " " + describeAll(f.Alternatives) }

func describeName(name string) string {
	if plain(name) {
		return name
	}
	return quote(name)
}

// describeAll joins alternatives with bars; literals share one equals sign.
func describeAll(alternatives []Alternative) string {
	var b strings.Builder
	for i := range alternatives {
		a := &alternatives[i]
		text := a.String()
		if i > 0 {
			b.WriteString(" | ")
			if a.isLiteral() && alternatives[i-1].isLiteral() {
				text = strings.TrimPrefix(text, "= ")
			}
		}
		b.WriteString(text)
	}
	return b.String()
}

func (a *Alternative) isLiteral() bool { return a.Operator == Equals && !a.Not && !a.IgnoreCase }

// String gives the alternative as Describe has it: "= stopping", "prefix a/",
// "numeric > 0 <= 5", "anything-but suffix .txt", "exists", "absent".
func (a *Alternative) String() string {
	var words []string
	if a.Not {
		words = append(words, wordAnythingBut)
	}
	switch {
	case a.Operator == Exists:
		return map[string]string{"true": "exists", "false": "absent"}[a.Operands[0].Text]
	case a.Operator != Equals:
		words = append(words, a.Operator.String())
	case !a.Not && !a.IgnoreCase:
		words = append(words, "=")
	}
	if a.IgnoreCase {
		words = append(words, "ignore-case")
	}
	return strings.Join(append(words, a.describeOperands()), " ")
}

func (a *Alternative) describeOperands() string {
	texts := make([]string, len(a.Operands))
	for i := range a.Operands {
		texts[i] = a.Operands[i].String()
	}
	if a.Operator == Numeric {
		return strings.Join(texts, " ")
	}
	text := strings.Join(texts, ", ")
	if len(texts) > 1 {
		return "(" + text + ")"
	}
	return text
}

// String gives the literal, a string with quotes only where it would be misread
// without; a numeric bound with its comparison.
func (o *Operand) String() string {
	switch {
	case o.Comparison != "":
		return o.Comparison + " " + o.Text
	case o.Type != String:
		return o.Text
	case plain(o.Text) && !isLiteralWord(o.Text):
		return o.Text
	}
	return quote(o.Text)
}

// plain reports whether s reads as one thing without quotes.
func plain(s string) bool {
	if s == "" || s[0] == ' ' || s[len(s)-1] == ' ' || isDigit(s[0]) || s[0] == '-' {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' || strings.ContainsRune(`|,()"=<>\`, r)
	})
}

func isLiteralWord(s string) bool { return s == "true" || s == "false" || s == "null" }
