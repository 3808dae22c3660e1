package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/devpage"
	"github.com/jobgen/jobgen/internal/localbus"
)

// This file is what jobgen dev shows on its page (devpage.Source).

// maxEvents is the maximum number of events on the page.
const maxEvents = 100

// State returns what the page shows.
func (d *dev) State() devpage.State {
	last, ready := d.builds()
	s := devpage.State{
		Main:  d.main,
		Build: devpage.Build{Status: last.Status(), Failed: last.Failed, Time: last.Time.Add(last.Duration), Findings: last.plainReport()},
	}
	if ready != nil {
		if last.Failed {
			s.Build.Status += "; the program before it continues"
		}
		s.Buses, s.Rules = ready.program.Buses(), pageRules(ready)
	}
	records := d.bus.Records()
	for _, r := range records[:min(len(records), maxEvents)] {
		s.Events = append(s.Events, pageEvent(r))
	}
	return s
}

func pageRules(b *devBuild) []devpage.Rule {
	var rules []devpage.Rule
	for _, r := range b.program.Rules {
		row := devpage.Rule{ID: r.ID, Bus: r.Bus(), Function: r.FunctionName()}
		if i := slices.IndexFunc(b.rows, func(l listed) bool { return l.Package == r.Package.Path && l.Rule == r.ID }); i >= 0 {
			row.Fires = b.rows[i].when
		}
		rules = append(rules, row)
	}
	for _, r := range b.program.Absent {
		rules = append(rules, devpage.Rule{ID: r.ID, Function: r.FunctionName(), Absent: r.Absent})
	}
	return rules
}

func pageEvent(r localbus.Record) devpage.Event {
	a := r.Arrival
	e := devpage.Event{ID: a.ID, Time: r.Time, Title: arrivalTitle(a), Body: a.Event, Outcome: "fires " + strings.Join(a.Fires, ", ")}
	if kind := arrivalKind(a); kind != "event" {
		e.Title = kind + ": " + e.Title
	}
	if len(a.Fires) == 0 {
		e.Outcome, e.Failed = "no rule matches it", isEvent(a)
		if !isEvent(a) {
			e.Outcome = ""
		}
	}
	for _, s := range a.Silent {
		e.Silences = append(e.Silences, devpage.Silence(s))
	}
	failed := map[string]bool{} // by rules: whether the last call has failed
	for _, entry := range r.Invocations {
		firing := pageFiring(entry.Invocation)
		e.Firings, failed[firing.Rule] = append(e.Firings, firing), firing.Failed
	}
	for _, f := range failed {
		e.Failed = e.Failed || f
	}
	for _, entry := range r.Letters {
		e.Failed = true
		e.Firings = append(e.Firings, devpage.Firing{
			Rule: strings.Join(entry.Letter.Rules, ", "), Failed: true, Payload: entry.Letter.Body,
			Facts: []devpage.Fact{{Name: "dead letter", Value: letterTitle(entry.Letter)}},
		})
	}
	return e
}

// pageFiring has the facts that the log prints of a call.
func pageFiring(i *localbus.Invocation) devpage.Firing {
	f := devpage.Firing{Rule: strings.Join(i.Rules, ", "), Failed: i.IsFailure(), Payload: i.Payload}
	add := func(name, format string, args ...any) {
		f.Facts = append(f.Facts, devpage.Fact{Name: name, Value: fmt.Sprintf(format, args...)})
	}
	if len(i.Events) > 1 {
		add("messages", "%d", len(i.Events))
	}
	if i.Method != "" {
		add("method", "%s", i.Method)
	}
	if i.Queue != "" {
		add("queue", "%s", i.Queue)
	}
	if i.Attempt > 1 {
		add("attempt", "%d", i.Attempt)
	}
	add("time", "%.1f ms", milliseconds(i.Duration))
	if i.Init > 0 {
		add("start", "%.1f ms", milliseconds(i.Init))
	}
	if !i.IsFailure() {
		f.Answer = i.Answer
		return f
	}
	add("FAILED", "%s: %s", i.ErrorType, i.Error)
	if len(i.Stack) > 0 {
		add("stack", "%s", strings.Join(i.Stack, "\n"))
	}
	if i.Next != "" {
		add("then", "%s", i.Next)
	}
	return f
}

// letterTitle describes a dead letter.
func letterTitle(l *localbus.Letter) string {
	var ids []string
	for _, id := range l.Events {
		ids = append(ids, shortID(id))
	}
	to := ""
	if l.Destination != "" {
		to = " for " + l.Destination
	}
	return fmt.Sprintf("dead letter (%s): %s%s", l.Kind, strings.Join(ids, ", "), to)
}

// own returns the user's own events.
func (d *dev) own() ownEvents {
	if _, ready := d.builds(); ready != nil {
		return ready.own
	}
	return nil
}

// Sources returns the sources of known events.
func (d *dev) Sources() []string {
	all := append(d.own().sources(), catalog.Sources()...)
	slices.Sort(all)
	return slices.Compact(all)
}

// DetailTypes returns the detail-types of a source's known events.
func (d *dev) DetailTypes(source string) []string {
	if own := d.own().of(source); len(own) > 0 {
		// A schema that names no detail-type describes events of any.
		return slices.DeleteFunc(own.detailTypes(), func(t string) bool { return t == "" })
	}
	return catalog.DetailTypes(source)
}

// Sample returns an example of a known event.
func (d *dev) Sample(source, detailType string) ([]byte, error) {
	e, ok := d.own().orAWS(source, detailType)
	if !ok {
		return nil, fmt.Errorf("no event %q from %q is known; write one in the form", detailType, source)
	}
	return e.Sample(), nil
}
