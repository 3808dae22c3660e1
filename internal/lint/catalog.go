package lint

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// catalogCheck compares one conjunct of a rule's pattern with the catalog of AWS's events.
type catalogCheck struct {
	conjunct
	r      *Rule
	report diag.Reporter
	// awsSources are the AWS sources that the conjunct takes. There are none if it takes
	// any. Known is false if it takes other sources too.
	awsSources []string
	known      bool
	// types are the detail-types that the conjunct takes. There are none if it takes any.
	// All is false if it takes others too.
	types []string
	all   bool
}

// checkCatalog checks sources and detail-types against the catalog of AWS's events, and
// the services and calls of CloudTrail's records.
func checkCatalog(r *Rule, _ *Facts, report diag.Reporter) {
	for _, each := range r.conjuncts() {
		if usesCatalog(each) {
			c := &catalogCheck{conjunct: each, r: r, report: report}
			c.check()
		}
	}
}

func (c *catalogCheck) check() {
	if c.awsSources, c.known = c.sources(); !c.known {
		c.awsSources, c.known = c.correctSources()
	}
	c.types, c.all = c.detailTypes(c.awsSources)
	for _, t := range textTerms(c.field("source")) {
		c.source(t)
	}
	for _, t := range textTerms(c.field("detail-type")) {
		c.detailType(t)
	}
	if c.isCloudTrail() {
		(&recordCheck{c}).check()
	}
}

// at returns the position of a term.
func (c *catalogCheck) at(t pattern.Term) model.Pos { return c.r.At(t.Offset()) }

// misspelled reports a name that is near a known one. A misspelled exception excludes
// nothing and the rule still fires, so it is a warning.
func (c *catalogCheck) misspelled(t pattern.Term, code diag.Code, near, format string, args ...any) {
	d := diag.New(code, c.at(t), format, args...).Suggest(replaceable(t), near)
	if t.Excepts() {
		d.Severity = diag.Warning
	}
	c.report.Add(d)
}

// partners is the prefix of the sources of AWS's partners. AWS publishes no list of them.
const partners = "aws.partner"

// source checks a term of the source. A source without the prefix aws. is the user's own,
// unless it is a misspelled source of AWS's.
func (c *catalogCheck) source(t pattern.Term) {
	name := nameIn(t)
	if strings.HasPrefix(name, partners) || !selectsNone(t, catalog.Sources()) {
		return
	}
	if !t.Whole() {
		c.sourcePart(t)
		return
	}
	near, sure := c.correctSource(name)
	switch {
	case catalog.HasEventSource(name):
		c.misspelled(t, diag.SourceMisspelled, near, "%q is CloudTrail's eventSource; the event's source is another name", name)
	case sure:
		c.misspelled(t, diag.SourceMisspelled, near, "no AWS service sends events from %q", name)
	case strings.HasPrefix(name, catalog.Prefix):
		c.report.Add(diag.New(diag.SourceUnknown, c.at(t), "no AWS service is known that sends events from %q; `jobgen events` lists the sources", name).Suggest(replaceable(t), near))
	}
}

// sourcePart checks a prefix or suffix of the source that no known source has.
func (c *catalogCheck) sourcePart(t pattern.Term) {
	if !selectsNone(t, []string{partners + "/"}) {
		return
	}
	near, sure := nearPart(t, catalog.Sources())
	switch {
	case sure:
		c.misspelled(t, diag.SourceMisspelled, near, "no AWS service sends events from a source that %s", t.Phrase())
	case strings.HasPrefix(textOf(t), catalog.Prefix):
		c.report.Report(diag.SourceUnknown, c.at(t), "no AWS service is known whose source %s; `jobgen events` lists the sources", t.Phrase())
	}
}

// correctSource returns the AWS source whose misspelling an unknown name is most likely,
// and whether that is sure.
func (c *catalogCheck) correctSource(name string) (source string, sure bool) {
	if catalog.HasEventSource(name) {
		return catalog.SourceOf(name), true
	}
	near, sure := nearSource(name)
	if !sure && !strings.HasPrefix(name, catalog.Prefix) {
		return c.serviceName(name)
	}
	return near, sure
}

