package builds

import (
	"go/build/constraint"
	"slices"
)

func tag(name string) constraint.Expr { return &constraint.TagExpr{Tag: name} }

// and returns the conjunction of two constraints.
func and(x, y constraint.Expr) constraint.Expr {
	switch {
	case x == nil:
		return y
	case y == nil:
		return x
	}
	return &constraint.AndExpr{X: x, Y: y}
}

// tagsOf returns the tags in constraints, each once, in their order.
func tagsOf(exprs ...constraint.Expr) []string {
	var names []string
	for _, x := range exprs {
		holds(x, func(name string) bool { // Eval calls it for every tag
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
			return false
		})
	}
	return names
}

func holds(x constraint.Expr, has func(string) bool) bool { return x == nil || x.Eval(has) }

// maxTags is the maximum number of tags that are tried in all combinations.
const maxTags = 12

// Same reports whether the same builds satisfy two constraints.
func Same(x, y constraint.Expr) bool {
	same := true
	tried := eachChoice(tagsOf(x, y), func(has func(string) bool) {
		same = same && holds(x, has) == holds(y, has)
	})
	if !tried {
		return Text(x) == Text(y)
	}
	return same
}

// Compatible reports whether one build can satisfy two constraints. It returns true if
// they have too many tags to try.
func Compatible(x, y constraint.Expr) bool {
	can := false
	tried := eachChoice(tagsOf(x, y), func(has func(string) bool) {
		can = can || holds(x, has) && holds(y, has)
	})
	return can || !tried
}

// eachChoice calls visit for every subset of the names that one build can satisfy. If
// there are too many names, it only returns false.
func eachChoice(names []string, visit func(has func(string) bool)) bool {
	if len(names) > maxTags {
		return false
	}
	for bits := range 1 << len(names) {
		has := func(name string) bool {
			i := slices.Index(names, name)
			return i >= 0 && bits&(1<<i) != 0
		}
		if isPossible(names, has) {
			visit(has)
		}
	}
	return true
}

// isPossible reports whether one build can satisfy the tags: a build has one system
// and one architecture. (A few systems satisfy another one's tag too, as android
// satisfies linux.)
func isPossible(names []string, has func(string) bool) bool {
	systems, archs := 0, 0
	for _, name := range names {
		switch {
		case !has(name) || name == "android" || name == "ios" || name == "illumos":
		case isSystem(name):
			systems++
		case isArchitecture(name):
			archs++
		}
	}
	return systems <= 1 && archs <= 1
}

// Text returns a constraint in the form of a //go:build line, "" for nil.
func Text(x constraint.Expr) string {
	if x == nil {
		return ""
	}
	return x.String()
}
