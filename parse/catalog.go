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

// catalogCheck holds one way of a rule's pattern against what AWS is known to
// send.
type catalogCheck struct {
	p       *packageParser
	r       *rule
	way     way
	sources []*tree // literals
	types   []*tree
	// only: nothing but literals stands there.
	onlySources, onlyTypes bool
}

func (p *packageParser) checkCatalog(r *rule, w way) {
	c := &catalogCheck{p: p, r: r, way: w}
	c.sources, c.onlySources = literals(w.list("source"))
	c.types, c.onlyTypes = literals(w.list("detail-type"))
	for _, s := range c.sources {
		c.source(s)
	}
	for _, t := range c.types {
		c.detailType(t)
	}
	if slices.ContainsFunc(c.types, func(t *tree) bool { return catalog.IsCloudTrail(t.plain()) }) {
		c.cloudTrail()
	}
}

// source checks a literal source. Sources that don't begin aws. are the user's
// own, unless they are AWS's misspelled.
func (c *catalogCheck) source(t *tree) {
	name := t.plain()
	if catalog.HasSource(name) || strings.HasPrefix(name, "aws.partner/") {
		return
	}
	if catalog.HasEventSource(name) {
		c.p.diags.Add(diag.New(diag.SourceMisspelled, t.pos, "%q is CloudTrail's eventSource; the event's source is another name", name).Suggest(catalog.SourceOf(name)))
		return
	}
	if near, ok := nearSource(name); ok {
		c.p.diags.Add(diag.New(diag.SourceMisspelled, t.pos, "no AWS service sends events from %q", name).Suggest(near))
		return
	}
	if strings.HasPrefix(name, catalog.Prefix) {
		c.p.diags.Report(diag.SourceUnknown, t.pos, "no AWS service is known that sends events from %q; `jobgen events` lists the sources", name)
	}
}

// nearSource returns the AWS source that a name was meant to be. Without the
// aws. in front a name is taken for the user's own unless it is one edit away.
func nearSource(name string) (string, bool) {
	if strings.HasPrefix(strings.ToLower(name), catalog.Prefix) {
		m, ok := catalog.NearestSource(name)
		return m.Word, ok
	}
	m, ok := spell.Find(name, slices.Values(catalog.Sources()))
	return m.Word, ok && m.Distance <= 1
}

// detailType checks a literal detail-type against those of the sources beside
// it.
func (c *catalogCheck) detailType(t *tree) {
	name := t.plain()
	sources := slices.DeleteFunc(plains(c.sources), func(s string) bool { return !catalog.HasSource(s) })
	if len(c.sources) > len(sources) || c.way.list("source") != nil && !c.onlySources {
		return // one of the sources is not AWS's, or is not known
	}
	if len(sources) == 0 {
		if len(catalog.SourcesOf(name)) == 0 && !catalog.IsCloudTrail(name) {
			c.nearDetailType(t, name)
		}
		return
	}
	if slices.ContainsFunc(sources, func(s string) bool { return catalog.HasDetailType(s, name) }) {
		return
	}
	if others := catalog.SourcesOf(name); len(others) > 0 {
		d := diag.New(diag.DetailTypeElsewhere, t.pos, "%s sends no %q; it comes from %s", strings.Join(sources, " or "), name, strings.Join(others, ", "))
		for _, s := range c.sources {
			d = d.Relate(s.pos, "the source is named here")
		}
		c.p.diags.Add(d)
		return
	}
	if !c.nearDetailType(t, name, sources...) {
		c.p.diags.Report(diag.DetailTypeUnknown, t.pos, "%s is not known to send %q%s", strings.Join(sources, " or "), name, known(detailTypes(sources)))
	}
}

func detailTypes(sources []string) []string {
	var all []string
	for _, s := range sources {
		all = append(all, catalog.DetailTypes(s)...)
	}
	return all
}

func (c *catalogCheck) nearDetailType(t *tree, name string, sources ...string) bool {
	m, ok := catalog.NearestDetailType(name, sources...)
	if !ok && len(sources) > 0 {
		m, ok = catalog.NearestDetailType(name)
	}
	if ok {
		c.p.diags.Add(diag.New(diag.DetailTypeMisspelled, t.pos, "no AWS event has the detail-type %q", name).Suggest(m.Word))
	}
	return ok
}

