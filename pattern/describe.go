package pattern

import "strings"

// Describe returns the pattern as one readable line: fields joined with commas,
// alternatives with bars, and the branches of $or in parentheses.
//
//	source = aws.ec2, detail.state = stopping | stopped, detail.size numeric >= 10 < 20
//
// For a pattern with problems it returns the canonical form.
func (p *Pattern) Describe() string {
	if !p.Valid() {
		return p.String()
	}
	return describeObject(p.top)
}

func describeObject(o *Object) string {
	var members []string
	for m := range o.effective() {
		switch {
		case m.Branches != nil:
			branches := make([]string, len(m.Branches))
			for i, branch := range m.Branches {
				branches[i] = describeObject(branch)
			}
			members = append(members, "("+strings.Join(branches, " or ")+")")
		case m.Object != nil:
			members = append(members, describeObject(m.Object))
		default:
			members = append(members, m.Field.Describe())
		}
	}
	return strings.Join(members, ", ")
}

// Describe returns the field's name and alternatives: "detail.state = stopping".
func (f *Field) Describe() string { return describeName(f.Name()) + " " + describeAll(f.Alternatives) }

func describeName(name string) string {
	if plain(name) {
		return name
	}
	return quote(name)
}

// describeAll joins alternatives with bars. Consecutive literals share one equals sign.
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

// String returns the alternative in the form of Describe: "= stopping", "prefix a/",
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

// String returns the literal, with its comparison if it has one. A string has quotes
// only if it would be ambiguous without them.
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

// plain reports whether s is unambiguous without quotes.
func plain(s string) bool {
	if s == "" || s[0] == ' ' || s[len(s)-1] == ' ' || isDigit(s[0]) || s[0] == '-' {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' || strings.ContainsRune(`|,()"=<>\`, r)
	})
}

func isLiteralWord(s string) bool { return s == "true" || s == "false" || s == "null" }
