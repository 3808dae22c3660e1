package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/localbus"
	"github.com/jobgen/jobgen/internal/visible"
)

// devLog is the log of jobgen dev, for people or for programs. Its methods are called by several
// goroutines.
type devLog interface {
	// listens says where jobgen dev listens, and which variables lead AWS's clients there.
	listens(url string, variables []variable)
	// builds says that a build begins.
	builds(changed []string)
	built(b *devBuild)
	entry(e localbus.Entry)
	// unknown reports a request for an operation that jobgen dev doesn't have.
	unknown(service, operation string)
	// says prints an answer of the prompt, or another sentence.
	says(text string)
	// left names what was not handled at the end.
	left(unfinished []localbus.Unfinished)
}

// textLog is the log for people.
type textLog struct {
	w       io.Writer  // standard output
	errors  io.Writer  // standard error
	letters string     // the path of the file with dead letters
	mu      sync.Mutex // held while a piece is printed
}

// clockFormat is the format of the time of day in the log.
const clockFormat = "15:04:05"

// maxSilent is the maximum number of rules of which the log says why an event does not fire them,
// if it fires others.
const maxSilent = 8

// maxShown is the maximum number of bytes of a payload or an answer in the log.
const maxShown = 1000

// print prints a piece of the log. It ignores errors, as callers of Fprintf do.
func (l *textLog) print(t *visible.Text) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = t.WriteTo(l.w)
}

// header begins a piece of the log.
func header(t *visible.Text, at time.Time, style visible.Style, format string, args ...any) {
	t.Style(style, at.Format(clockFormat)+" "+fmt.Sprintf(format, args...))
	t.Plain("\n")
}

func (l *textLog) listens(url string, variables []variable) {
	var t visible.Text
	t.Style(visible.Bold, "Listening on "+url)
	t.Plain(", which has a page too. In another terminal:\n\n")
	for _, v := range variables {
		fmt.Fprintf(&t, "  %s\n", v.command())
	}
	t.Plain("\nType help for what can be typed here; Ctrl-C ends.\n\n")
	l.print(&t)
}

func (l *textLog) builds(changed []string) {
	if len(changed) == 0 {
		return
	}
	var t visible.Text
	shown := changed[:min(len(changed), 3)]
	more := ""
	if n := len(changed) - len(shown); n > 0 {
		more = fmt.Sprintf(" and %s", plural(n, "other file", "other files"))
	}
	header(&t, time.Now(), visible.Bold, "changed: %s%s", strings.Join(shown, ", "), more)
	l.print(&t)
}

func (l *textLog) built(b *devBuild) {
	if b.Report != "" {
		_, _ = io.WriteString(l.errors, b.Report)
	}
	var t visible.Text
	style := visible.Green
	if b.Failed {
		style = visible.Red
	}
	header(&t, time.Now(), style, "%s", b.Status())
	l.print(&t)
}

func (l *textLog) entry(e localbus.Entry) {
	var t visible.Text
	switch {
	case e.Arrival != nil:
		writeArrival(&t, e.Time, e.Arrival)
	case e.Invocation != nil:
		header(&t, e.Time, visible.Bold, "%s", callTitle(e.Invocation))
		f := newFired(e.Invocation)
		_ = f.write(&t) // a Text has no errors
	case e.Letter != nil:
		header(&t, e.Time, visible.Red, "%s", letterTitle(e.Letter))
		if l.letters != "" {
			fmt.Fprintf(&t, "  file    %s\n", l.letters)
		}
	case e.Problem != "":
		header(&t, e.Time, visible.Red, "%s", e.Problem)
	}
	l.print(&t)
}

func writeArrival(t *visible.Text, at time.Time, a *localbus.Arrival) {
	header(t, at, visible.Bold, "%s %s: %s", arrivalKind(a), shortID(a.ID), arrivalTitle(a))
	if len(a.Fires) > 0 {
		t.Style(visible.Green, "  fires")
		fmt.Fprintf(t, "   %s\n", strings.Join(a.Fires, ", "))
	} else if isEvent(a) {
		t.Style(visible.Red, "  no rule matches this event")
		t.Plain("\n")
	}
	silent := a.Silent
	if len(a.Fires) > 0 && len(silent) > maxSilent {
		silent = silent[:maxSilent]
	}
	for _, s := range silent {
		fmt.Fprintf(t, "  %s: %s\n", s.Rule, s.Reason)
	}
	if n := len(a.Silent) - len(silent); n > 0 {
		fmt.Fprintf(t, "  %s not fire either; the page says why\n", plural(n, "other rule does", "other rules do"))
	}
}

