package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// checkHomes reports rules for events that arrive in one Region only: an error if the rule is
// for another Region and AWS documents the events' Region, and otherwise a note, once for each
// source of a package. A rule must be in the Region in which its events arrive.
func checkHomes(p *Package, _ *Facts, report diag.Reporter) {
	noted := map[string]bool{}
	for _, r := range p.rules() {
		if r.Pattern == nil {
			continue
		}
		for _, a := range p.arrivals(r) {
			switch {
			case a.regions != nil && a.sure:
				report.Add(a.never())
			case (a.regions != nil || !a.settled) && !noted[a.home.Source]:
				noted[a.home.Source] = true
				report.Report(diag.OneRegion, r.At(a.term.Offset()), "%s", a.note())
			}
		}
	}
}

// arrival is what a rule says about the Region of a source whose events don't arrive in every
// Region.
type arrival struct {
	rule *Rule
	home catalog.Home
	// term is where the rule asks for the events.
	term pattern.Term
	// sure says that AWS documents the Region for these events.
	sure bool
	// settled says that the rule names the Region, or gets forwarded events.
	settled bool
	// regions are other Regions for which the rule is, and pos where the rule names them.
	regions []string
	pos     model.Pos
	// partly says that the rule gets other events.
	partly bool
}

// never returns the finding about events that never arrive.
func (a arrival) never() diag.Diagnostic {
	d := diag.New(diag.RegionElsewhere, a.pos, "the events of %s arrive in %s and never in %s; deploy the rule in %[2]s%[4]s",
		a.home.Source, a.home.In(a.regions[0]), strings.Join(a.regions, " or "), a.remedy())
	if a.partly {
		d.Severity = diag.Warning // the rule fires for the other events
	}
	return d.Relate(a.rule.At(a.term.Offset()), "the rule asks for the events here")
}

// remedy returns what else helps if the bus or its dlq names the Region. Forwarded events keep
// their Region (user guide, eb-cross-region), so it doesn't help a pattern that names one.
func (a arrival) remedy() string {
	if a.rule.regionPos() != a.pos {
		return ""
	}
	bus, _ := a.rule.EventBus.Plain()
	return fmt.Sprintf("; if a rule forwards them from there, write `//jobs:package forwarded: [%s]`", diag.Clip(cmp.Or(busName(bus), defaultBus)))
}

// note returns where the events arrive.
func (a arrival) note() string {
	if a.home.Certainty == catalog.Varies {
		return a.home.Says + "; a rule gets only those that arrive in its Region"
	}
	verb := "probably arrive"
	if a.sure {
		verb = "arrive"
	}
	return fmt.Sprintf("the events of %s %s in one Region only, %s; deploy the rule there, or forward the events with a rule that is there", a.home.Source, verb, a.home.Region())
}

// arrivals returns what a rule says about each of its sources whose events don't arrive in
// every Region. Another Region counts only if all of the rule's conjuncts for the source have
// it.
func (p *Package) arrivals(r *Rule) []arrival {
	var all []arrival
	others := false
	for _, c := range r.conjuncts() {
		terms, only := c.sourceTerms(r)
		others = others || !only
		for source, t := range terms {
			home, ok := catalog.HomeOf(source)
			if !ok {
				others = true
				continue
			}
			a := p.arrival(r, c, home, t)
			i := slices.IndexFunc(all, func(b arrival) bool { return b.home.Source == source })
			if i < 0 {
				all = append(all, a)
			} else if all[i].regions != nil {
				all[i] = a
			}
		}
	}
	others = others || slices.ContainsFunc(all, func(a arrival) bool { return a.regions == nil })
	for i := range all {
		all[i].partly = others
	}
	slices.SortFunc(all, func(a, b arrival) int { return cmp.Compare(a.term.Offset(), b.term.Offset()) })
	return all
}

// sourceTerms returns the sources that a conjunct asks for by name, each with its term. Only
// is false if the conjunct takes other sources too. A conjunct without a source may name the
// service as the eventSource of CloudTrail's records, or ask for sign-ins.
func (c conjunct) sourceTerms(r *Rule) (sources map[string]pattern.Term, only bool) {
	path, sourceOf := "source", func(name string) string { return name }
	if c.field(path) == nil {
		path, sourceOf = "detail.eventSource", catalog.SourceOf
		record := catalogCheck{conjunct: c, r: r}
		record.types, record.all = c.detailTypes(nil)
		if !record.isCloudTrail() {
			return nil, false
		}
		if record.all && slices.Equal(record.types, []string{catalog.ConsoleSignIn}) {
			return map[string]pattern.Term{signIn: textTerms(c.field("detail-type"))[0]}, true
		}
	}
	terms, only := literals(c.field(path))
	sources = map[string]pattern.Term{}
	for _, t := range terms {
		sources[sourceOf(textOf(t))] = t
	}
	return sources, only
}

// signIn is the source of sign-ins, whose detail-type no other source has.
const signIn = "aws.signin"

// arrival compares the Region of a source's events with the Region that a conjunct names. If
// it names none, arrival uses the Region of the rule.
func (p *Package) arrival(r *Rule, c conjunct, home catalog.Home, t pattern.Term) arrival {
	a := arrival{rule: r, home: home, term: t, sure: home.Certainty == catalog.Sure}
	if home.Certainty == catalog.SureRecords {
		types, all := c.detailTypes([]string{home.Source})
		a.sure = types == nil && c.namesRecord(r) || all && allCloudTrail(types)
	}
	if field := c.field("region"); field != nil {
		a.settled = true
		terms, only := literals(field)
		if only && every(terms, func(t pattern.Term) bool { return isElsewhere(home, textOf(t)) }) {
			a.regions, a.pos = textsOf(terms), r.At(terms[0].Offset())
		}
		return a
	}
	if a.settled = p.getsForwarded(r, c); a.settled {
		return a
	}
	region := r.region()
	a.settled = r.onCustomBus() || home.In(region) != ""
	if isElsewhere(home, region) {
		a.regions, a.pos = []string{region}, r.regionPos()
	}
	return a
}

// isElsewhere reports whether a Region is another one than that of a source's events. It isn't
// for a Region of an unknown partition.
func isElsewhere(home catalog.Home, region string) bool {
	in := home.In(region)
	return in != "" && in != region
}

// getsForwarded reports whether other rules forward AWS's events to the rule's bus for a
// conjunct. Those may come from another Region.
func (p *Package) getsForwarded(r *Rule, c conjunct) bool {
	bus, ok := r.EventBus.Plain()
	if r.EventBus == nil {
		bus, ok = defaultBus, true
	}
	return !ok || p.isForwarded(bus) || c.asksForAccounts(accountOf(bus))
}

// region returns the Region of the rule, or "" if it isn't known. The rule's bus, dlq and queue
// are in this Region.
func (r *Rule) region() string {
	name, _ := r.regionAndPos()
	return name
}

// regionPos returns the position of the property that names the rule's Region.
func (r *Rule) regionPos() model.Pos {
	_, pos := r.regionAndPos()
	return pos
}

func (r *Rule) regionAndPos() (string, model.Pos) {
	if name := region(r.EventBus); name != "" {
		return name, r.Properties["event_bus"].Value
	}
	if r.DLQ != nil {
		if name := region(r.DLQ.ARN); name != "" {
			return name, r.Properties["dlq"].Value
		}
	}
	if r.Queue != nil {
		if name := region(r.Queue.ARN); name != "" {
			return name, r.Properties["queue.arn"].Value
		}
	}
	return "", model.Pos{}
}
