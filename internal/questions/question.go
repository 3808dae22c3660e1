package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// question is a question to EventBridge: whether a pattern matches the detail of an event, or
// whether a pattern or a schedule is valid.
type question struct {
	Name     string
	Question string
	Pattern  json.RawMessage
	Detail   json.RawMessage // of the event; see event
	Schedule string
	Choice   answer
	Reason   string // for the choice
	Answer   answer // of EventBridge; empty if it is unknown
	Message  string // of EventBridge, with an answer that is Invalid
}

type answer string

const (
	match   answer = "MATCH"
	noMatch answer = "NOMATCH"
	valid   answer = "VALID"
	invalid answer = "INVALID"
)

// event returns the event with the question's detail. It contains the fields that
// TestEventPattern requires.
func (q question) event() string {
	return `{"id": "1", "account": "123456789012", "source": "jobgen.questions", "time": "2026-01-01T00:00:00Z",` +
		` "region": "us-east-1", "resources": [], "detail-type": "question", "detail": ` + string(q.Detail) + `}`
}

func read(file string) ([]question, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var questions []question
	if err := json.Unmarshal(data, &questions); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return questions, nil
}

// format returns the text of a file of questions: a line for each field that is not empty.
func format(questions []question) []byte {
	var all []string
	for _, q := range questions {
		var fields []string
		add := func(key, value string) {
			if value != "" {
				fields = append(fields, fmt.Sprintf("    %q: %s", key, value))
			}
		}
		add("name", quote(q.Name))
		add("question", quote(q.Question))
		add("pattern", string(q.Pattern))
		add("detail", string(q.Detail))
		add("schedule", quote(q.Schedule))
		add("choice", quote(string(q.Choice)))
		add("reason", quote(q.Reason))
		add("answer", quote(string(q.Answer)))
		add("message", quote(q.Message))
		all = append(all, "  {\n"+strings.Join(fields, ",\n")+"\n  }")
	}
	return []byte("[\n" + strings.Join(all, ",\n") + "\n]\n")
}

// quote returns s as a JSON string, or "" if it is empty.
func quote(s string) string {
	if s == "" {
		return ""
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // can't fail for a string
	return strings.TrimSuffix(b.String(), "\n")
}
