package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// checkTogether reports values and fields of a pattern that different events have, and no
// event has together.
func checkTogether(r *Rule, _ *Facts, report diag.Reporter) {
	for _, each := range r.conjuncts() {
		if !usesCatalog(each) {
			continue // people send AWS's events again, under sources of their own
		}
		c := &togetherCheck{conjunct: each, r: r, report: report}
		types, only := each.literals("detail-type")
		switch {
		case only && slices.Equal(types, []string{catalog.ConsoleSignIn}):
			c.otherThanSignIn()
		case only && allCloudTrail(types) && !slices.Contains(types, catalog.ConsoleSignIn):
			c.signInAsCall(types)
		case each.field("detail-type") == nil:
			c.mixedFields()
		}
		c.resources()
	}
}

// togetherCheck checks one conjunct of a rule's pattern.
type togetherCheck struct {
	conjunct
	r      *Rule
	report diag.Reporter
}

// conflict reports two places in the pattern, at the later one.
func (c *togetherCheck) conflict(a, b int, format string, args ...any) {
	c.report.Add(diag.New(diag.NeverTogether, c.r.At(max(a, b)), format, args...).Relate(c.r.At(min(a, b)), "the other is here"))
}

// named returns the values of a field, if they are literals that are all known.
func (c *togetherCheck) named(path string, known func(string) bool) ([]string, bool) {
	names, only := c.literals(path)
	return names, only && every(names, known)
}

// takes reports whether a field, if the conjunct has it, takes a value.
func (c *togetherCheck) takes(path, value string) bool {
	f := c.field(path)
	return f == nil || slices.ContainsFunc(f.Alternatives, func(a pattern.Alternative) bool { return len(a.Takes([]string{value})) > 0 })
}

// signInHost is the eventSource of sign-ins.
var signInHost = catalog.EventSourceOf(catalog.SignInSource)

// signInAsCall reports the names of sign-ins in a rule for other records. In a rule for
// another service, a name counts if no other service has a call of that name.
func (c *togetherCheck) signInAsCall(types []string) {
	mayBe := c.takes("source", catalog.SignInSource) && c.takes("detail.eventSource", signInHost)
	for _, t := range textTerms(c.field("detail.eventName")) {
		name := textOf(t)
		if t.Whole() && !t.Excepts() && catalog.IsSignIn(name) && (mayBe || slices.Equal(catalog.EventSourcesOf(name), []string{signInHost})) {
			c.conflict(c.field("detail-type").Alternatives[0].Offset, t.Offset(), "CloudTrail records %s as a sign-in, whose detail-type is not %s: write `detail-type: [%s]`",
				t, conjoin(types, "or"), catalog.ConsoleSignIn)
			return
		}
	}
}

// otherThanSignIn reports sources and calls of other services in a rule for sign-ins.
func (c *togetherCheck) otherThanSignIn() {
	at := c.field("detail-type").Alternatives[0].Offset
	if sources, ok := c.named("source", catalog.HasSource); ok && !slices.Contains(sources, catalog.SignInSource) {
		c.report.Add(diag.New(diag.DetailTypeElsewhere, c.r.At(at), "%s sends no %q; it comes from %s", strings.Join(sources, " or "), catalog.ConsoleSignIn, catalog.SignInSource).
			Relate(c.r.At(c.field("source").Alternatives[0].Offset), "the source is named here"))
		return
	}
	if hosts, ok := c.named("detail.eventSource", catalog.HasEventSource); ok && !slices.Contains(hosts, signInHost) {
		c.conflict(at, c.field("detail.eventSource").Alternatives[0].Offset, "sign-ins have the eventSource %s, not %s", signInHost, strings.Join(hosts, " or "))
		return
	}
	for _, t := range textTerms(c.field("detail.eventName")) {
		owners := catalog.EventSourcesOf(textOf(t))
		if t.Whole() && !t.Excepts() && len(owners) > 0 && !slices.Contains(owners, signInHost) {
			c.conflict(at, t.Offset(), "%s is an API call, not a sign-in: write `detail-type: [%s]`", t, catalog.APICall)
			return
		}
	}
}

// resources reports a rule for resources of events that have none at their top. The guide
// says so of CloudTrail's; of others, all examples show it.
func (c *togetherCheck) resources() {
	f := c.field("resources")
	if f == nil || slices.ContainsFunc(f.Alternatives, func(a pattern.Alternative) bool { return a.TakesAbsence() || a.Invalid }) {
		return
	}
	if c.isRecord() {
		c.conflict(f.Offset, c.field("detail-type").Alternatives[0].Offset, "CloudTrail's events have no resources at their top; match fields of detail.requestParameters or detail.resources")
		return
	}
	sources, only := c.literals("source")
	types, known := c.literals("detail-type")
	if known = only && known && every(sources, catalog.LacksResources) && !slices.ContainsFunc(types, catalog.IsCloudTrail); known {
		d := diag.New(diag.NeverTogether, c.r.At(f.Offset), "events of %s are not known to have resources at their top; match fields of the detail", strings.Join(sources, " and "))
		d.Severity = diag.Warning
		c.report.Add(d)
	}
}

// recordNames are fields of CloudTrail's records that hardly any other event has.
var recordNames = []string{
	"awsRegion", "eventName", "eventSource", "requestParameters", "responseElements", "sourceIPAddress", "userAgent", "userIdentity",
}

// mixedFields reports a field of CloudTrail's records together with one that other events of
// the conjunct's sources have, and the records lack, in a rule without a detail-type. It
// reports nothing if one of the other events is known to have the record's field.
func (c *togetherCheck) mixedFields() {
	sources, known := c.sources()
	if !known || len(sources) == 0 {
		return
	}
	own := concat(sources, ownEvents)
	has := func(name string) bool {
		return slices.ContainsFunc(own, func(e catalog.Event) bool { return e.Detail.Field(name) != nil })
	}
	needed := c.neededFields()
	var ofRecord, other string
	for _, name := range sortedKeys(needed) {
		switch {
		case slices.Contains(recordNames, name) && !has(name):
			ofRecord = name
		case catalog.Record().Field(name) == nil && has(name):
			other = name
		}
	}
	if ofRecord != "" && other != "" {
		c.conflict(needed[ofRecord], needed[other], "no event of %s has both %s and %s: only CloudTrail's records have %s, and only other events have %s",
			strings.Join(sources, " or "), ofRecord, other, ofRecord, other)
	}
}

// ownEvents returns the events of a source, without CloudTrail's.
func ownEvents(source string) []catalog.Event {
	var all []catalog.Event
	for _, detailType := range catalog.DetailTypes(source) {
		if e, ok := catalog.Lookup(source, detailType); ok && !e.CloudTrail {
			all = append(all, e)
		}
	}
	return all
}

// neededFields returns the fields at the top of the detail that an event must have to match,
// with their offsets.
func (c *togetherCheck) neededFields() map[string]int {
	needed := map[string]int{}
	eachField(&pattern.Object{Members: c.members}, "", func(path string, m *pattern.Member) {
		rest, ok := strings.CutPrefix(path, "detail.")
		name, _, _ := strings.Cut(rest, ".")
		if ok && !slices.ContainsFunc(m.Field.Alternatives, func(a pattern.Alternative) bool { return a.TakesAbsence() || a.Invalid }) {
			needed[name] = m.Offset
		}
	})
	return needed
}
