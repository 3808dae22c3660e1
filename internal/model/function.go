package model

// Over joins the properties of a method's function, f, with those of its type, base. f
// wins, property by property, and in maps entry by entry. Policies add up.
func (f Function) Over(base Function) Function {
	f.ID = or(f.ID, base.ID)
	f.Timeout = or(f.Timeout, base.Timeout)
	f.Memory = or(f.Memory, base.Memory)
	f.Description = or(f.Description, base.Description)
	f.Environment = joinEnvironment(f.Environment, base.Environment)
	f.ArchitecturePos = or(f.ArchitecturePos, base.ArchitecturePos)
	f.Architecture = or(f.Architecture, base.Architecture)
	f.Tracing = or(f.Tracing, base.Tracing)
	f.ReservedConcurrency = or(f.ReservedConcurrency, base.ReservedConcurrency)
	f.EphemeralStorage = or(f.EphemeralStorage, base.EphemeralStorage)
	if f.Layers == nil {
		f.Layers = base.Layers
	}
	f.VPC = or(f.VPC, base.VPC)
	f.Tags = joinTags(f.Tags, base.Tags)
	f.LogRetention = or(f.LogRetention, base.LogRetention)
	f.LogKeep = or(f.LogKeep, base.LogKeep)
	f.Async = f.Async.over(base.Async)
	f.Policies = append(append([]Statement(nil), base.Policies...), f.Policies...)
	return f
}

func or[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}

func (a *Async) over(base *Async) *Async {
	if a == nil || base == nil {
		return or(a, base)
	}
	return &Async{
		Retries:   or(a.Retries, base.Retries),
		MaxAge:    or(a.MaxAge, base.MaxAge),
		OnFailure: or(a.OnFailure, base.OnFailure),
	}
}

// joinEnvironment keeps the order of base; the variables that only vars has come last.
func joinEnvironment(vars, base []EnvVar) []EnvVar {
	return join(vars, base, func(v EnvVar) string { return v.Name })
}

func joinTags(tags, base []Tag) []Tag {
	return join(tags, base, func(t Tag) string { return t.Key })
}

func join[T any](entries, base []T, key func(T) string) []T {
	var out []T
	at := map[string]int{}
	for _, e := range append(append([]T(nil), base...), entries...) {
		if i, ok := at[key(e)]; ok {
			out[i] = e
			continue
		}
		at[key(e)] = len(out)
		out = append(out, e)
	}
	return out
}

// Function is the one function of the package layout. It joins the properties of all
// receivers and has the permissions of all their methods.
func (p *Package) Function() Function {
	var f Function
	for _, r := range p.Receivers {
		f = r.Function.Over(f)
		for _, j := range r.Jobs {
			f.Policies = append(f.Policies, j.Own.Policies...)
		}
	}
	return f
}

// PatternParams returns the names of the parameters that the package's patterns refer
// to, each once, in source order: the dispatcher needs their values.
func (p *Package) PatternParams() []string {
	var names []string
	for _, r := range p.Rules() {
		names = append(names, r.Pattern.Params()...)
	}
	return unique(names)
}
