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
	p   *packageParser
	r   *rule
	way way
	// sources are those of AWS's that the way is for; none, where it is for any. It is
	// known if there are no others among them.
	sources []string
	known   bool
	// types are the detail-types that the way takes; none, where it takes any. All says
	// that it takes no others.
	types []string
	all   bool
	// record says that the handler takes CloudTrail's record.
	record bool
}

func (p *packageParser) checkCatalog(r *rule, w way, record bool) {
	c := &catalogCheck{p: p, r: r, way: w, record: record}
	if c.sources, c.known = w.sources(); !c.known {
		c.sources, c.known = c.meantSources()
	}
	c.types, c.all = w.detailTypes(c.sources)
	for _, asked := range texts(w.list("source")) {
		c.source(asked)
	}
	for _, asked := range texts(w.list("detail-type")) {
		c.detailType(asked)
	}
	if c.isCloudTrail() {
		c.cloudTrail()
	}
}

// source checks a text that is asked of the source. Sources that don't begin aws. are
// the user's own, unless they are AWS's misspelled.
func (c *catalogCheck) source(asked want) {
	name := asked.name()
	if strings.HasPrefix(name, partners) || !asked.ofNone(catalog.Sources()) {
		return
	}
	if !asked.isWhole() {
		c.sourcePart(asked)
		return
	}
	near, sure := c.meantSource(name)
	switch {
	case catalog.HasEventSource(name):
		c.misspelled(asked, diag.New(diag.SourceMisspelled, asked.t.pos, "%q is CloudTrail's eventSource; the event's source is another name", name).Suggest(near))
	case sure:
		c.misspelled(asked, diag.New(diag.SourceMisspelled, asked.t.pos, "no AWS service sends events from %q", name).Suggest(near))
	case strings.HasPrefix(name, catalog.Prefix):
		c.p.diags.Add(diag.New(diag.SourceUnknown, asked.t.pos, "no AWS service is known that sends events from %q; `jobgen events` lists the sources", name).Suggest(near))
	}
}

// meantSource returns the AWS source that a name was meant to be, and whether it is
// sure to be misspelled.
func (c *catalogCheck) meantSource(name string) (string, bool) {
	if catalog.HasEventSource(name) {
		return catalog.SourceOf(name), true
	}
	near, sure := nearSource(name)
	if !sure && !strings.HasPrefix(name, catalog.Prefix) {
		return c.serviceName(name)
	}
	return near, sure
}

