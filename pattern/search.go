package pattern

import "strings"

// search looks for leaves of an event, one for each field of a rule, that hold
// together.
type search struct {
	pattern *Pattern
	event   *flat
	rule    rule
	chosen  []leaf
	// furthest is the most fields that held together.
	furthest int
	// steps counts down the leaves that may be tried; the search fails when there
	// are none left.
	steps *int
}

func (s *search) run() bool {
	if len(s.chosen) == len(s.rule) {
		return true
	}
	s.furthest = max(s.furthest, len(s.chosen))
	field := &s.pattern.fields[s.rule[len(s.chosen)]]
	absent := true
	for _, l := range s.event.at(field.Name()).leaves {
		if *s.steps--; *s.steps < 0 {
			return false
		}
		if !s.fits(l) {
			continue
		}
		absent = false
		if field.takes(l.value) {
			s.chosen = append(s.chosen, l)
			if s.run() {
				return true
			}
			s.chosen = s.chosen[:len(s.chosen)-1]
		}
	}
	if absent && field.absence() != nil {
		s.chosen = append(s.chosen, leaf{absent: true})
		if s.run() {
			return true
		}
		s.chosen = s.chosen[:len(s.chosen)-1]
	}
	return false
}

func (s *search) fits(l leaf) bool {
	for _, c := range s.chosen {
		if !consistent(c.in, l.in, s.steps) {
			return false
		}
	}
	return true
}

func (f *Field) takes(v Value) bool { return f.taking(v) != nil }

// taking returns the first alternative that a value fulfils, or nil.
func (f *Field) taking(v Value) *Alternative {
	for i := range f.Alternatives {
		if f.Alternatives[i].takes(v) {
			return &f.Alternatives[i]
		}
	}
	if v.Type == Number {
		return f.takingDigits([]byte(v.Text))
	}
	return nil
}

// takingDigits returns the block of addresses that takes a number; see
// addressBlock.containsDigits. Where the field compares numbers, a number is compared
// as one and with nothing else.
func (f *Field) takingDigits(number []byte) *Alternative {
	var taking *Alternative
	for i := range f.Alternatives {
		a := &f.Alternatives[i]
		if a.Operands[0].Type == Number {
			return nil
		}
		if a.Operator != CIDR || taking != nil {
			continue
		}
		if b, err := parseBlock(a.Operands[0].Text); err == nil && b.containsDigits(number) {
			taking = a
		}
	}
	return taking
}

// absence returns the alternative that is exists:false, or nil.
func (f *Field) absence() *Alternative {
	for i := range f.Alternatives {
		if a := &f.Alternatives[i]; a.isAbsence() {
			return a
		}
	}
	return nil
}

func (a *Alternative) isAbsence() bool {
	return a.Operator == Exists && a.Operands[0].Text == "false"
}

// takes reports whether a value that is there fulfils the alternative.
func (a *Alternative) takes(v Value) bool {
	switch a.Operator {
	case Exists:
		return a.Operands[0].Text == "true"
	case Numeric:
		return v.Type == Number && v.number.comparable && a.interval().contains(v.number.value)
	case CIDR:
		return a.takesAddress(v)
	}
	for i := range a.Operands {
		if a.holds(&a.Operands[i], v) {
			return !a.Not
		}
	}
	return a.Not
}

func (a *Alternative) takesAddress(v Value) bool {
	b, err := parseBlock(a.Operands[0].Text)
	if err != nil {
		return false // Parse has checked it
	}
	ip, ok := parseIP([]byte(v.Text))
	return ok && v.Type == String && b.contains(ip)
}

// holds reports whether the comparison of one operand holds, Not aside.
func (a *Alternative) holds(o *Operand, v Value) bool {
	if o.Type != v.Type {
		return false
	}
	text := []byte(v.Text)
	switch {
	case a.Operator == Wildcard:
		return matchPieces(splitWildcard(o.Text), text)
	case a.Operator == Prefix && a.IgnoreCase:
		return fold(o.Text).prefixLen(text) >= 0
	case a.Operator == Prefix:
		return strings.HasPrefix(v.Text, o.Text)
	case a.Operator == Suffix && a.IgnoreCase:
		return fold(o.Text).isSuffixOf(text)
	case a.Operator == Suffix:
		return strings.HasSuffix(v.Text, o.Text)
	case a.IgnoreCase:
		return fold(o.Text).prefixLen(text) == len(text)
	case o.Type == Number && o.number.comparable && v.number.comparable:
		return o.number.value == v.number.value
	}
	return o.Text == v.Text
}
