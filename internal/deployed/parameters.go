package deployed

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/spell"
)

// Parameters has the values that -param flags give to parameters, by name.
type Parameters map[string]string

// Add reads the argument of a -param flag.
func (v Parameters) Add(arg string) error {
	name, value, ok := strings.Cut(arg, "=")
	if !ok || name == "" {
		return fmt.Errorf("write NAME=VALUE, such as Stage=prod")
	}
	if _, ok := v[name]; ok {
		return fmt.Errorf("%s has a value already; give each parameter one value", name)
	}
	v[name] = value
	return nil
}

// Check checks that the packages have the parameters, and that their declarations allow the
// values.
func (v Parameters) Check(packages []*model.Package) error {
	known := map[string]bool{}
	for _, p := range packages {
		for _, name := range p.ParamNames() {
			known[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if !known[name] {
			return unknownParameter(name, slices.Sorted(maps.Keys(known)))
		}
		for _, p := range packages {
			if err := checkValue(p, name, v[name]); err != nil {
				return fmt.Errorf("-param: %w", err)
			}
		}
	}
	return nil
}

// unknownParameter reports that no directive refers to a parameter.
func unknownParameter(name string, known []string) error {
	if near, ok := spell.Nearest(name, known); ok {
		return fmt.Errorf("-param: no directive refers to the parameter %s; did you mean %q?", name, near)
	}
	if len(known) == 0 {
		return fmt.Errorf("-param: no directive refers to the parameter %s, nor to another one", name)
	}
	return fmt.Errorf("-param: no directive refers to the parameter %s; there are %s", name, strings.Join(known, ", "))
}

// checkValue checks that a package allows the value of a parameter.
func checkValue(p *model.Package, name, value string) error {
	d := p.Parameter(name)
	items := []string{value}
	if d != nil && d.List || slices.Contains(p.ListParams(), name) {
		items = strings.Split(value, ",")
		if slices.Contains(items, "") {
			return fmt.Errorf("%s is a list, and %q has an empty value in it; write the values with commas between them", name, value)
		}
	}
	for _, item := range items {
		if d.IsAllowed(item) {
			continue
		}
		allowed := strings.Join(d.Allowed, ", ")
		if near, ok := spell.Nearest(item, d.Allowed); ok {
			return fmt.Errorf("%s can't be %q; the allowed values are %s; did you mean %q?", name, item, allowed, near)
		}
		return fmt.Errorf("%s can't be %q; the allowed values are %s", name, item, allowed)
	}
	return nil
}

// checkEnvironment checks that a package allows the values that its parameters have in the
// environment. A parameter that -param gives a value doesn't get that of the environment.
func (v Parameters) checkEnvironment(p *model.Package) error {
	for _, name := range p.ParamNames() {
		value, ok := os.LookupEnv(name)
		if _, given := v[name]; given || !ok {
			continue
		}
		if err := checkValue(p, name, value); err != nil {
			return fmt.Errorf("the environment: %w; -param gives the parameter another value", err)
		}
	}
	return nil
}

// Of returns the values of a package's parameters: those that -param gives, then those in the
// environment, then the declared defaults.
func (v Parameters) Of(p *model.Package) map[string]string {
	values := p.Defaults()
	for _, name := range p.ParamNames() {
		if value, ok := os.LookupEnv(name); ok {
			values[name] = value
		}
		if value, ok := v[name]; ok {
			values[name] = value
		}
	}
	return values
}

// exampleOf returns a value for a parameter that has none. The rule exists with this value, if
// there is such a value.
func exampleOf(p *model.Package, r *model.Rule, name string) string {
	allowed := p.Allowed(name)
	if t, ok := r.Condition().Of(name); ok {
		candidates := allowed
		if len(candidates) == 0 && !t.Not {
			candidates = t.Values
		}
		if i := slices.IndexFunc(candidates, t.Holds); i >= 0 {
			return candidates[i]
		}
	}
	if len(allowed) > 0 {
		return allowed[0]
	}
	example, _ := catalog.Example(name)
	return cmp.Or(example, strings.ToLower(name))
}

// Possible returns the rules of a package that can exist with the values of -param.
func (v Parameters) Possible(p *model.Package) []*model.Rule {
	return slices.DeleteFunc(p.Rules(), func(r *model.Rule) bool {
		_, fails := r.Condition().Fails(v)
		return fails
	})
}

// String returns the values as an addition to a message: " with Stage=prod", or "".
func (v Parameters) String() string {
	var values []string
	for _, name := range slices.Sorted(maps.Keys(v)) {
		values = append(values, name+"="+v[name])
	}
	if values == nil {
		return ""
	}
	return " with " + strings.Join(values, " and ")
}
