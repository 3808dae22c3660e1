// Package target computes the input that EventBridge sends to a rule's target: the whole
// event, a constant, a part of the event, or the result of an input transformer.
//
// The generator writes inputs to rule files (Envelope). The checks of directives report
// inputs that AWS refuses or that fail (Check). The local runner and the dispatcher make
// inputs from events (Payload). Users' Lambda programs link the parts that they need.
//
// # AWS's rules
//
// The sources are the EventBridge user guide, page eb-transform-target-input, and the API
// reference, pages API_Target and API_InputTransformer:
//
//   - A target has at most one of Input, InputPath and InputTransformer. If it has none,
//     the input is the event (API_Target).
//   - A path is $ followed by .name, [index] and the wildcard *, in dot notation. Names
//     consist of letters, digits, dashes, underscores and slashes
//     (eb-transform-target-input; "not bracket notation": API_InputTransformer).
//   - <name> in a template is a placeholder for a variable. < and > can't be escaped.
//   - Outside of strings, the variable's JSON is inserted, a string with its quotes
//     (eb-transform-target-input, common issues).
//   - Inside a string, the value is inserted without quotes and without escapes. An
//     object or array loses all its quotes (same page). So a value that contains a quote
//     makes the input invalid, and the target is not called.
//   - If the event has no value at a variable's path, the variable is not created (same
//     page): inside a string nothing is inserted, outside the empty string, "".
//   - Five names are reserved. <aws.events.event> and <aws.events.event.json> are JSON
//     and can't be inside a string.
//   - A placeholder can't be an object's key (API_InputTransformer).
//
// For targets that accept text, EventBridge also accepts templates of several lines, each
// of them a quoted string. A Lambda function accepts only JSON (Lambda API reference,
// Invoke: InvalidRequestContentException), so Check reports such a template.
package target

import (
	"encoding/json"
	"fmt"
	"time"
)

// Input describes a target's input. The zero value is the event itself, its bytes
// unchanged. Otherwise one of Constant, Path and Template is set.
type Input struct {
	Constant string    // JSON text (Target.Input)
	Path     string    // JSON path of the part to send (Target.InputPath)
	Paths    []PathVar // the variables of Template (InputTransformer.InputPathsMap)
	Template string    // InputTransformer.InputTemplate
}

// PathVar is a variable of a template: <Name> is replaced by the value at Path in the
// event.
type PathVar struct{ Name, Path string }

// Context has the values of the reserved variables of a template, besides the event.
type Context struct {
	RuleARN       string
	RuleName      string
	IngestionTime time.Time // when EventBridge received the event
}

// IsZero reports whether the input is the event itself.
func (in Input) IsZero() bool {
	return in.Constant == "" && in.Path == "" && in.Template == "" && len(in.Paths) == 0
}

// Payload returns the input for an event. The error reports an event that is not JSON, an
// event without a value at Path, or a template whose result is not JSON, which Lambda
// refuses.
func (in Input) Payload(event []byte, c Context) ([]byte, error) {
	switch {
	case in.IsZero():
		return event, nil
	case !json.Valid(event):
		return nil, fmt.Errorf("the event is not valid JSON: %w", jsonError(event))
	case in.Constant != "":
		return constantPayload(in.Constant)
	case in.Path != "":
		return pathPayload(in.Path, event)
	default:
		return in.render(event, c)
	}
}

func constantPayload(text string) ([]byte, error) {
	if err := jsonError([]byte(text)); err != nil {
		return nil, fmt.Errorf("the constant input is not valid JSON: %w", err)
	}
	return []byte(text), nil
}

// pathPayload returns the value at a path of the event. AWS doesn't document the input if
// there is no such value, so that is an error.
func pathPayload(path string, event []byte) ([]byte, error) {
	steps, err := ParsePath(path)
	if err != nil {
		return nil, fmt.Errorf("input path %s: %w", path, err)
	}
	value, ok := find(event, steps)
	if !ok {
		return nil, fmt.Errorf("input path %s: the event has nothing there", path)
	}
	return value, nil
}
