package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// otherService reports an eventSource if none of the calls beside it is one of its service,
// and at least two of them, and more than half, are other services': the one name is wrong
// then, not the many. Without an eventSource, it reports the source.
func (c *recordCheck) otherService(services []string) bool {
	calls, only := literals(c.field("detail.eventName"))
	if !only || len(services) == 0 || slices.ContainsFunc(services, isUnlisted) {
		return false
	}
	names := textsOf(calls)
	of := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return len(catalog.EventSourcesOf(name)) == 0 })
	if len(of) < 2 || len(of) <= len(names)/2 || slices.ContainsFunc(names, func(name string) bool { return isCall(name, services) }) {
		return false
	}
	owners, count := ownersOf(names)
	d := diag.New(diag.EventSourceMisspelled, c.r.At(c.serviceField().Alternatives[0].Offset), "CloudTrail records none of these calls of %s (%s)%s",
		strings.Join(services, " or "), conjoin(names, "and"), whose(owners, count, len(names)))
	if len(owners) == 1 && count > len(names)/2 {
		d = d.Suggest(c.onlyService(), c.nameOfService(owners[0]))
	}
	c.report.Add(d.Relate(c.at(calls[0]), "the calls are named here"))
	return true
}

// onlyService returns the service that serviceField names, or "" if there are several.
func (c *recordCheck) onlyService() string {
	if all := c.serviceField().Alternatives; len(all) == 1 {
		return replaceable(all[0].Terms()[0])
	}
	return ""
}

// serviceField returns the field that names the service of a conjunct's calls.
func (c *recordCheck) serviceField() *pattern.Field {
	if f := c.field("detail.eventSource"); f != nil {
		return f
	}
	return c.field("source")
}

// nameOfService returns the name of a service in serviceField.
func (c *recordCheck) nameOfService(eventSource string) string {
	if c.field("detail.eventSource") != nil {
		return eventSource
	}
	return catalog.SourceOf(eventSource)
}

// whose says at the end of a message which services count of the calls belong to, if the
// services are few.
func whose(owners []string, count, calls int) string {
	const most = 3
	switch {
	case len(owners) > most || count <= calls/2:
		return ""
	case count < calls:
		return "; most of them are calls of " + strings.Join(owners, " or ")
	}
	return "; they are calls of " + strings.Join(owners, " or ")
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