// isEvent reports whether rules decide what happens to what has arrived.
func isEvent(a *localbus.Arrival) bool {
	return a.Origin == localbus.FromPut || a.Origin == localbus.FromEvent || a.Origin == localbus.FromDelivery
}

// arrivalKind says in a word what has arrived.
func arrivalKind(a *localbus.Arrival) string {
	switch a.Origin {
	case localbus.FromDelivery:
		return "delivery"
	case localbus.FromSchedule:
		return "schedule"
	case localbus.FromMessage:
		return "message"
	case localbus.FromInvoke:
		return "invocation"
	}
	return "event"
}

// arrivalTitle describes what has arrived.
func arrivalTitle(a *localbus.Arrival) string {
	switch a.Origin {
	case localbus.FromDelivery:
		return plural(a.Events, "event", "events")
	case localbus.FromMessage, localbus.FromInvoke:
		return compactJSON(a.Event, maxShown)
	case localbus.FromFire:
		return "made for the rule"
	case localbus.FromSchedule:
		return "its time has come"
	}
	bus := ""
	if a.Bus != "" && a.Bus != "default" {
		bus = fmt.Sprintf(" on the event bus %q", a.Bus)
	}
	return fmt.Sprintf("%q from %q%s", a.DetailType, a.Source, bus)
}

// shortID is the first part of an id, as the log shows it.
func shortID(id string) string {
	short, _, _ := strings.Cut(id, "-")
	return short
}

func callTitle(i *localbus.Invocation) string {
	switch len(i.Events) {
	case 0:
		return "call of " + i.Function
	case 1:
		return fmt.Sprintf("call of %s for %s", i.Function, shortID(i.Events[0]))
	}
	return fmt.Sprintf("call of %s for %d messages", i.Function, len(i.Events))
}

// newFired returns the outcome of a call as jobgen run prints it.
func newFired(i *localbus.Invocation) *fired {
	f := &fired{
		Rule: strings.Join(i.Rules, ", "), Method: i.Method, Function: i.Function, Queue: i.Queue,
		DurationMS: milliseconds(i.Duration), InitMS: milliseconds(i.Init), Answer: []byte(compactJSON(i.Answer, maxShown)),
		ErrorType: i.ErrorType, Error: i.Error, Stack: i.Stack,
		attempt: i.Attempt, after: i.Next,
	}
	if i.Attempt <= 1 { // the payload of the others is the same
		f.payload = compactJSON(i.Payload, maxShown)
	}
	if len(i.Events) > 1 {
		f.Events = len(i.Events)
	}
	return f
}

// compactJSON returns JSON without white space, or another text unchanged. It cuts what is
// longer than limit.
func compactJSON(data []byte, limit int) string {
	var b bytes.Buffer
	if json.Compact(&b, data) != nil {
		b.Reset()
		b.Write(bytes.TrimSpace(data))
	}
	text := b.String()
	if len(text) > limit {
		return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(text[:limit], ""), len(data))
	}
	return text
}

func (l *textLog) unknown(service, operation string) {
	var t visible.Text
	header(&t, time.Now(), visible.Red, "%s: jobgen dev has no operation %s", service, operation)
	l.print(&t)
}

func (l *textLog) says(text string) {
	var t visible.Text
	t.Plain(strings.TrimSuffix(text, "\n") + "\n")
	l.print(&t)
}

func (l *textLog) left(unfinished []localbus.Unfinished) {
	var t visible.Text
	for _, u := range unfinished {
		state := "was waiting for its function"
		if u.Running {
			state = "was stopped while its function ran"
		}
		var ids []string
		for _, id := range u.Events {
			ids = append(ids, shortID(id))
		}
		header(&t, time.Now(), visible.Red, "not handled: %s for %s, which %s", strings.Join(ids, ", "), strings.Join(u.Rules, ", "), state)
	}
	l.print(&t)
}

// Status describes the build in a sentence.
func (b *devBuild) Status() string {
	took := fmt.Sprintf("%.1f s", b.Duration.Seconds())
	if b.Failed {
		return fmt.Sprintf("the build failed after %s", took)
	}
	written := ""
	if len(b.Written) > 0 {
		written = "; wrote " + strings.Join(b.Written, ", ")
	}
	return fmt.Sprintf("built in %s: %s%s", took, plural(b.Rules, "rule", "rules"), written)
}
