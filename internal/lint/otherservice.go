package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
)

// otherService reports an eventSource if at least two of the calls beside it, and more than
// half of them, are another service's: the one name is wrong then, not the many.
func (c *catalogCheck) otherService(services []string) bool {
	sources := c.field("detail.eventSource")
	calls, only := literals(c.field("detail.eventName"))
	if sources == nil || !only || len(services) != 1 || isUnlisted(services[0]) {
		return false
	}
	names := textsOf(calls)
	if slices.ContainsFunc(names, func(name string) bool { return catalog.HasCall(services[0], name) }) {
		return false
	}
	owners, count := ownersOf(names)
	if count < 2 || count <= len(names)/2 || len(owners) > 3 {
		return false
	}
	which := "they are calls of "
	if count < len(names) {
		which = "most of them are calls of "
	}
	d := diag.New(diag.EventSourceMisspelled, c.r.At(sources.Alternatives[0].Offset), "CloudTrail records none of these calls of %s (%s); %s%s",
		services[0], conjoin(names, "and"), which, strings.Join(owners, " or "))
	if len(owners) == 1 {
		d = d.Suggest(owners[0])
	}
	c.report.Add(d.Relate(c.at(calls[0]), "the calls are named here"))
	return true
}

// ownersOf returns the services for which CloudTrail records the most of the calls, and how
// many of the calls those are.
func ownersOf(names []string) (owners []string, most int) {
	counts := map[string]int{}
	for _, service := range concat(names, catalog.EventSourcesOf) {
		counts[service]++
		most = max(most, counts[service])
	}
	for service, count := range counts {
		if count == most {
			owners = append(owners, service)
		}
	}
	slices.Sort(owners)
	return owners, most
}
