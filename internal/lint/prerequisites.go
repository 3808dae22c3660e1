package lint

import (
	"fmt"
	"slices"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/pattern"
)

// checkPrerequisites notes what must be on before the events of a package's rules arrive.
func checkPrerequisites(p *Package, _ *Facts, report diag.Reporter) {
	for _, n := range p.Prerequisites {
		how := ""
		if n.How != "" {
			how = ": " + n.How
		}
		report.Report(diag.SwitchedOff, n.Pos, "these events arrive only if %s%s", n.Needs, how)
	}
}

// Prerequisites returns what must be on before the events of a package's rules arrive: each
// prerequisite once, in the order of the rules.
func Prerequisites(p *Package) []model.Prerequisite {
	f := &prerequisites{}
	for _, r := range p.rules() {
		if r.Pattern == nil {
			continue
		}
		for _, c := range r.conjuncts() {
			if usesCatalog(c) {
				f.rule = r
				f.sent(c)
				f.recorded(c)
			}
		}
	}
	return f.all
}

// prerequisites collects the prerequisites of rules.
type prerequisites struct {
	rule *Rule
	all  []model.Prerequisite
}

// add adds a prerequisite of the events that a term asks for.
func (f *prerequisites) add(t pattern.Term, p catalog.Prerequisite) {
	if slices.ContainsFunc(f.all, func(q model.Prerequisite) bool { return q.Needs == p.Needs }) {
		return
	}
	how := ""
	if p.CloudFormation != "" {
		how = fmt.Sprintf("in CloudFormation, %s; in Terraform, %s", p.CloudFormation, p.Terraform)
	}
	f.all = append(f.all, model.Prerequisite{Needs: p.Needs, How: how, Pos: f.rule.At(t.Offset())})
}

// sent adds the prerequisites of the events that a conjunct asks for by detail-type or, if it
// names none, by source.
func (f *prerequisites) sent(c conjunct) {
	sources, _ := literals(c.field("source"))
	if c.field("detail-type") == nil {
		if c.namesRecord(f.rule) {
			return // the service's own events don't match
		}
		for _, s := range sources {
			f.addAll(s, catalog.Prerequisites(textOf(s), ""))
		}
		return
	}
	for _, t := range textTerms(c.field("detail-type")) {
		if !t.Excepts() {
			f.typed(c, t, textsOf(sources))
		}
	}
}

// typed adds the prerequisites of the events whose detail-type a term matches. They must be
// those of all such events of a source: a term for all of CloudTrail's events doesn't depend
// on what a few of them need. Without a source, a detail-type of one source is that source's.
func (f *prerequisites) typed(c conjunct, t pattern.Term, sources []string) {
	if c.field("source") == nil {
		if sources = catalog.SourcesOf(textOf(t)); len(sources) != 1 {
			sources = []string{""}
		}
	}
	for _, source := range sources {
		types := t.Selects(detailTypesOf([]string{source}))
		if len(types) == 0 {
			continue
		}
		needs := catalog.Prerequisites(source, types[0])
		if every(types, func(other string) bool { return slices.Equal(catalog.Prerequisites(source, other), needs) }) {
			f.addAll(t, needs)
		}
	}
}

func (f *prerequisites) addAll(t pattern.Term, all []catalog.Prerequisite) {
	for _, p := range all {
		f.add(t, p)
	}
}

// recorded adds the prerequisites of the API calls that a conjunct names.
func (f *prerequisites) recorded(c conjunct) {
	calls, _ := literals(c.field("detail.eventName"))
	if len(calls) == 0 {
		return
	}
	check := catalogCheck{conjunct: c, r: f.rule}
	check.awsSources, check.known = c.sources()
	check.types, check.all = c.detailTypes(check.awsSources)
	services, known := (&recordCheck{&check}).services()
	if !known || !check.isCloudTrail() || c.field("detail-type") != nil && !slices.Contains(check.types, catalog.APICall) {
		return
	}
	for _, t := range calls {
		owners := services
		if len(owners) == 0 {
			owners = catalog.EventSourcesOf(textOf(t))
		}
		if needs := dataResources(owners, textOf(t)); needs != nil {
			f.add(t, catalog.DataEvents(needs))
		}
	}
}

// dataResources returns the types of resources for which CloudTrail records a call as a data
// event, if it does so for all the services that have the call.
func dataResources(services []string, name string) []string {
	var resources []string
	for _, s := range services {
		types := catalog.DataResources(s, name)
		if len(types) == 0 && catalog.HasCall(s, name) {
			return nil
		}
		if resources == nil {
			resources = types
		}
	}
	return resources
}
