package main

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/internal/localbus"
)

// jsonLog is the log for programs: one object a line. The field kind says what it is:
//
//   - listening: jobgen dev listens; url, and environment with the variables that lead AWS's
//     clients to it.
//   - build: a build has ended; ok, durationMs, the files in changed and written, rules, and error
//     for a failure that is no finding. The findings of a build come before it.
//   - finding: a finding, as with jobgen -json.
//   - event: an event, a message or a call has come; its id, origin and fields, the rules in
//     fires, and the others in silent, each with the reason.
//   - call: a function was called; the ids of the events, the rules, attempt, payload, answer or
//     error.
//   - deadLetter: an event or message was given up.
//   - unknownOperation: a request for an operation that jobgen dev doesn't have.
//   - unfinished: an event or a message that was not handled at the end.
//   - message: an answer of the prompt, or a problem.
type jsonLog struct {
	mu sync.Mutex
	w  io.Writer
}

// write writes an object, which begins with its kind and the time.
func (l *jsonLog) write(kind string, at time.Time, fields any) {
	head, _ := json.Marshal(struct { // can't fail
		Kind string `json:"kind"`
		Time string `json:"time"`
	}{kind, at.UTC().Format(time.RFC3339Nano)})
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(fields) // neither can this: texts that are no JSON are quoted
	line := bytes.TrimSuffix(head, []byte("}"))
	if rest := bytes.TrimPrefix(body.Bytes(), []byte("{")); len(rest) > len("}\n") {
		line = append(append(line, ','), rest...)
	} else {
		line = append(line, rest...)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = l.w.Write(line)
}

// jsonOrText is JSON, or a text as a JSON string if it is none.
func jsonOrText(data []byte) json.RawMessage {
	if len(data) == 0 {
		return nil
	}
	if json.Valid(data) {
		return data
	}
	quoted, _ := json.Marshal(string(data)) // can't fail
	return quoted
}

func (l *jsonLog) listens(url string, variables []variable) {
	environment := map[string]string{}
	for _, v := range variables {
		environment[v.name] = v.value
	}
	l.write("listening", time.Now(), map[string]any{"url": url, "environment": environment})
}

func (*jsonLog) builds([]string) {}

func (l *jsonLog) built(b *devBuild) {
	if b.printer != nil {
		l.findings(b)
	}
	l.write("build", b.Time, struct {
		OK         bool     `json:"ok"`
		DurationMS float64  `json:"durationMs"`
		Changed    []string `json:"changed"`
		Written    []string `json:"written"`
		Rules      int      `json:"rules"`
		Error      string   `json:"error,omitempty"`
	}{!b.Failed, milliseconds(b.Duration), orEmpty(b.Changed), orEmpty(b.Written), b.Rules, b.message})
}

// orEmpty returns a list that is not null in JSON.
func orEmpty(list []string) []string { return append([]string{}, list...) }

func (l *jsonLog) findings(b *devBuild) {
	for _, d := range b.findings {
		var line bytes.Buffer
		_ = b.printer.WriteJSON(&line, []diag.Diagnostic{d}) // a Buffer has no errors
		l.write("finding", b.Time, json.RawMessage(line.Bytes()))
	}
}

func (l *jsonLog) entry(e localbus.Entry) {
	switch {
	case e.Arrival != nil:
		l.arrival(e.Time, e.Arrival)
	case e.Invocation != nil:
		l.call(e.Time, e.Invocation)
	case e.Letter != nil:
		l.write("deadLetter", e.Time, map[string]any{"letter": e.Letter})
	case e.Problem != "":
		l.write("message", e.Time, map[string]string{"text": e.Problem})
	}
}

func (l *jsonLog) arrival(at time.Time, a *localbus.Arrival) {
	type silence struct {
		Rule   string `json:"rule"`
		Reason string `json:"reason"`
	}
	silent := []silence{}
	for _, s := range a.Silent {
		silent = append(silent, silence(s))
	}
	l.write("event", at, struct {
		ID         string          `json:"id"`
		Origin     localbus.Origin `json:"origin"`
		EventBus   string          `json:"eventBus,omitempty"`
		Source     string          `json:"source,omitempty"`
		DetailType string          `json:"detailType,omitempty"`
		Event      json.RawMessage `json:"event"`
		Fires      []string        `json:"fires"`
		Silent     []silence       `json:"silent"`
	}{a.ID, a.Origin, a.Bus, a.Source, a.DetailType, jsonOrText(a.Event), orEmpty(a.Fires), silent})
}

func (l *jsonLog) call(at time.Time, i *localbus.Invocation) {
	l.write("call", at, struct {
		Events     []string        `json:"events"`
		Rules      []string        `json:"rules"`
		Function   string          `json:"function"`
		Method     string          `json:"method"`
		Queue      string          `json:"queue,omitempty"`
		Attempt    int             `json:"attempt"`
		Payload    json.RawMessage `json:"payload"`
		DurationMS float64         `json:"durationMs"`
		InitMS     float64         `json:"initMs"`
		Answer     json.RawMessage `json:"answer"`
		ErrorType  string          `json:"errorType,omitempty"`
		Error      string          `json:"error,omitempty"`
		Stack      []string        `json:"stack,omitempty"`
		Failed     []string        `json:"failed,omitempty"`
		RetryInMS  float64         `json:"retryInMs,omitempty"`
	}{
		orEmpty(i.Events), orEmpty(i.Rules), i.Function, i.Method, i.Queue, i.Attempt, jsonOrText(i.Payload),
		milliseconds(i.Duration), milliseconds(i.Init), jsonOrText(i.Answer), i.ErrorType, i.Error, i.Stack, i.Failed, milliseconds(i.RetryIn),
	})
}

func (l *jsonLog) unknown(service, operation string) {
	l.write("unknownOperation", time.Now(), map[string]string{"service": service, "operation": operation})
}

func (l *jsonLog) says(text string) {
	l.write("message", time.Now(), map[string]string{"text": strings.TrimSpace(text)})
}

func (l *jsonLog) left(unfinished []localbus.Unfinished) {
	for _, u := range unfinished {
		l.write("unfinished", time.Now(), struct {
			Events  []string `json:"events"`
			Rules   []string `json:"rules"`
			Running bool     `json:"running"`
		}{orEmpty(u.Events), orEmpty(u.Rules), u.Running})
	}
}
