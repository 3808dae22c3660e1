package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// isCloudTrail reports whether a conjunct is for events that CloudTrail delivers: by their
// detail-type, or where it takes any by the record that the handler takes, or a
// service's host as the record's eventSource.
func (c *catalogCheck) isCloudTrail() bool {
	if c.field("detail-type") != nil {
		return slices.ContainsFunc(c.types, catalog.IsCloudTrail)
	}
	return c.r.Record || slices.ContainsFunc(texts(c.field("detail.eventSource")), func(asked pattern.Term) bool {
		return strings.Contains(textOf(asked), ".amazonaws.")
	})
}

// cloudTrail checks what is particular to events that CloudTrail delivers.
func (c *catalogCheck) cloudTrail() {
	c.defaultBus()
	for _, asked := range texts(c.field("detail.eventSource")) {
		c.eventSource(asked)
	}
	// Other records than those of API calls have other names.
	typed := c.field("detail-type") != nil
	if typed && (!c.all || len(c.types) != 1 || c.types[0] != catalog.APICall) {
		return
	}
	services, known := c.services()
	if known && typed && c.otherService(services) {
		return
	}
	for _, asked := range texts(c.field("detail.eventName")) {
		if known {
			c.eventName(asked, services, typed)
		}
	}
	c.readOnly(services)
}

// defaultBus reports a rule for nothing but CloudTrail's events on another bus than
// the one that they reach.
func (c *catalogCheck) defaultBus() {
	bus, ok := c.r.EventBus.Plain()
	if list := c.field("detail-type"); ok && list != nil && c.r.onCustomBus() {
		if texts, _ := literals(list); slices.ContainsFunc(plains(texts), catalog.IsCloudTrail) || allCloudTrail(c.types) {
			c.report.Add(diag.New(diag.CloudTrailBus, c.r.At(list.Alternatives[0].Offset), "CloudTrail's events reach the default event bus only, and the rule is on %q", bus).
				Relate(c.r.Properties["event_bus"].Value, "the event bus is set here"))
		}
	}
}

// eventSource checks a text that is asked of a record's eventSource.
func (c *catalogCheck) eventSource(asked pattern.Term) {
	name := nameIn(asked)
	if !ofNone(asked, catalog.EventSources()) {
		c.agree(asked)
		return
	}
	near, sure := nearEventSource(name)
	if !asked.Whole() {
		near, sure = nearPart(asked, catalog.EventSources())
	}
	what := ofWhat(asked, "eventSource")
	if !sure {
		c.report.Report(diag.EventSourceUnknown, c.at(asked), "CloudTrail is not known to record an %s", what)
		return
	}
	c.misspelled(asked, diag.New(diag.EventSourceMisspelled, c.at(asked), "CloudTrail records no %s", what).Suggest(near))
}

// ofWhat names what a text asks for: a name, or any that has a part.
func ofWhat(t pattern.Term, noun string) string {
	if t.Whole() {
		return fmt.Sprintf("%s %q", noun, textOf(t))
	}
	return noun + " that " + t.Phrase()
}

// agree reports an eventSource whose events arrive from none of the rule's sources.
func (c *catalogCheck) agree(asked pattern.Term) {
	name := textOf(asked)
	if asked.Word() == "" && c.known && len(c.awsSources) > 0 && !slices.Contains(c.awsSources, catalog.SourceOf(name)) {
		d := diag.New(diag.SourcesDisagree, c.at(asked), "calls of %s arrive from the source %q, which the rule doesn't ask for", name, catalog.SourceOf(name))
		c.report.Add(d.Relate(c.r.At(c.field("source").Alternatives[0].Offset), "the source is named here"))
	}
}

// nearEventSource returns the event source that a name was meant to be: the
// service's host for its bare name or its event's source, or else the nearest.
func nearEventSource(name string) (string, bool) {
	if host := catalog.EventSourceOf(strings.ToLower(name)); catalog.HasEventSource(host) {
		return host, true
	}
	m, ok := catalog.NearestEventSource(name)
	return m.Word, ok
}

// services are the event sources whose calls the rule is for; none for those of
// all services. The second result is false if they aren't all known.
func (c *catalogCheck) services() ([]string, bool) {
	list := c.field("detail.eventSource")
	if list == nil {
		var services []string
		for _, s := range c.awsSources {
			services = append(services, catalog.EventSourceOf(s))
		}
		return services, c.known && !slices.ContainsFunc(services, isUnknownService)
	}
	services, only := literals(list)
	return plains(services), only && !slices.ContainsFunc(plains(services), isUnknownService)
}

func isUnknownService(eventSource string) bool { return !catalog.HasEventSource(eventSource) }

// eventName checks a text that is asked of the name of an API call against those that
// CloudTrail records for the services. An unknown name says nothing where the
// rule may be for other records: typed says that it isn't.
func (c *catalogCheck) eventName(asked pattern.Term, services []string, typed bool) {
	if isRecorded(asked, services) {
		return
	}
	of := strings.Join(services, " or ")
	if len(services) == 0 {
		services, of = listedServices(), "any service"
	}
	near, sure := nearCall(asked, services)
	switch what := ofWhat(asked, "call"); {
	case sure:
		c.misspelled(asked, diag.New(diag.EventNameMisspelled, c.at(asked), "CloudTrail records no %s of %s", what, of).Suggest(near))
	case typed:
		c.report.Report(diag.EventNameUnknown, c.at(asked), "CloudTrail is not known to record a %s of %s%s", what, of, elsewhere(textOf(asked)))
	}
}

