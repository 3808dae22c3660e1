package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jobgen/jobgen/internal/schedule"
	"github.com/jobgen/jobgen/pattern"
)

const file = "questions.json"

// TestChoices checks that jobgen does what the choices say, and that no choice differs from
// an answer.
func TestChoices(t *testing.T) {
	questions, err := read(file)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, q := range questions {
		if got := jobgen(t, q); got != q.Choice {
			t.Errorf("%s: jobgen's choice is %s, the file says %s", q.Name, got, q.Choice)
		}
		if q.Answer != "" && q.Answer != q.Choice {
			t.Errorf("%s: EventBridge answered %s (%s): change jobgen, the choice and its reason", q.Name, q.Answer, q.Message)
		}
		if q.Question == "" || q.Reason == "" || seen[q.Name] {
			t.Errorf("%q has no question or no reason, or comes twice", q.Name)
		}
		seen[q.Name] = true
	}
}

// jobgen answers a question as jobgen does.
func jobgen(t *testing.T, q question) answer {
	t.Helper()
	if expr, ok := strings.CutPrefix(q.Schedule, "cron("); ok {
		if cron, _ := schedule.ParseCron(strings.TrimSuffix(expr, ")")); cron != nil {
			return valid
		}
		return invalid
	}
	p, err := pattern.Parse(q.Pattern)
	switch {
	case err != nil:
		return invalid
	case q.Detail == nil:
		return valid
	}
	ok, err := p.Match([]byte(q.event()))
	switch {
	case err != nil:
		t.Fatal(err)
	case ok:
		return match
	}
	return noMatch
}

