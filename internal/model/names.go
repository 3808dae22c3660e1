package model

import "slices"

// Declared returns the names that the generated file declares at its top level, and the
// fields and methods of Jobs, as Jobs.Name. Decoders are not among them: they get names
// that the user's package does not have.
func (p *Package) Declared() []string {
	names := []string{"Jobs", "NewDispatcher", "jobsTable", "Jobs.call"}
	for _, j := range p.Jobs() {
		names = append(names, HandlerConstant(j), "Jobs."+CallName(j)) // not every job has the second
	}
	for _, r := range p.Receivers {
		names = append(names, "Jobs."+r.Field, "Jobs."+MakerName(r))
	}
	for _, r := range p.Rules() {
		if r.ID != "" { // another check reports a rule without one
			names = append(names, RuleConstant(r.ID))
		}
	}
	return names
}

// CallName is the name of the function that calls a job.
func CallName(j *Job) string { return "call" + LogicalName(j.ID()) }

// MakerName is the field of Jobs with the function that makes a receiver.
func MakerName(r *Receiver) string { return "New" + r.Field }

// HandlerConstant is the name of the Go constant that holds a job's handler.
func HandlerConstant(j *Job) string { return "Handler" + LogicalName(j.ID()) }

// Predeclared returns the predeclared names that the generated file uses. The user's
// package must not declare any of them.
func (p *Package) Predeclared() []string {
	names := []string{"any", "error", "nil", "panic", "string"}
	for _, j := range p.Jobs() {
		names = j.Signature.Event.predeclared(names)
		names = j.Signature.Result.predeclared(names)
	}
	for _, t := range p.Types {
		names = t.predeclared(names)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// predeclared adds the predeclared names that the code for a type uses.
func (t *Type) predeclared(names []string) []string {
	if t == nil {
		return names
	}
	switch {
	case t.Kind == Named && t.Path == "":
		names = append(names, t.Name)
	case t.Kind == Pointer:
		names = append(names, "new")
	}
	names = t.Elem.predeclared(t.Key.predeclared(names))
	for _, a := range t.Args {
		names = a.predeclared(names)
	}
	for _, f := range t.Fields {
		names = f.Type.predeclared(names)
	}
	return names
}