// cloudTrail checks what is particular to events that CloudTrail delivers.
func (c *catalogCheck) cloudTrail() {
	if bus, ok := c.r.out.EventBus.Plain(); ok && bus != "" && !isDefaultBus(c.r.out.EventBus) {
		c.p.diags.Add(diag.New(diag.CloudTrailBus, c.types[0].pos, "CloudTrail's events reach the default event bus only, and the rule is on %q", bus).
			Relate(c.r.bus, "the event bus is set here"))
	}
	eventSources, only := literals(c.way.list("detail.eventSource"))
	for _, t := range eventSources {
		c.eventSource(t)
	}
	if only || c.way.list("detail.eventSource") == nil {
		c.eventNames(plains(eventSources))
	}
	c.readOnly(plains(eventSources))
}

func (c *catalogCheck) eventSource(t *tree) {
	name := t.plain()
	if !catalog.HasEventSource(name) {
		if m, ok := catalog.NearestEventSource(name); ok {
			c.p.diags.Add(diag.New(diag.EventSourceMisspelled, t.pos, "CloudTrail records no eventSource %q", name).Suggest(m.Word))
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

// eventNames checks the names of API calls against those that CloudTrail
// records for the services that the rule names.
func (c *catalogCheck) eventNames(eventSources []string) {
	names, _ := literals(c.way.list("detail.eventName"))
	if len(eventSources) == 0 && c.onlySources {
		for _, s := range plains(c.sources) {
			eventSources = append(eventSources, catalog.EventSourceOf(s))
		}
	}
	eventSources = slices.DeleteFunc(eventSources, func(s string) bool { return !catalog.HasEventSource(s) })
	for _, t := range names {
		c.eventName(t, eventSources)
	}
}

func (c *catalogCheck) eventName(t *tree, eventSources []string) {
	name := t.plain()
	if len(eventSources) == 0 {
		if c.way.list("detail.eventSource") == nil && len(c.sources) == 0 && len(catalog.EventSourcesOf(name)) == 0 {
			c.eventNameAnywhere(t, name)
		}
		return
	}
	if slices.ContainsFunc(eventSources, func(s string) bool { return catalog.HasCall(s, name) }) {
		return
	}
	for _, s := range eventSources {
		if m, ok := catalog.NearestCall(s, name); ok {
			c.p.diags.Add(diag.New(diag.EventNameMisspelled, t.pos, "CloudTrail records no call %q of %s", name, s).Suggest(m.Word))
			return
		}
	}
	c.p.diags.Report(diag.EventNameUnknown, t.pos, "CloudTrail is not known to record a call %q of %s", name, strings.Join(eventSources, " or "))
}

// eventNameAnywhere looks for the call in all services, where the rule names
// none.
func (c *catalogCheck) eventNameAnywhere(t *tree, name string) {
	var near []string
	for _, s := range catalog.EventSources() {
		if m, ok := catalog.NearestCall(s, name); ok {
			near = append(near, m.Word)
		}
	}
	if best, ok := spell.Nearest(name, near); ok {
		c.p.diags.Add(diag.New(diag.EventNameMisspelled, t.pos, "CloudTrail records no call %q of any service", name).Suggest(best))
		return
	}
	c.p.diags.Report(diag.EventNameUnknown, t.pos, "CloudTrail is not known to record a call %q of any service", name)
}

// readOnly reports calls that EventBridge doesn't deliver under plain ENABLED
// (user guide, eb-service-event-cloudtrail-management).
func (c *catalogCheck) readOnly(eventSources []string) {
	if c.r.out.State == model.EnabledCloudTrail {
		return
	}
	list := c.way.list("detail.eventName")
	if list == nil {
		return
	}
	var never []*tree
	for _, item := range list.items {
		if isReadOnly(item, eventSources) {
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
func isReadOnly(item *tree, eventSources []string) bool {
	name := ""
	switch {
	case item.kind == directive.String && len(item.text.Params()) == 0:
		name = item.plain()
	case item.kind == directive.Map && len(item.fields) == 1 && item.fields[0].key == "prefix" && item.fields[0].value.kind == directive.String:
		name = item.fields[0].value.plain()
	}
	if name == "" {
		return false
	}
	if len(eventSources) == 0 {
		eventSources = []string{""}
	}
	return !slices.ContainsFunc(eventSources, func(s string) bool { return catalog.ClassOf(s, name) != catalog.ReadOnly })
}
