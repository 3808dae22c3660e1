package model

import (
	"maps"
	"slices"
	"strings"
)

// Parameter is a parameter that the package directive declares: a value of the rule files
// that is given when they are deployed.
type Parameter struct {
	Name string
	// Default is the value if none is given: one text, or the items of a list. It is nil if
	// there is no default.
	Default []string
	// Allowed are the texts that the value, or each item of a list, may be; nil for any.
	Allowed []string
	// List says that the default is written as a list.
	List bool
	Pos  Pos // of the name in the directive
}

// Parameter returns the declaration of a parameter, or nil.
func (p *Package) Parameter(name string) *Parameter {
	i := slices.IndexFunc(p.Parameters, func(d *Parameter) bool { return d.Name == name })
	if i < 0 {
		return nil
	}
	return p.Parameters[i]
}

// ListParams returns the names of the parameters that are whole lists of values in the
// patterns of rules.
func (p *Package) ListParams() []string {
	var names []string
	for _, r := range p.Rules() {
		names = append(names, r.Pattern.ListParams()...)
	}
	return names
}

// ParamNames returns the names of the parameters that the package refers to or declares, sorted.
func (p *Package) ParamNames() []string {
	names := slices.Collect(maps.Keys(p.Params))
	for _, d := range p.Parameters {
		names = append(names, d.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Defaults returns the declared defaults of parameters by their names.
func (p *Package) Defaults() map[string]string {
	defaults := map[string]string{}
	for _, d := range p.Parameters {
		if d.Default != nil {
			defaults[d.Name] = strings.Join(d.Default, ",")
		}
	}
	return defaults
}

// IsAllowed reports whether the declaration, which may be nil, allows a text.
func (d *Parameter) IsAllowed(text string) bool {
	return d == nil || d.Allowed == nil || slices.Contains(d.Allowed, text)
}

// Allowed returns the texts that a parameter's value may be; nil for any.
func (p *Package) Allowed(name string) []string {
	if d := p.Parameter(name); d != nil {
		return d.Allowed
	}
	return nil
}
