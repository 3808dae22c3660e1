package gen

import (
	"slices"

	"github.com/jobgen/jobgen/internal/model"
)

// parameterSet collects parameters in order of appearance.
type parameterSet struct {
	list   []*stackParameter
	byName map[string]*stackParameter
	places map[string]model.Pos
}

// collectParameters returns every parameter that the stack refers to. places are
// those of their first references.
func collectParameters(s *stack, places map[string]model.Pos) []*stackParameter {
	set := &parameterSet{byName: make(map[string]*stackParameter), places: places}
	for _, f := range s.Functions {
		set.addFunction(f)
		for _, r := range f.Rules {
			set.addRule(r)
		}
	}
	return set.list
}

func (set *parameterSet) addFunction(f *stackFunction) {
	for _, e := range f.Environment {
		set.addText("environment variable "+e.Name+" of "+f.Title, e.Value)
	}
	set.addText("layer of "+f.Title, f.Layers...)
	if f.VPC != nil {
		set.addText("subnet of "+f.Title, f.VPC.Subnets...)
		set.addText("security group of "+f.Title, f.VPC.SecurityGroups...)
	}
	if f.Async != nil && f.Async.OnFailure != nil {
		set.addText("on_failure destination of "+f.Title, f.Async.OnFailure.Text)
	}
	for _, st := range f.Statements {
		for _, r := range st.Resources {
			set.addText("permission of "+f.Title, r.Text)
		}
		set.add("permission of "+f.Title, st.Condition.Params()...)
	}
}

func (set *parameterSet) addRule(r *stackRule) {
	set.addText("event bus of rule "+r.ID, r.EventBus)
	set.add("pattern of rule "+r.ID, r.Pattern.Params()...)
	if r.DLQ != nil {
		set.addText("dead-letter queue of rule "+r.ID, r.DLQ.Text)
	}
}

func (set *parameterSet) addText(use string, texts ...model.Text) {
	for _, t := range texts {
		set.add(use, t.Params()...)
	}
}

func (set *parameterSet) add(use string, names ...string) {
	for _, name := range names {
		p := set.byName[name]
		if p == nil {
			p = &stackParameter{Name: name, Pos: set.places[name]}
			set.byName[name] = p
			set.list = append(set.list, p)
		}
		if !slices.Contains(p.Uses, use) {
			p.Uses = append(p.Uses, use)
		}
	}
}

// passParameters gives the function, as environment variables, the parameters
// that its rules' patterns refer to: the dispatcher matches with their values.
// It fails where the user's own environment has such a name for something else.
func (f *stackFunction) passParameters() error {
	var problems Problems
	environment := slices.Clone(f.Environment)
	for _, r := range f.Rules {
		for _, name := range r.Pattern.Params() {
			value := model.Text{{Param: name}}
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
