package jobs

import (
	"strings"
)

// route is the meaning of a Lambda handler's name: one job, or the rules of packages.
type route struct {
	parts []part // the packages whose rules are matched
	named *part  // the package of the job that the handler names, or nil
	job   string // the handler of that job
	fixed bool   // see payload.Payload
	err   error
}

// resolve returns the route for the handler's name.
func (d *Dispatcher) resolve() {
	if d.route.parts = packagesNamed(d.parts, d.handler); len(d.route.parts) > 0 {
		return
	}
	d.route.parts = d.parts
	if strings.Contains(d.handler, ".") {
		d.resolveJob(&d.route)
	}
}

// resolveJob finds the job that the handler names.
//
//go:noinline
func (d *Dispatcher) resolveJob(r *route) {
	// Full names come first: orders.Job.Run may be one job's name, or Job.Run of a
	// package orders.
	if d.findJob(r, isHandler) || d.findJob(r, (*part).qualifies) {
		return
	}
	r.err = unknownHandler(d.handler, d.Handlers())
}

// findJob finds the first job that d's handler names, as is decides.
func (d *Dispatcher) findJob(r *route, is func(p *part, handler, job string) bool) bool {
	for i := range d.parts {
		p := &d.parts[i]
		for i := range p.table.Rules {
			if job := p.table.Rules[i].Job; is(p, d.handler, job) {
				r.named, r.job, r.fixed = p, job, p.table.IsFixed(job)
				return true
			}
		}
	}
	return false
}

func unknownHandler(handler string, known []string) error {
	return &UnknownHandlerError{Handler: handler, Known: known, Nearest: nearest(handler, known)}
}

// packagesNamed returns the packages whose import path or name is the handler. Several
// packages may have the same name, but not the same path.
func packagesNamed(parts []part, handler string) []part {
	named, n := make([]part, len(parts)), 0
	for i := range parts {
		switch handler {
		case parts[i].table.Path:
			return parts[i : i+1]
		case parts[i].table.Package:
			named[n] = parts[i]
			n++
		}
	}
	return named[:n]
}

func isHandler(_ *part, handler, job string) bool { return handler == job }

// qualifies reports whether handler is job after the package's name or path.
func (p *part) qualifies(handler, job string) bool {
	prefix, ok := strings.CutSuffix(handler, "."+job)
	return ok && (prefix == p.table.Package || prefix == p.table.Path)
}

// UnknownHandlerError reports that the function's handler names no job of this program.
// No job was called.
type UnknownHandlerError struct {
	Handler string   // as the function's Handler property has it
	Known   []string // the jobs that it could name
	Nearest string   // the most similar job; empty if none is similar
}

func (e *UnknownHandlerError) Error() string {
	meant := ""
	if e.Nearest != "" {
		meant = " (did you mean " + e.Nearest + "?)"
	}
	return "jobs: the Lambda handler " + quote(e.Handler) + " names no job" + meant +
		"; set the function's Handler property to one of " + list(e.Known) +
		", or, for a function that handles every rule, to the package's name"
}

// lastParts returns the end of a handler that has the given number of dots.
func lastParts(handler string, dots int) string {
	at := len(handler)
	for range dots + 1 {
		at = max(strings.LastIndexByte(handler[:at], '.'), 0)
	}
	if at > 0 {
		at++
	}
	return handler[at:]
}
