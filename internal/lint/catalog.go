package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// catalogCheck compares one conjunct of a rule's pattern with what AWS is known to send.
type catalogCheck struct {
	conjunct
	r      *Rule
	report diag.Reporter
	// awsSources are the AWS sources that the conjunct is for; none, where it is for any.
	// They are known if there are no others among them.
	awsSources []string
	known      bool
	// types are the detail-types that the conjunct takes; none, where it takes any. All
	// says that it takes no others.
	types []string
	all   bool
}

// checkCatalog checks the source and the detail-type against the catalog of AWS events,
// and of the records of CloudTrail their service and call.
func checkCatalog(r *Rule, _ *Facts, report diag.Reporter) {
	for _, each := range r.conjuncts() {
		if usesCatalog(each) {
			newCatalogCheck(r, each, report).run()
		}
	}
}

func newCatalogCheck(r *Rule, each conjunct, report diag.Reporter) *catalogCheck {
	c := &catalogCheck{conjunct: each, r: r, report: report}
	if c.awsSources, c.known = each.sources(); !c.known {
		c.awsSources, c.known = c.meantSources()
	}
	c.types, c.all = each.detailTypes(c.awsSources)
	return c
}

func (c *catalogCheck) run() {
	for _, asked := range texts(c.field("source")) {
		c.source(asked)
	}
	for _, asked := range texts(c.field("detail-type")) {
		c.detailType(asked)
	}
	if c.isCloudTrail() {
		c.cloudTrail()
	}
}

// at is the place of a term.
func (c *catalogCheck) at(t pattern.Term) model.Pos { return c.r.At(t.Offset()) }

