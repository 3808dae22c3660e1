package builds

import (
	"fmt"
	"go/build/constraint"
	"slices"
	"strings"
)

// nearest returns the build that satisfies a constraint and differs least from c in
// tags, cgo and architecture.
func (c Context) nearest(x constraint.Expr) (best Context, ok bool) {
	tags := tagsOf(x)
	user := slices.DeleteFunc(slices.Clone(tags), func(tag string) bool {
		return isFixed(tag) || tag == "cgo" || isArchitecture(tag)
	})
	for _, arch := range c.architectures(tags) {
		for _, cgo := range []bool{c.cgo, !c.cgo} {
			eachChoice(user, func(has func(string) bool) {
				next := c
				next.arch, next.cgo, next.tags = arch, cgo, chosen(c.tags, user, has)
				if next.Satisfies(x) && (!ok || c.distance(next) < c.distance(best)) {
					best, ok = next, true
				}
			})
		}
	}
	return best, ok
}

// architectures returns the architecture of c, those among the tags, and those of
// Lambda.
func (c Context) architectures(tags []string) []string {
	all := []string{c.arch}
	for _, tag := range append(slices.Clone(tags), "arm64", "amd64") {
		if isArchitecture(tag) && !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	return all
}

// chosen returns the tags with those names of user that has reports, and without the
// other names of user.
func chosen(tags, user []string, has func(string) bool) []string {
	next := slices.DeleteFunc(slices.Clone(tags), func(tag string) bool {
		return slices.Contains(user, tag) && !has(tag)
	})
	for _, tag := range user {
		if has(tag) && !slices.Contains(next, tag) {
			next = append(next, tag)
		}
	}
	return next
}

// distance returns the number of settings and tags that differ between two builds.
func (c Context) distance(next Context) int {
	n := missing(c.tags, next.tags) + missing(next.tags, c.tags)
	if next.arch != c.arch {
		n++
	}
	if next.cgo != c.cgo {
		n++
	}
	return n
}

// missing returns the number of tags that are not in the list.
func missing(list, tags []string) int {
	return len(slices.DeleteFunc(slices.Clone(tags), func(tag string) bool { return slices.Contains(list, tag) }))
}

// change names the settings that turn c into another build, such as
// "GOARCH=arm64 and -tags prod".
func (c Context) change(next Context) string {
	var parts []string
	if next.arch != c.arch {
		parts = append(parts, "GOARCH="+next.arch)
	}
	if next.cgo != c.cgo {
		parts = append(parts, "CGO_ENABLED="+map[bool]string{true: "1", false: "0"}[next.cgo])
	}
	switch {
	case slices.Equal(next.tags, c.tags):
	case len(next.tags) == 0:
		parts = append(parts, "no -tags (now "+strings.Join(c.tags, ",")+")")
	default:
		parts = append(parts, "-tags "+strings.Join(next.tags, ","))
	}
	return strings.Join(parts, " and ")
}

// WhyLeftOut says why a build leaves out a file, and how to include it. It returns ""
// if the file's constraints are not the reason.
func (c Context) WhyLeftOut(b File) string {
	x := b.Conditions()
	if c.Satisfies(x) {
		return ""
	}
	why := b.describe()
	if next, ok := c.nearest(x); ok {
		return fmt.Sprintf("%s; run jobgen with %s to include it", why, c.change(next))
	}
	newer := c
	newer.release = newestRelease(x)
	if _, ok := newer.nearest(x); ok && newer.release > c.release {
		return fmt.Sprintf("%s, and the go command is of Go 1.%d; use Go 1.%d or newer", why, c.release, newer.release)
	}
	return why + ", so it never runs on Lambda, which is Linux; move its jobs to a file that is built for Linux"
}

// describe names a file's constraints.
func (b File) describe() string {
	var parts []string
	if b.implied != nil {
		parts = append(parts, fmt.Sprintf("its name restricts it to %s", strings.ReplaceAll(b.implied.String(), " && ", " and ")))
	}
	if b.line != nil {
		parts = append(parts, fmt.Sprintf("its build constraint is `%s`", b.line))
	}
	if b.Cgo {
		parts = append(parts, `it imports "C"`)
	}
	return strings.Join(parts, ", and ")
}

// newestRelease returns the N of the newest Go 1.N in a constraint.
func newestRelease(x constraint.Expr) int {
	newest := 0
	for _, tag := range tagsOf(x) {
		if n, ok := releaseOf(tag); ok {
			newest = max(newest, n)
		}
	}
	return newest
}
