package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/pattern"
)

// detail returns a function that reports which names the detail of the rule's events is
// known to have: by AWS's catalog, by schemas, and by the pattern itself. The second
// result says that the catalog has every event that the rule is for.
func (r *Rule) detail(f *Facts) (has func(name string) bool, known bool) {
	var names []string
	var shapes []*shape.Shape
	known = true
	for _, each := range r.conjuncts() {
		names = append(names, each.detailNames()...)
		for _, o := range f.schemaOrigins(each) {
			if detail := o.at.Lookup("detail"); detail != nil {
				shapes = append(shapes, detail)
			}
		}
		var aws []origin
		if usesCatalog(each) {
			aws = each.catalogOrigins()
		}
		known = known && len(aws) > 0
		for _, o := range aws {
			shapes = append(shapes, o.at)
		}
	}
	return func(name string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) ||
			slices.ContainsFunc(shapes, func(s *shape.Shape) bool { return s.LookupFold(name) != nil })
	}, known
}

// firstEvent returns the source and the detail-type of the rule's events, if it names one
// of each.
func (r *Rule) firstEvent() (source, detailType string) {
	c := r.conjuncts()[0]
	if sources, _ := literals(c.field("source")); len(sources) == 1 {
		source = textOf(sources[0])
	}
	if types, _ := literals(c.field("detail-type")); len(types) == 1 {
		detailType = textOf(types[0])
	}
	return source, detailType
}

// literals returns the values of each field, by its path, that is asked for by literals
// alone. Fields in a $or are left out, since they need not hold.
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
		if texts, only := literals(m.Field); only && !m.IsOr() {
			all[at] = plains(texts)
		}
	}
}