func TestFormat(t *testing.T) {
	questions, err := read(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := format(questions); string(got) != string(want) {
		t.Errorf("%s is not formatted; it should be:\n%s", file, got)
	}
}

// TestRecordRules records the answers to questions that need a rule. It uses moto, which
// simulates AWS, and checks that the recorder deletes each rule.
func TestRecordRules(t *testing.T) {
	startMoto(t)
	checkAnswers(t, map[string]answer{"or-object": valid, "cron-never": valid})
	rules, err := aws("list-rules")
	if err != nil || strings.Contains(string(rules), "jobgen") {
		t.Errorf("rules are left: %s, %v", rules, err)
	}
}

// TestRecordMatches asks questions about a match, which moto can't answer, of a server that
// answers as jobgen does.
func TestRecordMatches(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in struct{ EventPattern, Event string }
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || r.Header.Get("X-Amz-Target") != "AWSEvents.TestEventPattern" {
			t.Errorf("got %v, %v", r.Header, err)
		}
		p, err := pattern.Parse([]byte(in.EventPattern))
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"__type": "InvalidEventPatternException", "message": "Event pattern is not valid. Reason: unknown"}`)
			return
		}
		ok, err := p.Match([]byte(in.Event))
		fmt.Fprintf(w, `{"Result": %t}`, ok && err == nil)
	}))
	defer server.Close()
	useEndpoint(t, server.URL)
	checkAnswers(t, map[string]answer{"duplicate-key-last": match, "duplicate-key-first": noMatch})
	a, message, err := ask(question{Pattern: []byte(`{"a": "1"}`), Detail: []byte(`{}`)})
	if a != invalid || message != "Event pattern is not valid. Reason: unknown" || err != nil {
		t.Errorf("an invalid pattern: got %s, %q, %v", a, message, err)
	}
}

// checkAnswers asks some of the questions in a copy of the file, and checks the answers.
func checkAnswers(t *testing.T, want map[string]answer) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), file)
	if err := os.WriteFile(copied, data, 0o644); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := record(t.Context(), copied, false, slices.Sorted(maps.Keys(want)), &out); err != nil {
		t.Fatal(err)
	}
	before, _ := read(file)
	after, err := read(copied)
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range after {
		a, asked := want[q.Name]
		if !asked {
			a = before[i].Answer
		}
		if q.Answer != a || asked != strings.Contains(out.String(), q.Name+": "+string(a)+", ") {
			t.Errorf("%s: got %q, want %q; printed:\n%s", q.Name, q.Answer, a, &out)
		}
	}
}

// TestRecord runs the command with a program in place of the AWS CLI.
func TestRecord(t *testing.T) {
	const two = `[
  {
    "name": "pattern",
    "question": "?",
    "pattern": {"a": ["1"]},
    "choice": "VALID",
    "reason": "."
  },
  {
    "name": "schedule",
    "question": "?",
    "schedule": "cron(0 12 * * ? *)",
    "choice": "VALID",
    "reason": "."
  }
]
`
	refusal := func(code, message string) string {
		return `echo "An error occurred (` + code + `) when calling the PutRule operation: ` + message + `" >&2; exit 254`
	}
	tests := []struct {
		name, put, remove string
		answers           string
		err               string
	}{
		{"accepted", `exit 0`, `exit 0`, "VALID VALID", ""},
		{"pattern refused", `case "$*" in *event-pattern*) ` + refusal("InvalidEventPatternException", "Event pattern is not valid.") + `;; esac`, `exit 0`, "INVALID VALID", ""},
		{"schedule refused", `case "$*" in *schedule*) ` + refusal("ValidationException", "Parameter ScheduleExpression is not valid.") + `;; esac`, `exit 0`, "VALID INVALID", ""},
		{"no permission", refusal("AccessDeniedException", "not authorized"), `exit 1`, " ", "AccessDeniedException: not authorized"},
		{"another fault of the schedule's rule", `case "$*" in *schedule*) ` + refusal("ValidationException", "1 validation error: name") + `;; esac`, `exit 0`, "VALID ", "1 validation error"},
		{"no connection", `echo "Could not connect" >&2; exit 255`, `exit 0`, " ", "Could not connect"},
		{"the rule is left", `exit 0`, `echo "Could not connect" >&2; exit 255`, " ", "may still exist"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			script := "#!/bin/sh\ncase $4 in\nput-rule) " + tt.put + ";;\ndelete-rule) " + tt.remove + ";;\nesac\n"
			if err := os.WriteFile(filepath.Join(dir, "aws"), []byte(script), 0o755); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
			copied := filepath.Join(dir, file)
			if err := os.WriteFile(copied, []byte(two), 0o644); err != nil {
				t.Fatal(err)
			}
			err := record(t.Context(), copied, false, nil, new(strings.Builder))
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("got error %v, want %q", err, tt.err)
			}
			questions, err := read(copied)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(questions[0].Answer + " " + questions[1].Answer); got != tt.answers {
				t.Errorf("got answers %q, want %q", got, tt.answers)
			}
		})
	}
}

// startMoto starts a moto server for the time of the test, and makes the AWS CLI use it.
func startMoto(t *testing.T) {
	t.Helper()
	need(t, "moto_server")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	endpoint := "http://" + l.Addr().String()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	server := exec.Command("moto_server", "-H", "127.0.0.1", "-p", port)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	useEndpoint(t, endpoint)
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if r, err := http.Get(endpoint + "/moto-api/"); err == nil {
			r.Body.Close()
			return
		}
	}
	t.Fatal("moto does not answer")
}

// useEndpoint makes the AWS CLI use a server.
func useEndpoint(t *testing.T, endpoint string) {
	t.Helper()
	need(t, "aws")
	for key, value := range map[string]string{
		"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_MAX_ATTEMPTS": "1",
	} {
		t.Setenv(key, value)
	}
}

// need skips a test that needs a missing tool. In CI it fails.
func need(t *testing.T, tool string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it runs programs")
	}
	if _, err := exec.LookPath(tool); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed", tool)
	}
	t.Skipf("%s is not installed: python3 -m pip install 'moto[server]' awscli", tool)
}
