package gen

import (
	"cmp"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jobgen/jobgen/internal/model"
)

// What a function is where the directives don't say.
const (
	defaultMemory  = 128 // MB, Lambda's least and own default
	defaultTimeout = 30 * time.Second
)

// methodFunction makes the function of one job. The runtime reads the job's
// name from the Handler property.
func methodFunction(j *model.Job) *stackFunction {
	f := newFunction(j.Function)
	f.Name, f.Title, f.Handler, f.Pos = j.FunctionID(), j.Handler(), j.Handler(), j.Pos
	f.finish(j.Function, []*model.Job{j}, model.PerMethod)
	return f
}

// packageFunction makes the one function of a package.
func packageFunction(p *model.Package) *stackFunction {
	properties := p.Function()
	f := newFunction(properties)
	f.Name, f.Title, f.Handler, f.Pos = cmp.Or(properties.ID, upperFirst(p.HandlerName())), "package "+p.Name, p.HandlerName(), p.Jobs()[0].Pos
	f.finish(properties, p.Jobs(), model.PerPackage)
	return f
}

// newFunction applies the defaults to a function's properties.
func newFunction(m model.Function) *stackFunction {
	return &stackFunction{
		Description:         m.Description,
		Architecture:        cmp.Or(m.Architecture, model.DefaultArchitecture),
		Memory:              cmp.Or(m.Memory, defaultMemory),
		Timeout:             seconds(cmp.Or(m.Timeout, defaultTimeout)),
		EphemeralStorage:    m.EphemeralStorage,
		ReservedConcurrency: m.ReservedConcurrency,
		Layers:              m.Layers,
		Environment:         m.Environment,
		VPC:                 m.VPC,
		Tracing:             m.Tracing,
		Tags:                m.Tags,
		LogRetention:        m.LogRetention,
		LogKeep:             m.LogKeep != nil && *m.LogKeep,
	}
}

// finish adds what refers back to the function: its failure queue, its role's
// statements, its rules and what they share.
func (f *stackFunction) finish(m model.Function, jobs []*model.Job, layout model.Layout) {
	f.Async = newAsync(f, m.Async)
	f.Statements = roleStatements(f, m.Policies)
	for _, j := range jobs {
		for _, r := range j.Rules {
			f.Rules = append(f.Rules, newRule(f, r, layout))
		}
	}
	f.collapseGrants()
}

func newAsync(f *stackFunction, m *model.Async) *stackAsync {
	if m == nil {
		return nil
	}
	a := &stackAsync{Retries: m.Retries, MaxAge: secondsOrNil(m.MaxAge)}
	switch d := m.OnFailure; {
	case d == nil:
	case d.Create:
		a.OnFailure = &stackARN{Queue: &stackQueue{Name: f.Name + "Failure", Function: f}}
	default:
		a.OnFailure = &stackARN{Text: d.ARN}
	}
	return a
}

func seconds(d time.Duration) int { return int(d / time.Second) }

func secondsOrNil(d *time.Duration) *int {
	if d == nil {
		return nil
	}
	n := seconds(*d)
	return &n
}

// upperFirst makes a name such as my_jobs fit for a place where names begin
// with a capital.
func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