// source checks a text that is asked of the source. Sources that don't begin aws. are
// the user's own, unless they are AWS's misspelled.
func (c *catalogCheck) source(asked pattern.Term) {
	name := nameIn(asked)
	if strings.HasPrefix(name, partners) || !ofNone(asked, catalog.Sources()) {
		return
	}
	if !asked.Whole() {
		c.sourcePart(asked)
		return
	}
	near, sure := c.meantSource(name)
	switch {
	case catalog.HasEventSource(name):
		c.misspelled(asked, diag.New(diag.SourceMisspelled, c.at(asked), "%q is CloudTrail's eventSource; the event's source is another name", name).Suggest(near))
	case sure:
		c.misspelled(asked, diag.New(diag.SourceMisspelled, c.at(asked), "no AWS service sends events from %q", name).Suggest(near))
	case strings.HasPrefix(name, catalog.Prefix):
		c.report.Add(diag.New(diag.SourceUnknown, c.at(asked), "no AWS service is known that sends events from %q; `jobgen events` lists the sources", name).Suggest(near))
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

// meantSources are the sources of a conjunct that names AWS's, some of them misspelled. What
// else the way asks for is held against these. The second result is false if one may
// be a name that is right.
func (c *catalogCheck) meantSources() (names []string, sure bool) {
	sources, only := literals(c.field("source"))
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
func (c *catalogCheck) misspelled(asked pattern.Term, d diag.Diagnostic) {
	if asked.Excepts() {
		d.Severity = diag.Warning
	}
	c.report.Add(d)
}

// partners begins the sources of AWS's partners, of which there is no list.
const partners = "aws.partner"

// sourcePart checks a part of a source that none has.
func (c *catalogCheck) sourcePart(asked pattern.Term) {
	text := textOf(asked)
	if !ofNone(asked, []string{partners + "/"}) {
		return
	}
	near, sure := nearPart(asked, catalog.Sources())
	switch {
	case sure:
		c.misspelled(asked, diag.New(diag.SourceMisspelled, c.at(asked), "no AWS service sends events from a source that %s", asked.Phrase()).Suggest(near))
	case strings.HasPrefix(text, catalog.Prefix):
		c.report.Report(diag.SourceUnknown, c.at(asked), "no AWS service is known whose source %s; `jobgen events` lists the sources", asked.Phrase())
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
	types, _ := literals(c.field("detail-type"))
	return source, slices.ContainsFunc(plains(types), func(t string) bool {
		return catalog.HasDetailType(source, t) || c.onlyServices() && isNearDetailType(source, t)
	})
}

// onlyServices reports whether all sources that a conjunct names are AWS services. A name
// such as ec2 beside the user's own may be the user's own too.
func (c *catalogCheck) onlyServices() bool {
	sources, only := literals(c.field("source"))
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
func (c *catalogCheck) detailType(asked pattern.Term) {
	switch {
	case !c.known:
		c.ofAnUnknownSource(asked)
	case !ofNone(asked, sentBy(c.awsSources)):
		// which services CloudTrail delivers what of is nowhere listed
	case len(c.awsSources) == 0:
		c.nearDetailType(asked)
	case c.elsewhere(asked) || c.nearDetailType(asked):
	case asked.Whole():
		c.report.Report(diag.DetailTypeUnknown, c.at(asked), "%s is not known to send %q%s", c.senders(), nameIn(asked), known(listedTypes(c.awsSources)))
	default:
		c.report.Report(diag.DetailTypeUnknown, c.at(asked), "%s is not known to send a detail-type that %s%s", c.senders(), asked.Phrase(), known(listedTypes(c.awsSources)))
	}
}

func (c *catalogCheck) senders() string { return strings.Join(c.awsSources, " or ") }

// ofAnUnknownSource reports another source's detail-type, right or misspelled, beside
// unknown sources that begin aws.
func (c *catalogCheck) ofAnUnknownSource(asked pattern.Term) {
	sources, only := literals(c.field("source"))
	if !only || !asked.Whole() {
		return
	}
	if slices.ContainsFunc(plains(sources), func(source string) bool { return !isUnknownAWS(source) }) {
		return
	}
	senders := catalog.SourcesOf(nameIn(asked))
	switch {
	case catalog.IsCloudTrail(nameIn(asked)):
	case len(senders) > 0:
		c.comesFrom(asked, plains(sources), senders)
	default:
		if near, ok := nearDetailTypeOf(asked); ok {
			c.misspelled(asked, diag.New(diag.DetailTypeMisspelled, c.at(asked), "no AWS event has the detail-type %q", textOf(asked)).Suggest(near))
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
func (c *catalogCheck) elsewhere(asked pattern.Term) bool {
	senders := catalog.SourcesOf(nameIn(asked))
	if !asked.Whole() || len(senders) == 0 {
		return false
	}
	c.comesFrom(asked, c.awsSources, senders)
	return true
}

func (c *catalogCheck) comesFrom(asked pattern.Term, sources, senders []string) {
	d := diag.New(diag.DetailTypeElsewhere, c.at(asked), "%s sends no %q; it comes from %s", strings.Join(sources, " or "), nameIn(asked), strings.Join(senders, ", "))
	for _, a := range c.field("source").Alternatives {
		d = d.Relate(c.r.At(a.Offset), "the source is named here")
	}
	c.report.Add(d)
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
func (c *catalogCheck) nearDetailType(asked pattern.Term) bool {
	near, ok := "", false
	if len(c.awsSources) > 0 {
		near, ok = nearDetailTypeOf(asked, c.awsSources...)
	}
	if !ok && (len(c.awsSources) > 0 || !c.r.onCustomBus()) {
		near, ok = nearDetailTypeOf(asked)
	}
	switch {
	case ok && asked.Whole():
		c.misspelled(asked, diag.New(diag.DetailTypeMisspelled, c.at(asked), "no AWS event has the detail-type %q", textOf(asked)).Suggest(near))
	case ok:
		c.misspelled(asked, diag.New(diag.DetailTypeMisspelled, c.at(asked), "no AWS event has a detail-type that %s", asked.Phrase()).Suggest(near))
	}
	return ok
}

// nearDetailType returns the detail-type, or the part of one, that a text was meant to
// be; of any source's, if none is given, it must be an edit away.
func nearDetailTypeOf(t pattern.Term, sources ...string) (string, bool) {
	if !t.Whole() {
		return nearPart(t, sentBy(sources))
	}
	m, ok := catalog.NearestDetailType(textOf(t), sources...)
	return m.Word, ok && (len(sources) > 0 || m.Distance <= 1)
}
