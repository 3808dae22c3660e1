package gen

import (
	"cmp"
	"time"

	"github.com/jobgen/jobgen/internal/model"
)

// defaultMemory is Lambda's minimum and default, in MB.
const defaultMemory = 128

// methodFunction makes the function of one job. The runtime reads the job's
// name from the Handler property.
func methodFunction(j *model.Job, conditions *stackConditions) *stackFunction {
	f := &stackFunction{
		Function: j.Function, Name: j.FunctionID(), Title: j.Handler(), Handler: j.Handler(), Pos: j.Pos,
		When: conditions.anyOf(j.Function.When), conditions: conditions,
	}
	return f.resolve([]*model.Job{j}, model.PerMethod)
}

// packageFunction makes the one function of a package.
func packageFunction(p *model.Package, conditions *stackConditions) *stackFunction {
	f := &stackFunction{Function: p.Function(), Title: "package " + p.Name, Handler: p.HandlerName(), Pos: p.Jobs()[0].Pos, conditions: conditions}
	f.Name = cmp.Or(f.ID, model.UpperFirst(p.HandlerName()))
	return f.resolve(p.Jobs(), model.PerPackage)
}

// resolve applies the defaults to a function's properties and adds what refers back
// to the function: its failure queue, its rules, its role's statements and the grants
// that the rules share.
func (f *stackFunction) resolve(jobs []*model.Job, layout model.Layout) *stackFunction {
	f.Architecture = cmp.Or(f.Architecture, model.DefaultArchitecture)
	f.Memory = cmp.Or(f.Memory, defaultMemory)
	f.Timeout = seconds(cmp.Or(f.Function.Timeout, model.DefaultTimeout))
	f.LogKeep = f.Function.LogKeep != nil && *f.Function.LogKeep
	f.Async = newAsync(f)
	for _, j := range jobs {
		for _, r := range j.Rules {
			if r.Scheduler != nil {
				f.Schedules = append(f.Schedules, newSchedule(f, r, layout))
				continue
			}
			f.Rules = append(f.Rules, newRule(f, r, layout))
		}
	}
	f.setMappingConditions()
	f.SchedulerRole = newSchedulerRole(f)
	f.Statements = roleStatements(f)
	f.collapseGrants()
	return f
}

func newAsync(f *stackFunction) *stackAsync {
	m := f.Function.Async
	if m == nil {
		return nil
	}
	a := &stackAsync{Async: m, MaxAge: secondsOrNil(m.MaxAge)}
	switch d := m.OnFailure; {
	case d == nil:
	case d.Create:
		a.OnFailure = &stackARN{Queue: &stackQueue{Name: f.Name + "Failure", Use: "Events that " + f.Title + " failed on.", Function: f, Key: f.KMSKey}}
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
	return new(seconds(*d))
}
