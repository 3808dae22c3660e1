package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// recordCheck compares the fields of CloudTrail's records with the catalog: the services and
// their calls.
type recordCheck struct{ *catalogCheck }

// isCloudTrail reports whether a conjunct is for events that CloudTrail delivers: by its
// detail-type, or if it takes any, by the handler, which takes the record, or by the
// record's fields eventSource and eventName.
func (c *catalogCheck) isCloudTrail() bool {
	if c.field("detail-type") != nil {
		return slices.ContainsFunc(c.types, catalog.IsCloudTrail)
	}
	return c.r.Record || slices.ContainsFunc(textTerms(c.field("detail.eventSource")), isHost) ||
		c.field("detail.eventName") != nil && c.known && onlyRecordsHave(c.awsSources, "eventName")
}

// isHost reports whether a term of the field eventSource compares with the host of a
// service, which may be misspelled.
func isHost(t pattern.Term) bool {
	text := strings.ToLower(textOf(t))
	if strings.Contains(text, "amazonaws") {
		return true
	}
	m, near := catalog.NearestEventSource(text)
	return near && m.Distance <= 1
}

// onlyRecordsHave reports whether no event of the sources has a field in its detail, except for CloudTrail's records.
func onlyRecordsHave(sources []string, field string) bool {
	return len(sources) > 0 && every(sources, func(source string) bool {
		s, _ := catalog.Source(source)
		return s.EventSource != "" && every(s.DetailTypes, func(detailType string) bool {
			e, _ := catalog.Lookup(source, detailType)
			return e.CloudTrail || e.Detail.Field(field) == nil
		})
	})
}

// namesRecord reports whether a conjunct without a detail-type is for CloudTrail's records
// alone: by the handler, or by a field that names a record's service or call. Few other
// events of AWS's have such a field.
func (c conjunct) namesRecord(r *Rule) bool {
	return r.Record || c.field("detail.eventSource") != nil || c.field("detail.eventName") != nil
}

// check checks the fields of CloudTrail's records.
func (c *recordCheck) check() {
	apart := false
	for _, t := range textTerms(c.field("detail.eventSource")) {
		apart = c.eventSource(t) || apart
	}
	typed := c.field("detail-type") != nil
	if typed && !(c.all && allCloudTrail(c.types)) {
		return // other events may have fields of the same names
	}
	services, known := c.services()
	calls := len(c.types) == 1 && c.types[0] == catalog.APICall
	if apart && len(services) == 1 || known && (calls || !typed) && c.otherService(services) {
		return // the finding is about the service, so its calls aren't
	}
	if known {
		for _, t := range textTerms(c.field("detail.eventName")) {
			c.eventName(t, services, calls)
		}
	}
	if calls || !typed {
		c.readOnly(services)
	}
}

// eventSource checks a term of a record's eventSource. It reports whether the source is
// another service's.
func (c *recordCheck) eventSource(t pattern.Term) (apart bool) {
	if !selectsNone(t, catalog.EventSources()) {
		return c.sourceOfCalls(t)
	}
	near, sure := nearEventSource(nameIn(t))
	if !t.Whole() {
		near, sure = nearPart(t, catalog.EventSources())
	}
	what := describe("eventSource", t)
	if !sure {
		c.report.Report(diag.EventSourceUnknown, c.at(t), "CloudTrail is not known to record an %s", what)
		return false
	}
	c.misspelled(t, diag.EventSourceMisspelled, near, "CloudTrail records no %s", what)
	return false
}

// describe returns a noun with the name that a term compares with, or with the part of one.
func describe(noun string, t pattern.Term) string {
	if t.Whole() {
		return fmt.Sprintf("%s %q", noun, textOf(t))
	}
	return noun + " that " + t.Phrase()
}

