package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
)

// ask asks EventBridge a question. The message explains the answer Invalid.
func ask(q question) (a answer, message string, err error) {
	if q.Detail != nil {
		a, err = testPattern(q)
	} else {
		a, err = putRule(q)
	}
	if refused, ok := errors.AsType[*serviceError](err); ok && refused.isAbout(q) {
		return invalid, refused.message, nil
	}
	return a, "", err
}

func testPattern(q question) (answer, error) {
	out, err := aws("test-event-pattern", "--event-pattern", string(q.Pattern), "--event", q.event())
	if err != nil {
		return "", err
	}
	var result struct{ Result *bool }
	if err := json.Unmarshal(out, &result); err != nil || result.Result == nil {
		return "", fmt.Errorf("aws events test-event-pattern printed no result: %s", out)
	}
	if *result.Result {
		return match, nil
	}
	return noMatch, nil
}

// putRule creates a disabled rule and deletes it.
func putRule(q question) (answer, error) {
	name := "jobgen-question-" + strings.ToLower(rand.Text())
	args := []string{"put-rule", "--name", name, "--state", "DISABLED", "--description", "A test by jobgen. You can delete this rule."}
	if q.Schedule != "" {
		args = append(args, "--schedule-expression", q.Schedule)
	} else {
		args = append(args, "--event-pattern", string(q.Pattern))
	}
	_, err := aws(args...)
	if _, refused := errors.AsType[*serviceError](err); refused {
		return "", err
	}
	// If the command failed in another way, the rule may exist.
	if _, deleteErr := aws("delete-rule", "--name", name); deleteErr != nil {
		err = errors.Join(err, fmt.Errorf("rule %s may still exist, delete it: %w", name, deleteErr))
	}
	return valid, err
}

// serviceError is an error that AWS returned.
type serviceError struct{ code, message string }

func (e *serviceError) Error() string { return e.code + ": " + e.message }

// isAbout reports whether AWS refused the question's pattern or schedule, and not the request
// for another reason.
func (e *serviceError) isAbout(q question) bool {
	if q.Schedule != "" {
		return e.code == "ValidationException" && strings.Contains(e.message, "ScheduleExpression")
	}
	return e.code == "InvalidEventPatternException"
}

var serviceErrorText = regexp.MustCompile(`An error occurred \((\w+)\)[^:]*: (.*)`)

// aws runs a command of aws events and returns what it prints.
func aws(args ...string) ([]byte, error) {
	c := exec.Command("aws", append([]string{"events", "--output", "json"}, args...)...)
	var out, problems bytes.Buffer
	c.Stdout, c.Stderr = &out, &problems
	err := c.Run()
	if err == nil {
		return out.Bytes(), nil
	}
	if m := serviceErrorText.FindStringSubmatch(problems.String()); m != nil {
		return nil, &serviceError{m[1], strings.TrimSpace(m[2])}
	}
	return nil, fmt.Errorf("aws events %s: %w\n%s", args[0], err, problems.String())
}
