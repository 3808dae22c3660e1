package jobstest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/pattern"
)

// expect compares the jobs that the event is for with those that are expected.
func (f *Fired) expect(handlers []string) {
	f.t.Helper()
	want := map[string]int{}
	for _, handler := range handlers {
		want[handler]++
	}
	for _, handler := range f.allHandlers(handlers) {
		rules := f.rulesOf(handler)
		switch got := len(rules); {
		case got == want[handler]:
		case got == 0:
			f.t.Errorf("the event is not for %s%s", handler, f.whyNot(handler))
		case want[handler] == 0:
			f.t.Errorf("the event is for %s too, by %s", handler, strings.Join(rules, ", "))
		default:
			f.t.Errorf("the event is for %s %d times, by %s; want %d times%s",
				handler, got, strings.Join(rules, ", "), want[handler], f.whyNot(handler))
		}
	}
}

// allHandlers returns the expected jobs and those that the event is for, each once.
func (f *Fired) allHandlers(expected []string) []string {
	var all []string
	add := func(handler string) {
		if !slices.Contains(all, handler) {
			all = append(all, handler)
		}
	}
	for _, handler := range expected {
		add(handler)
	}
	for _, run := range f.Runs {
		add(run.Handler)
	}
	return all
}

// rulesOf returns the rules of a job that match the event.
func (f *Fired) rulesOf(handler string) []string {
	var rules []string
	for _, run := range f.runsOf(handler) {
		rules = append(rules, run.Rule)
	}
	return rules
}

// whyNot explains for each rule of a job why it doesn't match.
func (f *Fired) whyNot(handler string) string {
	if handlers := f.dispatcher.Handlers(); !slices.Contains(handlers, handler) {
		if near, ok := spell.Nearest(handler, handlers); ok {
			return fmt.Sprintf(": there is no such job; did you mean %s?", near)
		}
		return fmt.Sprintf(": there is no such job; the jobs are %s", strings.Join(handlers, ", "))
	}
	var b strings.Builder
	for i, event := range f.events {
		for _, rule := range f.dispatcher.Rules() {
			if rule.Handler != handler {
				continue
			}
			if why := explain(rule.Pattern, event); why != "" {
				fmt.Fprintf(&b, "\n\t%srule %s: %s", f.nameOf(i), rule.ID, why)
			}
		}
	}
	return b.String()
}

// explain says in one line why a pattern doesn't match an event. It returns "" if it does.
func explain(text string, event []byte) string {
	p, err := pattern.Parse([]byte(text))
	if err != nil {
		return err.Error()
	}
	why, err := p.Explain(event)
	if err != nil {
		return err.Error()
	}
	if why.Matched {
		return ""
	}
	return strings.ReplaceAll(why.String(), "\n", "; ")
}