// sourceOfCalls reports an eventSource whose calls arrive from none of the conjunct's
// sources.
func (c *recordCheck) sourceOfCalls(t pattern.Term) bool {
	source := catalog.SourceOf(textOf(t))
	apart := t.Word() == "" && c.known && len(c.awsSources) > 0 && !slices.Contains(c.awsSources, source)
	if apart {
		c.report.Add(diag.New(diag.SourcesDisagree, c.at(t), "calls of %s arrive from the source %q, which the rule doesn't ask for", textOf(t), source).
			Relate(c.r.At(c.field("source").Alternatives[0].Offset), "the source is named here"))
	}
	return apart
}

// nearEventSource returns the event source that a name most likely misspells: the host of
// the service that the name or the event's source names, or else the nearest one.
func nearEventSource(name string) (string, bool) {
	if host := catalog.EventSourceOf(strings.ToLower(name)); catalog.HasEventSource(host) {
		return host, true
	}
	m, ok := catalog.NearestEventSource(name)
	return m.Word, ok
}

// services returns the event sources whose calls the conjunct takes. There are none if it
// takes those of all services. Known is false if some may be unknown.
func (c *recordCheck) services() (names []string, known bool) {
	names, known = c.literals("detail.eventSource")
	if c.field("detail.eventSource") == nil {
		known = c.known
		for _, s := range c.awsSources {
			names = append(names, catalog.EventSourceOf(s))
		}
	}
	return names, known && every(names, catalog.HasEventSource)
}

// eventName checks a term of the name of a record's event against the calls and events that
// CloudTrail records for the services. If the conjunct takes other records than those of API
// calls, it reports only names that are one edit away: not all names of such records are
// known.
func (c *recordCheck) eventName(t pattern.Term, services []string, calls bool) {
	if c.iamAction(t, services) || isRecorded(t, services) {
		return
	}
	of := strings.Join(services, " or ")
	if len(services) == 0 {
		services, of = listedServices(), "any service"
	}
	near, distance, ok := nearCall(t, services)
	noun := "call"
	if !calls && c.field("detail-type") != nil {
		noun = "event"
	}
	switch what := describe(noun, t); {
	case ok && (calls || distance <= 1):
		c.misspelled(t, diag.EventNameMisspelled, near, "CloudTrail records no %s of %s", what, of)
	case c.bareAction(t, services):
	case calls:
		names := concat(services, catalog.Calls)
		hint := cmp.Or(servicesWith(textOf(t)), beginning(textOf(t), names))
		d := diag.New(diag.EventNameUnknown, c.at(t), "CloudTrail is not known to record a %s of %s%s", what, of, hint).Suggest(replaceable(t), longerName(textOf(t), names))
		d.Secondary = true // an error about a sign-in says more
		c.report.Add(d)
	}
}

// isRecorded reports whether a term compares with calls that CloudTrail is known to record
// for the services. A part of a name may be one of any service's: rules have exceptions such
// as prefix: Get for services without such a call.
func isRecorded(t pattern.Term, services []string) bool {
	if t.Whole() && !t.AnyCase() {
		return isCall(textOf(t), services)
	}
	if slices.ContainsFunc(services, isUnlisted) {
		return true
	}
	if len(services) == 0 || !t.Whole() {
		services = listedServices()
	}
	return slices.ContainsFunc(services, func(s string) bool { return !selectsNone(t, catalog.Calls(s)) })
}

// isCall reports whether CloudTrail records a call of that name for one of the services, or
// without services for any.
func isCall(name string, services []string) bool {
	if len(services) == 0 {
		return len(catalog.EventSourcesOf(name)) > 0
	}
	return slices.ContainsFunc(services, func(s string) bool { return catalog.HasCall(s, name) })
}

