package builds

import (
	"go/build/constraint"
	"slices"
)

func tag(name string) constraint.Expr { return &constraint.TagExpr{Tag: name} }

// and returns the conjunction of two constraints, of which each may be nil.
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
		if x == nil {
			continue
		}
		eachTag(x, func(name string) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		})
	}
	return names
}

func eachTag(x constraint.Expr, visit func(string)) {
	switch x := x.(type) {
	case *constraint.TagExpr:
		visit(x.Tag)
	case *constraint.NotExpr:
		eachTag(x.X, visit)
	case *constraint.AndExpr:
		eachTag(x.X, visit)
		eachTag(x.Y, visit)
	case *constraint.OrExpr:
		eachTag(x.X, visit)
		eachTag(x.Y, visit)
	}
}

func holds(x constraint.Expr, has func(string) bool) bool { return x == nil || x.Eval(has) }

// maxTags is how many tags are tried in all combinations.
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

// Compatible reports whether one build can satisfy two constraints. Where they
// have too many tags to try, it says that one can.
func Compatible(x, y constraint.Expr) bool {
	can := false
	tried := eachChoice(tagsOf(x, y), func(has func(string) bool) {
		can = can || holds(x, has) && holds(y, has)
	})
	return can || !tried
}

// eachChoice calls visit for every subset of the names that a build can satisfy at
// once. It calls it for none, and returns false, if there are too many names.
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

// isPossible reports whether a build can satisfy tags at once: it has one system
// and one architecture. (A few systems count as another too: android as linux.)
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

// Text returns a constraint as a //go:build line has it, "" for nil.
func Text(x constraint.Expr) string {
	if x == nil {
		return ""
	}
	return x.String()
}