// correctSources returns the conjunct's sources in the correct spelling, if it names only
// sources of AWS's. It is not sure if one of them may be the user's own.
func (c *catalogCheck) correctSources() (names []string, sure bool) {
	sources, only := c.literals("source")
	if !only {
		return nil, false
	}
	for _, name := range sources {
		if !catalog.HasSource(name) {
			if name, sure = c.correctSource(name); !sure || !catalog.HasSource(name) {
				return nil, false
			}
		}
		names = append(names, name)
	}
	return sorted(names), true
}

// nearSource returns the AWS source that is nearest to a name, and whether the name is
// surely a misspelling of it. A name without the prefix aws. is taken for the user's own
// unless it is one edit away. Names of services are so short that a name which is equally
// near to two of them may be a third one.
func nearSource(name string) (source string, sure bool) {
	found, ok := nearSources.Load(name)
	if !ok {
		source, sure = findNearSource(name)
		found, _ = nearSources.LoadOrStore(name, nearest{source, sure})
	}
	return found.(nearest).source, found.(nearest).sure
}

// nearSources are the results of nearSource by name. Many rules have the same source, and
// comparing a name with all sources takes longer than all other checks of a rule.
var nearSources sync.Map

// nearest is a result of nearSource.
type nearest struct {
	source string
	sure   bool
}