// nearCall returns the name of a call of one of the services, or the part of one, that a
// term most likely misspells, and how many edits away it is.
func nearCall(t pattern.Term, services []string) (name string, distance int, ok bool) {
	if !t.Whole() {
		part, ok := nearPart(t, concat(services, catalog.Calls))
		return part, 1, ok
	}
	var near []string
	for _, s := range services {
		if m, ok := catalog.NearestCall(s, textOf(t)); ok && !isNewVersion(textOf(t), m.Word) {
			near = append(near, m.Word)
		}
	}
	if len(near) == 0 {
		return "", 0, false
	}
	if best, ok := spell.Find(textOf(t), slices.Values(near)); ok {
		return best.Word, best.Distance, true
	}
	return near[0], 0, true // recorded under another name, such as Lambda's
}

// listedServices returns the event sources whose calls the catalog lists.
func listedServices() []string {
	return slices.DeleteFunc(catalog.EventSources(), isUnlisted)
}

func isUnlisted(eventSource string) bool { return len(catalog.Calls(eventSource)) == 0 }

// isNewVersion reports whether a name is a known one with a version, or with another
// version. AWS adds versions of calls, so such a name is no typo.
func isNewVersion(name, known string) bool {
	bare := func(s string) string { return strings.TrimRight(strings.TrimRight(s, "0123456789"), "V") }
	return name != known && strings.TrimRight(name, "0123456789") != name && bare(name) == bare(known)
}

// servicesWith names the services that have a call of that name, if they are few.
func servicesWith(name string) string {
	const most = 3
	services := catalog.EventSourcesOf(name)
	if len(services) == 0 || len(services) > most {
		return ""
	}
	return "; it is one of " + strings.Join(services, ", ")
}

// readOnly reports calls that EventBridge doesn't deliver to rules in the state ENABLED
// (user guide, eb-service-event-cloudtrail-management).
func (c *recordCheck) readOnly(services []string) {
	list := c.field("detail.eventName")
	if list == nil || !c.r.HasState(model.Enabled) {
		return
	}
	var never []*pattern.Alternative
	for i := range list.Alternatives {
		if isReadOnly(&list.Alternatives[i], services) {
			never = append(never, &list.Alternatives[i])
		}
	}
	const remedy = "write `//jobs:event_rule state: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`"
	if len(never) > 0 && len(never) == len(list.Alternatives) {
		c.report.Report(diag.ReadOnlyNever, c.r.At(never[0].Offset), "the rule never fires: read-only calls (Describe, Get, List) reach a rule in one state only: %s", remedy)
		return
	}
	for _, a := range never {
		c.report.Report(diag.ReadOnlyPartly, c.r.At(a.Offset), "%s is a read-only call, which never reaches a rule whose state is ENABLED: %s", a.Terms()[0], remedy)
	}
}

// isReadOnly reports whether an alternative takes read-only calls alone.
func isReadOnly(a *pattern.Alternative, services []string) bool {
	if name, ok := a.Literal(); ok {
		return allReadOnly(name, services)
	}
	begin, ok := a.Begin()
	return ok && prefixReadOnly(begin, services)
}

// allReadOnly reports whether a call is read-only in all services that have it.
func allReadOnly(name string, services []string) bool {
	if len(services) == 0 {
		services = catalog.EventSourcesOf(name)
	}
	if len(services) == 0 {
		services = []string{""} // a new call, of which ClassOf judges the name
	}
	return every(services, func(s string) bool { return catalog.ClassOf(s, name) == catalog.ReadOnly })
}

// prefixReadOnly reports whether all calls with a prefix are read-only. A prefix such as Get
// isn't enough: some calls that read data are delivered, and some names mislead.
func prefixReadOnly(prefix string, services []string) bool {
	if catalog.ClassOf("", prefix) != catalog.ReadOnly {
		return false
	}
	if len(services) == 0 {
		services = catalog.EventSources()
	}
	return every(services, func(s string) bool {
		return every(catalog.Calls(s), func(name string) bool {
			return !strings.HasPrefix(name, prefix) || catalog.ClassOf(s, name) == catalog.ReadOnly
		})
	})
}
