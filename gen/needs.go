package gen

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/visible"
)

// stackNeed lists what a resource outside of the rule files must have so that the jobs run. The
// headers of the files list it, and jobgen prints it as a note. Parameters and the ARNs of the
// files' resources are written as <Name>.
type stackNeed struct {
	Of  string   // "the function <FunctionArn> of SecurityJob.Sweep"
	Has []string // each after "must have"
	Pos model.Pos
}

// collectNeeds finds what the functions that exist must have.
func (s *stack) collectNeeds() error {
	for _, f := range s.existing() {
		has := append(s.programNeeds(f), f.timeoutNeed()...)
		for _, st := range f.Statements {
			text, err := s.statementText(st)
			if err != nil {
				return err
			}
			has = append(has, "a role with the statement "+text)
		}
		s.addNeed(stackNeed{Of: "the function " + shown(f.Target()) + " of " + f.Title, Has: has, Pos: f.ARNPos})
	}
	return s.collectRoleNeeds()
}

// addNeed adds a need. The texts of users may contain line breaks, which would end a comment.
func (s *stack) addNeed(n stackNeed) {
	n.Of, n.Has = visible.Line(n.Of), each(n.Has, visible.Line)
	s.Needs = append(s.Needs, n)
}

// programNeeds describes the code and the handler. In the package layout, the dispatcher takes
// each name without a dot for all jobs, and it needs the values of parameters to match an event
// that doesn't name its rule.
func (s *stack) programNeeds(f *stackFunction) []string {
	code := "the program of `jobgen build` as bootstrap, on the runtime " + f.Runtime() + " and " + f.Architecture
	if s.Layout == model.PerMethod {
		return []string{code, "the handler " + f.Handler}
	}
	needs := []string{code, "the handler " + f.Handler + ", or another name without a dot"}
	for _, name := range f.matchedParams() {
		needs = append(needs, "the environment variable "+name+" with the value of the parameter, for events that these rules don't send")
	}
	return needs
}

// timeoutNeed describes the timeout if the stack makes a queue for the function.
func (f *stackFunction) timeoutNeed() []string {
	if !slices.ContainsFunc(f.Rules, func(r *stackRule) bool { return r.Queue != nil && r.Queue.ARN.Queue != nil }) {
		return nil
	}
	return []string{fmt.Sprintf("a timeout of at most %d s, which the visibility timeout of the queue is computed from (timeout beside arn sets another)", f.Timeout)}
}

// shown returns a text for people. Parameters are written as <Name>.
func shown(t model.Text) string {
	return t.Expand(func(name string) string { return "<" + name + ">" })
}

// statementText returns a statement as JSON, for people to copy.
func (s *stack) statementText(st stackStatement) (string, error) {
	b := documentBuilder{func(name string, _ claim) string { return "<" + name + ">" }, s}
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	err := e.Encode(b.statement(st))
	return strings.TrimSuffix(text.String(), "\n"), err
}

// header returns the comment at the top of a file, in a language whose comments begin with #.
func (s *stack) header() string {
	lines := []string{model.Header}
	if len(s.Prerequisites) > 0 {
		lines = append(lines, "", "Some events arrive only if:")
		lines = append(lines, bullets(s.Prerequisites)...)
	}
	for _, n := range s.Needs {
		lines = append(lines, "", "Not in this file: "+n.Of+". It must have:")
		lines = append(lines, bullets(n.Has)...)
	}
	return strings.Join(each(lines, func(line string) string { return strings.TrimRight("# "+line, " ") }), "\n")
}

func bullets(texts []string) []string {
	return each(texts, func(text string) string { return "  - " + text })
}

// needNotes returns a note for each thing that must have something.
func needNotes(s *stack) []Note {
	return each(s.Needs, func(n stackNeed) Note {
		return Note{Kind: MustHave, Pos: n.Pos, Message: n.Of + " is not in the rule files; it must have " + strings.Join(n.Has, "; ")}
	})
}
