package gen

import (
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
)

// collectParameters finds the parameters that the stack refers to, in order of
// appearance.
func (s *stack) collectParameters() {
	for _, f := range s.Functions {
		s.addFunctionParameters(f)
		for _, r := range f.Rules {
			s.addTexts("name of rule "+r.ID, r.Name)
			s.addTexts("state of rule "+r.ID, r.State)
			s.addTexts("schedule of rule "+r.ID, r.Schedule)
			s.addTexts("event bus of rule "+r.ID, r.EventBus)
			s.addParameters("pattern of rule "+r.ID, r.Pattern.Params()...)
			if r.DLQ != nil {
				s.addTexts("dead-letter queue of rule "+r.ID, r.DLQ.Text)
			}
			if r.Queue != nil {
				s.addTexts("queue of rule "+r.ID, r.Queue.ARN.Text)
			}
		}
		for _, schedule := range f.Schedules {
			s.addTexts("name of schedule "+schedule.ID, schedule.Name)
			s.addTexts("state of schedule "+schedule.ID, schedule.State)
			s.addTexts("expression of schedule "+schedule.ID, schedule.Schedule)
			s.addTexts("time zone of schedule "+schedule.ID, schedule.Scheduler.Timezone)
			if schedule.DLQ != nil {
				s.addTexts("dead-letter queue of schedule "+schedule.ID, schedule.DLQ.Text)
			}
			s.addTexts("key of schedule "+schedule.ID, schedule.Scheduler.KMSKey)
		}
	}
}

func (s *stack) addFunctionParameters(f *stackFunction) {
	if f.Exists() {
		s.addTexts("ARN of the function of "+f.Title+" (without version and alias)", f.ARN)
		s.addTexts("version or alias of the function of "+f.Title, f.Qualifier)
		return
	}
	for _, e := range f.Environment {
		s.addTexts("environment variable "+e.Name+" of "+f.Title, e.Value)
	}
	s.addTexts("layer of "+f.Title, f.Layers...)
	if f.VPC != nil {
		s.addTexts("subnet of "+f.Title, f.VPC.Subnets...)
		s.addTexts("security group of "+f.Title, f.VPC.SecurityGroups...)
	}
	if f.Async != nil && f.Async.OnFailure != nil {
		s.addTexts("on_failure destination of "+f.Title, f.Async.OnFailure.Text)
	}
	s.addTexts("name of "+f.Title, f.PhysicalName)
	s.addTexts("key of "+f.Title, f.KMSKey)
	s.addTexts("role of "+f.Title, f.Role)
	s.addTexts("managed policy of "+f.Title, f.ManagedPolicies...)
	s.addTexts("permissions boundary of "+f.Title, f.PermissionsBoundary)
	if f.Role != nil {
		return // the role's statements are not in the files
	}
	for _, st := range f.Statements {
		for _, r := range st.Resources {
			s.addTexts("permission of "+f.Title, r.Text)
		}
		s.addParameters("permission of "+f.Title, st.Condition.Params()...)
	}
}

// addTexts adds the parameters of texts, which have a use in common.
func (s *stack) addTexts(use string, texts ...model.Text) {
	for _, t := range texts {
		s.addParameters(use, t.Params()...)
	}
}

func (s *stack) addParameters(use string, names ...string) {
	for _, name := range names {
		i := slices.IndexFunc(s.Parameters, func(p *stackParameter) bool { return p.Name == name })
		if i < 0 {
			i = len(s.Parameters)
			s.Parameters = append(s.Parameters, s.newParameter(name))
		}
		if p := s.Parameters[i]; !slices.Contains(p.Uses, use) {
			p.Uses = append(p.Uses, use)
		}
	}
}

// matchedParams returns the parameters that the function's dispatcher matches with, each once.
func (f *stackFunction) matchedParams() []string {
	var names []string
	for _, r := range f.matched() {
		for _, name := range r.Matcher().Params() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// matched returns the rules and schedules whose events the function's dispatcher matches.
func (f *stackFunction) matched() []*model.Rule {
	var all []*model.Rule
	for _, r := range f.Rules {
		all = append(all, r.Rule)
	}
	for _, s := range f.Schedules {
		all = append(all, s.Rule)
	}
	return all
}

// newParameter returns a parameter with the default and allowed values that the package declares.
func (s *stack) newParameter(name string) *stackParameter {
	p := &stackParameter{Name: name, Pos: s.model.Params[name], Secret: slices.Contains(s.model.Secrets, name), List: slices.Contains(s.lists, name)}
	if d := s.model.Parameter(name); d != nil {
		p.Allowed = d.Allowed
		if d.Default != nil {
			p.Default = new(strings.Join(d.Default, ","))
		}
	}
	return p
}

// passParameters gives the function, as environment variables, the parameters
// that its rules' patterns, and the names of its schedules, refer to: the dispatcher matches
// with their values.
// It fails where the user's own environment has such a name for something else.
func (f *stackFunction) passParameters(lists []string) error {
	if f.Exists() {
		return nil
	}
	var problems Problems
	environment := slices.Clone(f.Environment)
	for _, r := range f.matched() {
		for _, name := range r.Matcher().Params() {
			value := model.Text{{Param: name, List: slices.Contains(lists, name)}}
			i := slices.IndexFunc(environment, func(e model.EnvVar) bool { return e.Name == name })
			if i < 0 {
				environment = append(environment, model.EnvVar{Name: name, Value: value})
			} else if got := environment[i].Value; got.String() != value.String() {
				problems.add(Clash, environment[i].Pos, "%s has an environment variable %s = %s, but the pattern of rule %s needs "+
					"the parameter ${%s} there: give one of them another name", f.Title, name, model.Quote(got.String()), r.ID, name)
			}
		}
	}
	f.Environment = environment
	return problems.err()
}
