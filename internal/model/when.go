package model

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// When is the condition under which a rule or a function exists: all of its terms hold. It
// has at most one term for each parameter. A nil When always holds.
type When []Term

// Term is a condition on the value of a parameter: the value is one of Values, or, if Not is
// set, none of them.
type Term struct {
	Param  string
	Not    bool
	Values []string
}

// Of returns the term for a parameter, and whether there is one.
func (w When) Of(param string) (Term, bool) {
	i := slices.IndexFunc(w, func(t Term) bool { return t.Param == param })
	if i < 0 {
		return Term{}, false
	}
	return w[i], true
}

// And returns the condition that w and other both hold.
func (w When) And(other When) When {
	out := slices.Clone(w)
	for _, t := range other {
		i := slices.IndexFunc(out, func(have Term) bool { return have.Param == t.Param })
		if i < 0 {
			out = append(out, t)
			continue
		}
		out[i] = out[i].and(t)
	}
	return out
}

// and returns the term that t and u, which are about the same parameter, both hold.
func (t Term) and(u Term) Term {
	switch {
	case t.Not && u.Not:
		t.Values = slices.Clone(t.Values)
		for _, v := range u.Values {
			if !slices.Contains(t.Values, v) {
				t.Values = append(t.Values, v)
			}
		}
		return t
	case t.Not:
		t, u = u, t
	}
	return Term{Param: t.Param, Values: slices.DeleteFunc(slices.Clone(t.Values), func(v string) bool { return !u.Holds(v) })}
}

// Holds reports whether the term holds if its parameter has a value.
func (t Term) Holds(value string) bool { return slices.Contains(t.Values, value) != t.Not }

// Never reports whether the term holds for no value. Allowed are the values that the
// parameter may have; none means that it may have any.
func (t Term) Never(allowed []string) bool {
	if len(allowed) > 0 {
		return !slices.ContainsFunc(allowed, t.Holds)
	}
	return !t.Not && len(t.Values) == 0
}

// Always reports whether the term holds for each of the allowed values.
func (t Term) Always(allowed []string) bool {
	return len(allowed) > 0 && !slices.ContainsFunc(allowed, func(v string) bool { return !t.Holds(v) })
}

// Params returns the names of the parameters.
func (w When) Params() []string {
	var names []string
	for _, t := range w {
		names = append(names, t.Param)
	}
	return names
}

// Fails returns the first term that doesn't hold with the values of parameters, and whether
// there is one. A term whose parameter has no value doesn't count.
func (w When) Fails(values map[string]string) (Term, bool) {
	i := slices.IndexFunc(w, func(t Term) bool {
		value, ok := values[t.Param]
		return ok && !t.Holds(value)
	})
	if i < 0 {
		return Term{}, false
	}
	return w[i], true
}

// Key returns a text that is the same for conditions with the same terms, in any order.
func (w When) Key() string {
	var terms []string
	for _, t := range w {
		t.Values = slices.Sorted(slices.Values(t.Values))
		terms = append(terms, t.Param+" "+t.String())
	}
	slices.Sort(terms)
	return strings.Join(terms, "\n")
}

// String returns the condition as a clause: "Stage is dev or prod, and Region is not eu".
func (w When) String() string {
	var terms []string
	for _, t := range w {
		terms = append(terms, t.String())
	}
	return strings.Join(terms, ", and ")
}

// String returns the term as a clause: "Stage is dev or prod".
func (t Term) String() string {
	values := make([]string, len(t.Values))
	for i, v := range t.Values {
		if values[i] = v; v == "" || strings.ContainsAny(v, " ,\"") {
			values[i] = Quote(v)
		}
	}
	if t.Not {
		return t.Param + " is not " + strings.Join(values, " or ")
	}
	return t.Param + " is " + strings.Join(values, " or ")
}

// over joins the condition of a method's function, w, with that of its type, base. A term of
// w replaces the one of base that is about the same parameter.
func (w When) over(base When) When {
	return join(w, base, func(t Term) string { return t.Param })
}

// Condition is the condition under which the rule exists: that of its job, and its own.
func (r *Rule) Condition() When { return r.Job.Function.When.And(r.When) }

// Implies reports whether other holds whenever w does.
func (w When) Implies(other When) bool { return w.And(other).Key() == w.Key() }

// Exclusive reports whether two conditions of the package never hold at the same time.
func (p *Package) Exclusive(a, b When) bool {
	return slices.ContainsFunc(a.And(b), func(t Term) bool { return t.Never(p.Allowed(t.Param)) })
}

// maxStages limits the combinations of values that Coexisting tries.
const maxStages = 1000

// Coexisting returns an iterator over sets of the rules that exist together: one for each
// combination of values of the parameters in the rules' conditions. If there are too many
// combinations, the only set is all rules.
func Coexisting[R any](p *Package, rules []R, condition func(R) When) iter.Seq[[]R] {
	var names []string
	values := map[string][]string{}
	for _, r := range rules {
		for _, t := range condition(r) {
			if values[t.Param] == nil {
				names = append(names, t.Param)
				if values[t.Param] = p.Allowed(t.Param); values[t.Param] == nil {
					values[t.Param] = []string{"\x00"} // a value that no condition names
				}
			}
			for _, v := range t.Values {
				if p.Allowed(t.Param) == nil && !slices.Contains(values[t.Param], v) {
					values[t.Param] = append(values[t.Param], v)
				}
			}
		}
	}
	stages := []map[string]string{{}}
	for _, name := range names {
		if len(stages)*len(values[name]) > maxStages {
			return func(yield func([]R) bool) { yield(rules) }
		}
		var more []map[string]string
		for _, stage := range stages {
			for _, value := range values[name] {
				next := maps.Clone(stage)
				next[name] = value
				more = append(more, next)
			}
		}
		stages = more
	}
	return func(yield func([]R) bool) {
		for _, stage := range stages {
			set := slices.DeleteFunc(slices.Clone(rules), func(r R) bool {
				_, fails := condition(r).Fails(stage)
				return fails
			})
			if !yield(set) {
				return
			}
		}
	}
}
