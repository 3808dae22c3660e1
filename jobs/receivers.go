package jobs

import "strings"

// NilReceiverError reports a job that can't be called, because the field of Jobs for its
// receiver is nil.
type NilReceiverError struct {
	Handler string // "SecurityJob.InstanceStopping"
	Rule    string // the id of the rule that called it; empty if it isn't known
	Type    string // the receiver's type: "SecurityJob"
	Package string // import path of the package with Jobs
}

func (e *NilReceiverError) Error() string {
	return "jobs: " + who(e.Handler, e.Rule) + nilFields(e.Package, e.Type) + "; pass a receiver to NewDispatcher"
}

// nilFields says which fields of a package's Jobs are nil.
func nilFields(path string, types ...string) string {
	verb := " is nil"
	if len(types) > 1 {
		verb = " are nil"
	}
	return "in Jobs of " + path + ", *" + strings.Join(types, " and *") + verb
}

// lacks reports whether the receiver of a job is nil.
func (p *part) lacks(job string) bool {
	for _, name := range p.missing {
		if name == receiverOf(job) {
			return true
		}
	}
	return false
}

// receiverOf returns the type in a job's handler: SecurityJob for
// SecurityJob.InstanceStopping.
func receiverOf(job string) string {
	name := job[:max(strings.LastIndexByte(job, '.'), 0)]
	return name[strings.LastIndexByte(name, '.')+1:]
}

// withoutReceiver returns the error for a job whose receiver is nil.
//
//go:noinline
func (r *run) withoutReceiver() error {
	handler, rule := r.labels()
	return &NilReceiverError{Handler: handler, Rule: rule, Type: receiverOf(handler), Package: r.part.table.Path}
}

// nilReceivers says which receivers are nil that a function with this route needs: the one
// of the job that its handler names, or all of the packages whose rules are matched. It is
// empty if there are none.
func (r *route) nilReceivers() string {
	if r.named != nil {
		if r.named.lacks(r.job) {
			return nilFields(r.named.table.Path, receiverOf(r.job))
		}
		return ""
	}
	var all []string
	for i := range r.parts {
		if p := &r.parts[i]; r.err == nil && len(p.missing) > 0 {
			all = append(all, nilFields(p.table.Path, p.missing...))
		}
	}
	return strings.Join(all, "; ")
}
