package parse

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/directive"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// cloudTrail checks what is particular to events that CloudTrail delivers.
func (c *catalogCheck) cloudTrail() {
	if bus, ok := c.r.out.EventBus.Plain(); ok && c.onCustomBus() {
		c.p.diags.Add(diag.New(diag.CloudTrailBus, c.types[0].pos, "CloudTrail's events reach the default event bus only, and the rule is on %q", bus).
			Relate(c.r.bus, "the event bus is set here"))
	}
	eventSources, _ := literals(c.way.list("detail.eventSource"))
	for _, t := range eventSources {
		c.eventSource(t)
	}
	// Other records than those of API calls have names of their own.
	if slices.ContainsFunc(c.types, func(t *tree) bool { return t.plain() != catalog.APICall }) || !c.onlyTypes {
		return
	}
	services, known := c.services()
	names, _ := literals(c.way.list("detail.eventName"))
	for _, t := range names {
		if known {
			c.eventName(t, services)
		}
	}
	c.readOnly(services)
}

func (c *catalogCheck) eventSource(t *tree) {
	name := t.plain()
	if !catalog.HasEventSource(name) {
		if near, ok := nearEventSource(name); ok {
			c.p.diags.Add(diag.New(diag.EventSourceMisspelled, t.pos, "CloudTrail records no eventSource %q", name).Suggest(near))
			return
		}
		c.p.diags.Report(diag.EventSourceUnknown, t.pos, "CloudTrail is not known to record an eventSource %q", name)
		return
	}
	if c.onlySources && !slices.Contains(plains(c.sources), catalog.SourceOf(name)) {
		d := diag.New(diag.SourcesDisagree, t.pos, "calls of %s arrive from the source %q, which the rule doesn't ask for", name, catalog.SourceOf(name))
		c.p.diags.Add(d.Relate(c.sources[0].pos, "the source is named here"))
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
	list := c.way.list("detail.eventSource")
	named, only := literals(list)
	services := plains(named)
	if list == nil && c.way.list("source") != nil {
		only = c.onlySources
		for _, s := range plains(c.sources) {
			services = append(services, catalog.EventSourceOf(s))
		}
	} else if list == nil {
		return nil, true
	}
	if !only || slices.ContainsFunc(services, func(s string) bool { return !catalog.HasEventSource(s) }) {
		return nil, false
	}
	return services, true
}

// eventName checks the name of an API call against those that CloudTrail records
// for the services.
func (c *catalogCheck) eventName(t *tree, services []string) {
	name, of := t.plain(), strings.Join(services, " or ")
	if len(services) == 0 {
		if len(catalog.EventSourcesOf(name)) > 0 {
			return
		}
		services, of = listedServices(), "any service"
	}
	if slices.ContainsFunc(services, func(s string) bool { return catalog.HasCall(s, name) }) {
		return
	}
	var near []string
	for _, s := range services {
		if m, ok := catalog.NearestCall(s, name); ok && !isNewVersion(name, m.Word) {
			near = append(near, m.Word)
		}
	}
	if len(near) == 0 {
		c.p.diags.Report(diag.EventNameUnknown, t.pos, "CloudTrail is not known to record a call %q of %s%s", name, of, elsewhere(name))
		return
	}
	best, ok := spell.Nearest(name, near)
	if !ok {
		best = near[0] // recorded under a name of its own, such as Lambda's
	}
	c.p.diags.Add(diag.New(diag.EventNameMisspelled, t.pos, "CloudTrail records no call %q of %s", name, of).Suggest(best))
}

// listedServices are the event sources whose calls are known by name.
func listedServices() []string {
	return slices.DeleteFunc(catalog.EventSources(), func(s string) bool { return len(catalog.Calls(s)) == 0 })
}

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
	list := c.way.list("detail.eventName")
	if state := c.r.out.State; list == nil || state != "" && state != model.Enabled {
		return
	}
	var never []*tree
	for _, item := range list.items {
		if isReadOnly(item, services) {
			never = append(never, item)
		}
	}
	const remedy = "write `//jobs:event_rule state: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`"
	switch {
	case len(never) == 0:
	case len(never) == len(list.items):
		c.p.diags.Report(diag.ReadOnlyNever, never[0].pos, "the rule never fires: read-only calls (Describe, Get, List) reach a rule in one state only: %s", remedy)
	default:
		for _, t := range never {
			c.p.diags.Report(diag.ReadOnlyPartly, t.pos, "%s is a read-only call, which never reaches a rule that is merely ENABLED: %s", t.kindWord(), remedy)
		}
	}
}

// isReadOnly reports whether an alternative asks for read-only calls alone.
func isReadOnly(item *tree, services []string) bool {
	switch {
	case item.kind == directive.String && len(item.text.Params()) == 0:
		return allReadOnly(item.plain(), services)
	case item.kind == directive.Map && len(item.fields) == 1 && item.fields[0].key == "prefix" && item.fields[0].value.kind == directive.String:
		return prefixReadOnly(item.fields[0].value.plain(), services)
	}
	return false
}

// allReadOnly reports whether a call is read-only whichever service's it is.
func allReadOnly(name string, services []string) bool {
	if len(services) == 0 {
		services = catalog.EventSourcesOf(name)
	}
	if len(services) == 0 {
		services = []string{""} // a new call: its name tells
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
