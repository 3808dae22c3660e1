package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/pattern"
)

// detail returns a function that reports whether the detail of the rule's events is known to
// have a field: by AWS's catalog, by schemas, or by the pattern itself. All says that the
// catalog has every event that the rule is for.
func (r *Rule) detail(f *Facts) (has func(name string) bool, all bool) {
	if r.Pattern == nil {
		return func(string) bool { return false }, false
	}
	var names []string
	var described []origin
	all = true
	for _, each := range r.conjuncts() {
		names = append(names, each.detailNames()...)
		aws := each.catalogOrigins()
		all = all && len(aws) > 0
		described = slices.Concat(described, f.schemaOrigins(each), aws)
	}
	return func(name string) bool {
		return containsFold(names, name) || slices.ContainsFunc(described, func(o origin) bool {
			detail := o.at.Lookup("detail")
			return detail != nil && detail.LookupFold(name) != nil
		})
	}, all
}

// firstEvent returns the source and the detail-type of the rule's events, if it names one
// of each.
func (r *Rule) firstEvent() (source, detailType string) {
	c := r.conjuncts()[0]
	if sources, _ := c.literals("source"); len(sources) == 1 {
		source = sources[0]
	}
	if types, _ := c.literals("detail-type"); len(types) == 1 {
		detailType = types[0]
	}
	return source, detailType
}

// literals returns the values of the fields whose alternatives are literals alone, by the
// fields' paths. It leaves out fields in a $or, since they need not match.
func (r *Rule) literals() map[string][]string {
	all := map[string][]string{}
	collectLiterals(r.Pattern.Top(), "", all)
	return all
}

func collectLiterals(o *pattern.Object, path string, all map[string][]string) {
	for _, m := range o.Members {
		at := strings.TrimPrefix(path+"."+m.Key, ".")
		if m.Object != nil {
			collectLiterals(m.Object, at, all)
		}
		if terms, only := literals(m.Field); only && !m.IsOr() {
			all[at] = textsOf(terms)
		}
	}
}
