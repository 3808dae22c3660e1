package jobs

import (
	"fmt"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
)

// route is what a Lambda handler's name selects: one job, or the rules of
// packages.
type route struct {
	parts []part // whose rules an event is matched against
	named *run   // the job that the handler names, or nil
	err   error
}

// resolve finds what the handler's name means among the packages.
func resolve(handler string, parts []part) route {
	if named := packagesNamed(handler, parts); named != nil {
		return route{parts: named}
	}
	if !strings.Contains(handler, ".") {
		return route{parts: parts}
	}
	for _, p := range parts {
		for i, job := range p.table.Jobs {
			if p.names(handler, job.Handler) {
				return route{parts: parts, named: &run{part: p, job: i, answers: true}}
			}
		}
	}
	return route{parts: parts, err: unknownHandler(handler, parts)}
}

// packagesNamed returns the packages whose import path or name this is. Two may
// bear one name; only a path tells them apart.
func packagesNamed(handler string, parts []part) []part {
	var named []part
	for _, p := range parts {
		if handler == p.table.Path {
			return []part{p}
		}
		if handler == p.table.Package {
			named = append(named, p)
		}
	}
	return named
}

// names reports whether handler is job, or job after the package's name or path.
func (p part) names(handler, job string) bool {
	prefix, ok := strings.CutSuffix(handler, job)
	return ok && (prefix == "" || prefix == p.table.Package+"." || prefix == p.table.Path+".")
}

// UnknownHandlerError says that the function's handler names no job of this
// program. No job was called.
type UnknownHandlerError struct {
	Handler string   // as the function's Handler property has it
	Known   []string // the jobs that it could name
	Nearest string   // the one that was probably meant; empty if none is near
}

func (e *UnknownHandlerError) Error() string {
	meant := ""
	if e.Nearest != "" {
		meant = fmt.Sprintf(" (did you mean %s?)", e.Nearest)
	}
	return fmt.Sprintf("jobs: the Lambda handler %s names no job%s; set the function's Handler property to one of %s, "+
		"or, for a function that handles every rule, to the package's name",
		quote(e.Handler), meant, list(e.Known))
}

func unknownHandler(handler string, parts []part) error {
	e := &UnknownHandlerError{Handler: handler}
	for _, p := range parts {
		for _, job := range p.table.Jobs {
			e.Known = append(e.Known, job.Handler)
		}
	}
	e.Nearest, _ = spell.Nearest(shortHandler(handler), e.Known)
	return e
}

// shortHandler leaves out what stands before the type and the method.
func shortHandler(handler string) string {
	parts := strings.Split(handler, ".")
	return strings.Join(parts[max(0, len(parts)-2):], ".")
}
