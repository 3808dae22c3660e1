package lint

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/shape"
	"github.com/jobgen/jobgen/pattern"
)

// Respelling is a key of a pattern in snake_case that the events have in lowerCamelCase.
type Respelling struct {
	Offset   int    // of the key in the pattern's source
	From, To string // the whole key
	Was, Now string // the name in it
}

// Respellings returns the keys that a rule's pattern has in snake_case, as Jets would write
// them, if the events have the name in lowerCamelCase and not the key itself.
func (r *Rule) Respellings(f *Facts) []Respelling {
	s := &speller{}
	if !hasSnakeCase(r.Pattern.Top()) {
		return nil
	}
	for _, each := range r.conjuncts() {
		if origins := r.origins(each, f); len(origins) > 0 {
			s.members(each.detailMembers(), origins)
		}
	}
	return s.found
}

func hasSnakeCase(o *pattern.Object) bool {
	found := false
	eachField(o, "", func(path string, _ *pattern.Member) { found = found || strings.Contains(path, "_") })
	return found
}

// speller finds the keys of one rule's pattern that events spell otherwise.
type speller struct {
	found []Respelling
}

func (s *speller) members(all []*pattern.Member, origins []origin) {
	for _, m := range all {
		if m.IsOr() && m.Object == nil {
			continue
		}
		if at := s.follow(m, origins); m.Object != nil && len(at) > 0 {
			s.members(m.Object.Members, at)
		}
	}
}

// follow follows the names of a key, and returns the origins at the field.
func (s *speller) follow(m *pattern.Member, at []origin) []origin {
	names := strings.Split(m.Key, ".")
	for i, name := range names {
		r := reach(at, name)
		if camel := lowerCamel(name); camel != name && !r.has(shape.Has) {
			if as := reach(at, camel); as.has(shape.Has) || as.has(shape.Folded) {
				from := strings.Join(names, ".")
				r, names[i] = as, camel
				s.add(Respelling{m.Offset, from, strings.Join(names, "."), name, camel})
			}
		}
		if at = r.found; len(at) == 0 {
			break
		}
	}
	return at
}

// add adds a respelling once: conjuncts have keys in common.
func (s *speller) add(r Respelling) {
	same := func(o Respelling) bool { return o.Offset == r.Offset && o.Was == r.Was && o.Now == r.Now }
	if !slices.ContainsFunc(s.found, same) {
		s.found = append(s.found, r)
	}
}

// lowerCamel returns event_source as eventSource.
func lowerCamel(key string) string {
	words := strings.Split(key, "_")
	for i, w := range words[1:] {
		if w != "" {
			words[i+1] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "")
}
