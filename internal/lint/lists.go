package lint

import (
	"cmp"
	"maps"
	"slices"
)

// every reports whether has is true of all elements of a list.
func every[T any](all []T, has func(T) bool) bool {
	return !slices.ContainsFunc(all, func(v T) bool { return !has(v) })
}

// concat returns the lists that f gives for the elements of a list, one after the other.
func concat[T, R any](all []T, f func(T) []R) []R {
	var joined []R
	for _, v := range all {
		joined = append(joined, f(v)...)
	}
	return joined
}

// sorted returns the elements of a list in order, each once. It may change the list.
func sorted[T cmp.Ordered](all []T) []T {
	slices.Sort(all)
	return slices.Compact(all)
}

// sortedKeys returns the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