// isRecorded reports whether a text is for calls that CloudTrail is known to record for
// the services. A part of a name may be that of any service's: exceptions such as
// prefix: Get are in rules for services that have no such call.
func isRecorded(asked pattern.Term, services []string) bool {
	if asked.Whole() && !asked.AnyCase() {
		return isCall(textOf(asked), services)
	}
	if slices.ContainsFunc(services, isUnlisted) {
		return true
	}
	if len(services) == 0 || !asked.Whole() {
		services = listedServices()
	}
	return slices.ContainsFunc(services, func(s string) bool { return !ofNone(asked, catalog.Calls(s)) })
}

// isCall reports whether CloudTrail records a call of that name for one of the services,
// or for any if there is none.
func isCall(name string, services []string) bool {
	if len(services) == 0 {
		return len(catalog.EventSourcesOf(name)) > 0
	}
	return slices.ContainsFunc(services, func(s string) bool { return catalog.HasCall(s, name) })
}

// nearCall returns the name of a call of one of the services, or the part of one, that a
// text was most likely meant to be.
func nearCall(asked pattern.Term, services []string) (string, bool) {
	if !asked.Whole() {
		var calls []string
		for _, s := range services {
			calls = append(calls, catalog.Calls(s)...)
		}
		return nearPart(asked, calls)
	}
	name := textOf(asked)
	var near []string
	for _, s := range services {
		if m, ok := catalog.NearestCall(s, name); ok && !isNewVersion(name, m.Word) {
			near = append(near, m.Word)
		}
	}
	if len(near) == 0 {
		return "", false
	}
	if best, ok := spell.Nearest(name, near); ok {
		return best, true
	}
	return near[0], true // recorded under another name, such as Lambda's
}

// listedServices are the event sources whose calls are known by name.
func listedServices() []string {
	return slices.DeleteFunc(catalog.EventSources(), isUnlisted)
}

func isUnlisted(eventSource string) bool { return len(catalog.Calls(eventSource)) == 0 }

// isNewVersion reports whether a name is a known one with a version behind it,
// or with another: AWS adds those, so it is no typo.
func isNewVersion(name, known string) bool {
	bare := func(s string) string { return strings.TrimRight(strings.TrimRight(s, "0123456789"), "V") }
	return name != known && strings.TrimRight(name, "0123456789") != name && bare(name) == bare(known)
}

// elsewhere names the services that have a call of that name.
func elsewhere(name string) string {
	const most = 3
	services := catalog.EventSourcesOf(name)
	if len(services) == 0 || len(services) > most {
		return ""
	}
	return "; it is one of " + strings.Join(services, ", ")
}

// readOnly reports calls that EventBridge doesn't deliver under plain ENABLED
// (user guide, eb-service-event-cloudtrail-management).
func (c *catalogCheck) readOnly(services []string) {
	list := c.field("detail.eventName")
	if state := c.r.State; list == nil || state != "" && state != model.Enabled {
		return
	}
	var never []*pattern.Alternative
	for i := range list.Alternatives {
		if isReadOnly(&list.Alternatives[i], services) {
			never = append(never, &list.Alternatives[i])
		}
	}
	const remedy = "write `//jobs:event_rule state: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`"
	switch {
	case len(never) == 0:
	case len(never) == len(list.Alternatives):
		c.report.Report(diag.ReadOnlyNever, c.r.At(never[0].Offset), "the rule never fires: read-only calls (Describe, Get, List) reach a rule in one state only: %s", remedy)
	default:
		for _, a := range never {
			c.report.Report(diag.ReadOnlyPartly, c.r.At(a.Offset), "%s is a read-only call, which never reaches a rule whose state is ENABLED: %s", a.Terms()[0], remedy)
		}
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

// allReadOnly reports whether a call is read-only whichever service's it is.
func allReadOnly(name string, services []string) bool {
	if len(services) == 0 {
		services = catalog.EventSourcesOf(name)
	}
	if len(services) == 0 {
		services = []string{""} // a new call: its name decides
	}
	return !slices.ContainsFunc(services, func(s string) bool { return catalog.ClassOf(s, name) != catalog.ReadOnly })
}

// prefixReadOnly reports whether all calls that begin with a prefix are
// read-only. Some reads of data are delivered, and a few names mislead.
func prefixReadOnly(prefix string, services []string) bool {
	if catalog.ClassOf("", prefix) != catalog.ReadOnly {
		return false
	}
	if len(services) == 0 {
		services = catalog.EventSources()
	}
	return !slices.ContainsFunc(services, func(s string) bool {
		return slices.ContainsFunc(catalog.Calls(s), func(name string) bool {
			return strings.HasPrefix(name, prefix) && catalog.ClassOf(s, name) != catalog.ReadOnly
		})
	})
}
