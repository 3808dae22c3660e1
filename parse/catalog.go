package parse

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
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
	near, sure := nearSource(name)
	switch {
	case sure:
		c.p.diags.Add(diag.New(diag.SourceMisspelled, t.pos, "no AWS service sends events from %q", name).Suggest(near))
	case strings.HasPrefix(name, catalog.Prefix):
		c.p.diags.Add(diag.New(diag.SourceUnknown, t.pos, "no AWS service is known that sends events from %q; `jobgen events` lists the sources", name).Suggest(near))
	}
}

// nearSource returns the AWS source that a name was meant to be, and whether it
// is sure to be misspelled. Without the aws. in front a name is taken for the
// user's own unless it is one edit away. Behind it, names are so short that one
// which is as near to two services may well be a third.
func nearSource(name string) (string, bool) {
	if rest, ok := cutPrefixFold(name, catalog.Prefix); ok {
		m, near := catalog.NearestSource(catalog.Prefix + rest)
		if !near {
			return "", false
		}
		return m.Word, len(m.Ties) == 0 || m.Distance == 0
	}
	m, near := spell.Find(name, slices.Values(catalog.Sources()))
	if !near || m.Distance > 1 {
		return "", false
	}
	return m.Word, true
}

// cutPrefixFold is strings.CutPrefix in any letter case.
func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
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
		if len(catalog.SourcesOf(name)) == 0 {
			c.nearDetailType(t, name)
		}
		return
	}
	if catalog.IsCloudTrail(name) || slices.ContainsFunc(sources, func(s string) bool { return catalog.HasDetailType(s, name) }) {
		return // which services CloudTrail delivers what of is nowhere listed
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

// nearDetailType reports a detail-type that is near a known one. Of other
// sources' detail-types it must be very near: services name their events alike,
// and a rule that names no source may be for the user's own.
func (c *catalogCheck) nearDetailType(t *tree, name string, sources ...string) bool {
	m, ok := spell.Match{}, false
	if len(sources) > 0 {
		m, ok = catalog.NearestDetailType(name, sources...)
	}
	if !ok && (len(sources) > 0 || !c.onCustomBus()) {
		m, ok = catalog.NearestDetailType(name)
		ok = ok && m.Distance <= 1
	}
	if ok {
		c.p.diags.Add(diag.New(diag.DetailTypeMisspelled, t.pos, "no AWS event has the detail-type %q", name).Suggest(m.Word))
	}
	return ok
}

func (c *catalogCheck) onCustomBus() bool {
	bus := c.r.out.EventBus
	return bus != nil && !isDefaultBus(bus)
}