func findNearSource(name string) (source string, sure bool) {
	if strings.HasPrefix(strings.ToLower(name), catalog.Prefix) {
		m, near := catalog.NearestSource(catalog.Prefix + name[len(catalog.Prefix):])
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

// serviceName returns the source of the service that a name such as ec2 or
// com.amazonaws.ec2 names. It is ok if the conjunct takes only sources with such names, and
// has a detail-type of the service, or a misspelled one. Beside other sources, and with
// another prefix, the name is the user's own: people send AWS's events again under their
// own names.
func (c conjunct) serviceName(name string) (source string, ok bool) {
	source, ok = serviceSource(name)
	sources, only := c.literals("source")
	if !ok || !only || !every(sources, func(s string) bool { _, ok := serviceSource(s); return ok }) {
		return "", false
	}
	types, _ := c.literals("detail-type")
	return source, slices.ContainsFunc(types, func(t string) bool {
		return catalog.HasDetailType(source, t) || isNearDetailType(source, t)
	})
}

// serviceSource returns the source of the service with a name. The name may have the prefix
// of Java packages.
func serviceSource(name string) (string, bool) {
	source := catalog.Prefix + strings.ToLower(strings.TrimPrefix(name, "com.amazonaws."))
	return source, catalog.HasSource(source)
}

// isNearDetailType reports whether a detail-type is at most one edit from one of a known
// source's.
func isNearDetailType(source, detailType string) bool {
	m, ok := catalog.NearestDetailType(detailType, source)
	return ok && m.Distance <= 1 && catalog.HasSource(source)
}

// detailType checks a term of the detail-type against the detail-types of the conjunct's
// sources.
func (c *catalogCheck) detailType(t pattern.Term) {
	switch {
	case !c.known:
		c.unknownSourceDetailType(t)
	case !selectsNone(t, detailTypesOf(c.awsSources)):
		// No page lists which of CloudTrail's detail-types a service has.
	case len(c.awsSources) == 0:
		c.nearDetailType(t)
	case c.otherSource(t) || c.nearDetailType(t):
	case t.Whole():
		types := listedTypes(c.awsSources)
		c.report.Report(diag.DetailTypeUnknown, c.at(t), "%s is not known to send %q%s", senders(c.awsSources), nameIn(t), cmp.Or(beginning(nameIn(t), types), known(types)))
	default:
		c.report.Report(diag.DetailTypeUnknown, c.at(t), "%s is not known to send a detail-type that %s%s", senders(c.awsSources), t.Phrase(), known(listedTypes(c.awsSources)))
	}
}

func senders(sources []string) string { return strings.Join(sources, " or ") }

// unknownSourceDetailType reports a detail-type of another source, or one that is
// misspelled, if all of the conjunct's sources begin with aws. and are unknown.
func (c *catalogCheck) unknownSourceDetailType(t pattern.Term) {
	sources, only := c.literals("source")
	if !only || !t.Whole() || !every(sources, isUnknownAWS) {
		return
	}
	senders := catalog.SourcesOf(nameIn(t))
	switch {
	case catalog.IsCloudTrail(nameIn(t)):
	case len(senders) > 0:
		c.reportOtherSource(t, sources, senders)
	default:
		if near, ok := nearDetailTypeOf(t); ok {
			c.misspelledDetailType(t, near)
		}
	}
}

// isUnknownAWS reports whether a source has the form of an AWS source, but is neither known
// nor near a known one.
func isUnknownAWS(source string) bool {
	if !strings.HasPrefix(source, catalog.Prefix) || strings.HasPrefix(source, partners) || catalog.HasSource(source) {
		return false
	}
	_, misspelled := nearSource(source)
	return !misspelled
}

// otherSource reports a detail-type that only other sources send.
func (c *catalogCheck) otherSource(t pattern.Term) bool {
	senders := catalog.SourcesOf(nameIn(t))
	if !t.Whole() || len(senders) == 0 {
		return false
	}
	c.reportOtherSource(t, c.awsSources, senders)
	return true
}

func (c *catalogCheck) reportOtherSource(t pattern.Term, sources, senders []string) {
	d := diag.New(diag.DetailTypeElsewhere, c.at(t), "%s sends no %q; it comes from %s", strings.Join(sources, " or "), nameIn(t), strings.Join(senders, ", "))
	for _, a := range c.field("source").Alternatives {
		d = d.Relate(c.r.At(a.Offset), "the source is named here")
	}
	c.report.Add(d)
}

// listedTypes returns the detail-types that the sources are known to send themselves.
func listedTypes(sources []string) []string { return sorted(concat(sources, catalog.DetailTypes)) }

// nearDetailType reports a detail-type that is near a known one. It must be nearer to a
// detail-type of other sources: services give their events similar names, and a rule
// without a source may be for the user's own events.
func (c *catalogCheck) nearDetailType(t pattern.Term) bool {
	near, ok := "", false
	if len(c.awsSources) > 0 {
		near, ok = nearDetailTypeOf(t, c.awsSources...)
	}
	if !ok && (len(c.awsSources) > 0 || !c.r.onCustomBus()) {
		near, ok = nearDetailTypeOf(t)
	}
	if ok {
		c.misspelledDetailType(t, near)
	}
	return ok
}

func (c *catalogCheck) misspelledDetailType(t pattern.Term, near string) {
	if t.Whole() {
		c.misspelled(t, diag.DetailTypeMisspelled, near, "no AWS event has the detail-type %q", textOf(t))
	} else {
		c.misspelled(t, diag.DetailTypeMisspelled, near, "no AWS event has a detail-type that %s", t.Phrase())
	}
}

// nearDetailTypeOf returns the detail-type, or the part of one, that a term most likely
// misspells or begins. Without sources, it searches those of all sources, one edit away.
func nearDetailTypeOf(t pattern.Term, sources ...string) (string, bool) {
	if !t.Whole() {
		return nearPart(t, detailTypesOf(sources))
	}
	m, ok := catalog.NearestDetailType(textOf(t), sources...)
	if ok && (len(sources) > 0 || m.Distance <= 1) {
		return m.Word, true
	}
	if len(sources) == 0 && strings.Count(textOf(t), " ") < 2 {
		return "", false // a name of one's own may be as short
	}
	longer := longerName(textOf(t), detailTypesOf(sources))
	return longer, longer != ""
}
