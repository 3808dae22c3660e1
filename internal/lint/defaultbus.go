package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// defaultBus is the name of the bus that each account has in each Region.
const defaultBus = "default"

// checkDefaultBus reports rules for AWS's own events on another bus than the default one,
// once for each bus of a package. AWS's services and CloudTrail send to the default bus only
// (user guide, eb-service-event and eb-service-event-cloudtrail), but a rule may forward the
// events from there.
func checkDefaultBus(p *Package, _ *Facts, report diag.Reporter) {
	reported := map[string]bool{}
	for _, r := range p.rules() {
		bus, ok := r.EventBus.Plain()
		if !ok || bus == "" || r.Pattern == nil || !r.onCustomBus() || p.isForwarded(bus) || reported[bus] {
			continue
		}
		if t, ok := r.awsTerm(accountOf(bus)); ok {
			reported[bus] = true
			report.Add(diag.New(diag.DefaultBusOnly, r.Properties["event_bus"].Value,
				"AWS's own events arrive on the default event bus, and never on %q unless a rule forwards them; if one does, write `//jobs:package forwarded: [%s]`",
				diag.Clip(busName(bus)), diag.Clip(busName(bus))).Relate(r.At(t.Offset()), "the rule asks for AWS's events here"))
		}
	}
}

// awsTerm returns the first term that asks for AWS's own events in a conjunct that doesn't
// ask for events of other accounts. BusOwner is the account of the rule's bus, "" if it isn't
// known.
func (r *Rule) awsTerm(busOwner string) (pattern.Term, bool) {
	for _, c := range r.conjuncts() {
		if t, ok := c.awsTerm(); ok && !c.asksForAccounts(busOwner) {
			return t, true
		}
	}
	return pattern.Term{}, false
}

// awsTerm returns the first term that asks for AWS's own events: a source of AWS's services
// or, without a source, a detail-type of CloudTrail's. Other detail-types may be the user's.
func (c conjunct) awsTerm() (pattern.Term, bool) {
	terms, isAWS := textTerms(c.field("source")), asksForService
	if c.field("source") == nil {
		terms, isAWS = textTerms(c.field("detail-type")), asksForCloudTrail
	}
	for _, t := range terms {
		if !t.Excepts() && isAWS(t) {
			return t, true
		}
	}
	return pattern.Term{}, false
}

// asksForService reports whether a term of the source, such as aws.ec2 or the prefix aws.,
// asks for events of AWS's services. Other senders, except partners, can't use such a source
// (API_PutEvents).
func asksForService(t pattern.Term) bool {
	return strings.HasPrefix(textOf(t), catalog.Prefix) && !strings.HasPrefix(textOf(t), partners)
}

// asksForCloudTrail reports whether a term of the detail-type asks for CloudTrail's events
// alone.
func asksForCloudTrail(t pattern.Term) bool {
	return allCloudTrail(t.Selects(catalog.AllDetailTypes()))
}

// asksForAccounts reports whether a conjunct asks for events of another account than the
// owner's, or of one that isn't known to be the owner. Such events are forwarded ones, which
// keep the account that they come from (user guide, eb-cross-account).
func (c conjunct) asksForAccounts(owner string) bool {
	accounts, only := c.literals("account")
	if c.field("account") != nil && !only {
		return true
	}
	for _, t := range textTerms(c.field("resources")) {
		if account := accountOf(textOf(t)); !t.Excepts() && account != "" {
			accounts = append(accounts, account)
		}
	}
	return slices.ContainsFunc(accounts, func(account string) bool { return account != owner })
}

var accountOfARN = regexp.MustCompile(`^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}):`)

// accountOf returns the account of an ARN, "" if it has none.
func accountOf(arn string) string {
	if m := accountOfARN.FindStringSubmatch(arn); m != nil {
		return m[1]
	}
	return ""
}

// isForwarded reports whether the package says that a rule forwards AWS's events to a bus.
func (p *Package) isForwarded(bus string) bool {
	return slices.ContainsFunc(p.Forwarded, func(f Text) bool { return f.Text == bus || f.Text == busName(bus) })
}

// checkForwarded reports names of buses that no rule of the package is on. If some directives
// can't be read, they may be on the bus, and it reports only misspelled names.
func checkForwarded(p *Package, _ *Facts, report diag.Reporter) {
	buses := concat(p.rules(), (*Rule).busNames)
	for _, f := range p.Forwarded {
		near, isNear := spell.Nearest(f.Text, buses)
		if slices.Contains(buses, f.Text) || p.Incomplete && !isNear {
			continue
		}
		report.Add(diag.New(diag.PropValue, f.Pos, "no rule of the package is on the bus %q; name one that the rules are on, or remove it", diag.Clip(f.Text)).Suggest(f.Text, near))
	}
}

// busNames returns the name of the rule's bus, and its ARN if the rule has it.
func (r *Rule) busNames() []string {
	if r.EventBus == nil {
		return []string{defaultBus}
	}
	bus, ok := r.EventBus.Plain()
	if !ok {
		return nil
	}
	return sorted([]string{bus, busName(bus)})
}
