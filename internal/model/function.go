package model

import (
	"cmp"
	"slices"
	"strings"
)

// Over joins the properties of a method's function, f, with those of its type, base.
// Each property of f, and each entry of its maps, replaces the one of base. Policies are
// added.
func (f Function) Over(base Function) Function {
	f.ID = cmp.Or(f.ID, base.ID)
	f.overARN(base)
	f.Timeout = cmp.Or(f.Timeout, base.Timeout)
	f.Memory = cmp.Or(f.Memory, base.Memory)
	f.Description = cmp.Or(f.Description, base.Description)
	f.Environment = join(f.Environment, base.Environment, func(v EnvVar) string { return v.Name })
	f.ArchitecturePos = cmp.Or(f.ArchitecturePos, base.ArchitecturePos)
	f.Architecture = cmp.Or(f.Architecture, base.Architecture)
	f.Tracing = cmp.Or(f.Tracing, base.Tracing)
	f.ReservedConcurrency = cmp.Or(f.ReservedConcurrency, base.ReservedConcurrency)
	f.EphemeralStorage = cmp.Or(f.EphemeralStorage, base.EphemeralStorage)
	if f.Layers == nil {
		f.Layers = base.Layers
	}
	f.VPC = cmp.Or(f.VPC, base.VPC)
	f.Tags = join(f.Tags, base.Tags, func(t Tag) string { return t.Key })
	f.LogRetention = cmp.Or(f.LogRetention, base.LogRetention)
	f.LogKeep = cmp.Or(f.LogKeep, base.LogKeep)
	f.Async = f.Async.over(base.Async)
	f.Policies = slices.Concat(base.Policies, f.Policies)
	f.When = f.When.over(base.When)
	f.overOutside(base)
	if f.Exists() {
		return f.existing()
	}
	return f
}

// overARN joins the ARNs and qualifiers. A qualifier applies only to the ARN beside it.
func (f *Function) overARN(base Function) {
	if f.ARN == nil {
		f.ARN, f.ARNPos = base.ARN, base.ARNPos
	}
	if f.Qualifier == nil && f.ARN.String() == base.ARN.String() {
		f.Qualifier = base.Qualifier
	}
}

// Exists reports whether the function exists outside of the rule files. They then contain only
// what calls it.
func (f Function) Exists() bool { return f.ARN != nil }

// Target is the ARN with which a function that exists is called: with the qualifier, if there
// is one.
func (f Function) Target() Text {
	if f.Qualifier == nil {
		return f.ARN
	}
	return slices.Concat(f.ARN, Literal(":"), f.Qualifier)
}

// existing returns what a job needs to know of a function that exists. The other properties
// are those of functions that the rule files contain. The timeout is for queues, and the
// architecture for the program that is built. Policies are what the function's role must allow.
func (f Function) existing() Function {
	return Function{
		ID: f.ID, ARN: f.ARN, ARNPos: f.ARNPos, Qualifier: f.Qualifier, Timeout: f.Timeout,
		Architecture: f.Architecture, ArchitecturePos: f.ArchitecturePos, Policies: f.Policies, When: f.When,
	}
}

// qualifierPart is the index of the qualifier among the parts of a function's ARN, which colons
// separate.
const qualifierPart = 7

// SplitQualifier returns the ARN of a function without its qualifier, and the qualifier, or nil
// if the ARN has none. A parameter counts as one part of an ARN.
func (t Text) SplitQualifier() (arn, qualifier Text) {
	if len(t) == 0 || !strings.HasPrefix(t[0].Literal, "arn:") {
		return t, nil
	}
	colons := 0
	for i, part := range t {
		for at, c := range part.Literal {
			if c != ':' {
				continue
			}
			if colons++; colons < qualifierPart {
				continue
			}
			arn, qualifier = slices.Clone(t[:i]), slices.Clone(t[i+1:])
			if at > 0 {
				arn = append(arn, Part{Literal: part.Literal[:at]})
			}
			if rest := part.Literal[at+1:]; rest != "" {
				qualifier = append(Literal(rest), qualifier...)
			}
			return arn, qualifier
		}
	}
	return t, nil
}

// overOutside joins the properties that name things outside of the rule files, and those of
// the log.
func (f *Function) overOutside(base Function) {
	if f.Role == nil {
		f.Role, f.RolePos = base.Role, base.RolePos
	}
	if f.ManagedPolicies == nil {
		f.ManagedPolicies = base.ManagedPolicies
	}
	if f.PermissionsBoundary == nil {
		f.PermissionsBoundary = base.PermissionsBoundary
	}
	if f.PhysicalName == nil {
		f.PhysicalName = base.PhysicalName
	}
	f.LogFormat = cmp.Or(f.LogFormat, base.LogFormat)
	f.LogLevel = cmp.Or(f.LogLevel, base.LogLevel)
	f.SystemLogLevel = cmp.Or(f.SystemLogLevel, base.SystemLogLevel)
	if f.KMSKey == nil {
		f.KMSKey, f.KMSKeyPos = base.KMSKey, base.KMSKeyPos
	}
	f.Code = cmp.Or(f.Code, base.Code)
}

// IsImage reports whether the function's code is a container image.
func (f Function) IsImage() bool { return f.Code == "image" }

func (a *Async) over(base *Async) *Async {
	if a == nil || base == nil {
		return cmp.Or(a, base)
	}
	return &Async{
		Retries:   cmp.Or(a.Retries, base.Retries),
		MaxAge:    cmp.Or(a.MaxAge, base.MaxAge),
		OnFailure: cmp.Or(a.OnFailure, base.OnFailure),
	}
}

// join returns base with entries. An entry replaces the entry of base with the same key. If
// there is none, it is appended.
func join[T any](entries, base []T, key func(T) string) []T {
	var out []T
	at := map[string]int{}
	for _, e := range slices.Concat(base, entries) {
		if i, ok := at[key(e)]; ok {
			out[i] = e
			continue
		}
		at[key(e)] = len(out)
		out = append(out, e)
	}
	return out
}

// FunctionOf is the function that runs a job, in the package's layout.
func (p *Package) FunctionOf(j *Job) Function {
	if p.Layout == PerPackage {
		return p.Function()
	}
	return j.Function
}

// Function is the one function of the package layout. It joins the properties of all
// receivers and has the permissions of all their methods.
func (p *Package) Function() Function {
	var f Function
	for _, r := range p.Receivers {
		var jobs []When
		for _, j := range r.Jobs {
			jobs = append(jobs, j.Function.When)
		}
		own := r.Function
		own.Policies = neededBy(own.Policies, jobs...)
		f = own.Over(f)
		for _, j := range r.Jobs {
			f.Policies = append(f.Policies, neededBy(j.Own.Policies, j.Function.When)...)
		}
	}
	f.When = nil
	return f
}

// neededBy returns the statements with the conditions of the jobs that need them.
func neededBy(statements []Statement, jobs ...When) []Statement {
	if slices.ContainsFunc(jobs, func(w When) bool { return w == nil }) {
		return statements
	}
	out := slices.Clone(statements)
	for i := range out {
		out[i].AnyOf = jobs
	}
	return out
}