// meantSources are the sources of a way that names AWS's, some of them misspelled. What
// else the way asks for is held against these. The second result is false if one may
// be a name that is right.
func (c *catalogCheck) meantSources() (names []string, sure bool) {
	sources, only := literals(c.way.list("source"))
	if !only {
		return nil, false
	}
	for _, name := range plains(sources) {
		if !catalog.HasSource(name) {
			if name, sure = c.meantSource(name); !sure || !catalog.HasSource(name) {
				return nil, false
			}
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), true
}

// misspelled reports a name that is near a known one. As an exception it leaves out
// nothing, and the rule still fires: that is a warning.
func (c *catalogCheck) misspelled(asked want, d diag.Diagnostic) {
	if strings.HasPrefix(asked.operator, "anything-but") {
		d.Severity = diag.Warning
	}
	c.p.diags.Add(d)
}

// partners begins the sources of AWS's partners, of which there is no list.
const partners = "aws.partner"

// sourcePart checks a part of a source that none has.
func (c *catalogCheck) sourcePart(asked want) {
	text := asked.t.plain()
	if !asked.ofNone([]string{partners + "/"}) {
		return
	}
	near, sure := asked.nearPart(catalog.Sources())
	switch {
	case sure:
		c.misspelled(asked, diag.New(diag.SourceMisspelled, asked.t.pos, "no AWS service sends events from a source that %s", asked.part()).Suggest(near))
	case strings.HasPrefix(text, catalog.Prefix):
		c.p.diags.Report(diag.SourceUnknown, asked.t.pos, "no AWS service is known whose source %s; `jobgen events` lists the sources", asked.part())
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

// serviceName returns the source that a service's bare name is meant for, such as ec2
// or com.amazonaws.ec2, where the detail-type beside it is one of that service's events,
// or one misspelled.
func (c *catalogCheck) serviceName(name string) (string, bool) {
	label := name[strings.LastIndexAny(name, "./:")+1:]
	source := catalog.Prefix + strings.ToLower(label)
	types, _ := literals(c.way.list("detail-type"))
	return source, slices.ContainsFunc(plains(types), func(t string) bool {
		return catalog.HasDetailType(source, t) || c.onlyServices() && isNearDetailType(source, t)
	})
}

// onlyServices reports whether all sources that a way names are AWS services. A name
// such as ec2 beside the user's own may be the user's own too.
func (c *catalogCheck) onlyServices() bool {
	sources, only := literals(c.way.list("source"))
	return only && !slices.ContainsFunc(plains(sources), func(name string) bool {
		service, _ := strings.CutPrefix(name, "com.amazonaws.")
		return !catalog.HasSource(name) && !catalog.HasSource(catalog.Prefix+strings.ToLower(service))
	})
}

// isNearDetailType reports whether a detail-type is an edit away from one of a source's.
func isNearDetailType(source, detailType string) bool {
	if !catalog.HasSource(source) {
		return false
	}
	m, ok := catalog.NearestDetailType(detailType, source)
	return ok && m.Distance <= 1
}

// cutPrefixFold is strings.CutPrefix in any letter case.
func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// detailType checks a text that is asked of the detail-type against those of the
// sources beside it.
func (c *catalogCheck) detailType(asked want) {
	switch {
	case !c.known:
		c.ofAnUnknownSource(asked)
	case !asked.ofNone(sentBy(c.sources)):
		// which services CloudTrail delivers what of is nowhere listed
	case len(c.sources) == 0:
		c.nearDetailType(asked)
	case c.elsewhere(asked) || c.nearDetailType(asked):
	case asked.isWhole():
		c.p.diags.Report(diag.DetailTypeUnknown, asked.t.pos, "%s is not known to send %q%s", c.senders(), asked.name(), known(listedTypes(c.sources)))
	default:
		c.p.diags.Report(diag.DetailTypeUnknown, asked.t.pos, "%s is not known to send a detail-type that %s%s", c.senders(), asked.part(), known(listedTypes(c.sources)))
	}
}

func (c *catalogCheck) senders() string { return strings.Join(c.sources, " or ") }

// ofAnUnknownSource reports another source's detail-type, right or misspelled, beside
// unknown sources that begin aws.
func (c *catalogCheck) ofAnUnknownSource(asked want) {
	sources, only := literals(c.way.list("source"))
	if !only || !asked.isWhole() {
		return
	}
	if slices.ContainsFunc(plains(sources), func(source string) bool { return !isUnknownAWS(source) }) {
		return
	}
	senders := catalog.SourcesOf(asked.name())
	switch {
	case catalog.IsCloudTrail(asked.name()):
	case len(senders) > 0:
		c.comesFrom(asked, plains(sources), senders)
	default:
		if near, ok := asked.nearDetailType(); ok {
			c.misspelled(asked, diag.New(diag.DetailTypeMisspelled, asked.t.pos, "no AWS event has the detail-type %q", asked.t.plain()).Suggest(near))
		}
	}
}

// isUnknownAWS reports whether a source looks like AWS's, and no service is known or
// near that has it.
func isUnknownAWS(source string) bool {
	_, misspelled := nearSource(source)
	return strings.HasPrefix(source, catalog.Prefix) && !strings.HasPrefix(source, partners) && !misspelled && !catalog.HasSource(source)
}

// elsewhere reports a detail-type that only other sources send.
func (c *catalogCheck) elsewhere(asked want) bool {
	senders := catalog.SourcesOf(asked.name())
	if !asked.isWhole() || len(senders) == 0 {
		return false
	}
	c.comesFrom(asked, c.sources, senders)
	return true
}

func (c *catalogCheck) comesFrom(asked want, sources, senders []string) {
	d := diag.New(diag.DetailTypeElsewhere, asked.t.pos, "%s sends no %q; it comes from %s", strings.Join(sources, " or "), asked.name(), strings.Join(senders, ", "))
	for _, s := range c.way.list("source").items {
		d = d.Relate(s.pos, "the source is named here")
	}
	c.p.diags.Add(d)
}

// listedTypes are the detail-types that sources are known to send themselves.
func listedTypes(sources []string) []string {
	var all []string
	for _, s := range sources {
		all = append(all, catalog.DetailTypes(s)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// nearDetailType reports a detail-type that is near a known one. Of other
// sources' detail-types it must be very near: services name their events alike,
// and a rule that names no source may be for the user's own.
func (c *catalogCheck) nearDetailType(asked want) bool {
	near, ok := "", false
	if len(c.sources) > 0 {
		near, ok = asked.nearDetailType(c.sources...)
	}
	if !ok && (len(c.sources) > 0 || !c.onCustomBus()) {
		near, ok = asked.nearDetailType()
	}
	switch {
	case ok && asked.isWhole():
		c.misspelled(asked, diag.New(diag.DetailTypeMisspelled, asked.t.pos, "no AWS event has the detail-type %q", asked.t.plain()).Suggest(near))
	case ok:
		c.misspelled(asked, diag.New(diag.DetailTypeMisspelled, asked.t.pos, "no AWS event has a detail-type that %s", asked.part()).Suggest(near))
	}
	return ok
}

// nearDetailType returns the detail-type, or the part of one, that a text was meant to
// be; of any source's, if none is given, it must be an edit away.
func (w want) nearDetailType(sources ...string) (string, bool) {
	if !w.isWhole() {
		return w.nearPart(sentBy(sources))
	}
	m, ok := catalog.NearestDetailType(w.t.plain(), sources...)
	return m.Word, ok && (len(sources) > 0 || m.Distance <= 1)
}

func (c *catalogCheck) onCustomBus() bool {
	bus := c.r.out.EventBus
	return bus != nil && !isDefaultBus(bus)
}
