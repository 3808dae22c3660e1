// Package target knows what EventBridge sends a rule's target: the whole
// event, a constant, a part of the event, or what an input transformer makes
// of it.
//
// It has three users. The generator writes into rule files what a target is sent
// (Envelope), the checks of directives report what AWS would refuse or fail at
// (Check), and the local runner sends what AWS would send (Payload). Users' Lambda
// binaries contain it too, for RuleKey and EventKey, so it imports the standard library
// alone.
//
// # What AWS does
//
// The rules here are those of the EventBridge user guide, page
// eb-transform-target-input, and of the API reference, pages API_Target and
// API_InputTransformer:
//
//   - Input, InputPath and InputTransformer exclude each other; without any the
//     target is sent the event as it is (API_Target).
//   - A path is $ followed by .name, [index] and the wildcard *, in dot
//     notation; names hold letters, digits, dashes, underscores and slashes
//     (eb-transform-target-input; "not bracket notation": API_InputTransformer).
//   - <name> in a template is a placeholder for the variable. < and > cannot be
//     escaped.
//   - Outside of strings, a variable is put in as JSON; a string gets its quotes
//     (eb-transform-target-input, common issues).
//   - Inside a string, a variable is put in without quotes and is not escaped;
//     an object or array loses all its quotes (same place). So a value with a
//     quote in it makes an invalid payload, and the target is never called.
//   - A variable whose path the event does not have is not created (same
//     place): inside a string it leaves nothing, outside the empty string, "".
//   - Five names are reserved; <aws.events.event> and <aws.events.event.json>
//     are JSON and can only be a value, never inside a string.
//   - A placeholder cannot be an object key (API_InputTransformer).
//
// EventBridge also takes templates of several lines, each a quoted string, for
// targets that take text. A Lambda function takes JSON alone (Lambda API
// reference, Invoke: InvalidRequestContentException), so here they are an error.
package target

import (
	"encoding/json"
	"fmt"
	"time"
)

// Input is what a target is sent. The zero value sends the whole event, its
// bytes unchanged; otherwise one of Constant, Path and Template is set.
type Input struct {
	Constant string    // JSON text (Target.Input)
	Path     string    // JSON path of the part to send (Target.InputPath)
	Paths    []PathVar // the variables of Template (InputTransformer.InputPathsMap)
	Template string    // InputTransformer.InputTemplate
}

// PathVar is a variable of a template: <Name> is replaced by what Path finds in the
// event.
type PathVar struct{ Name, Path string }

// Context has the values of the reserved variables of a template, besides the event.
type Context struct {
	RuleARN       string
	RuleName      string
	IngestionTime time.Time // when EventBridge received the event
}

// IsZero reports whether the target is sent the whole event unchanged.
func (in Input) IsZero() bool {
	return in.Constant == "" && in.Path == "" && in.Template == "" && len(in.Paths) == 0
}

// Payload returns what the target is sent for an event. An error means that
// EventBridge would have nothing to deliver, or that Lambda would refuse it: the
// event is not JSON, it lacks what Path asks for, or the template's result is
// not JSON.
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

// pathPayload gives the part of the event that path finds. What EventBridge
// sends where the event has no such part is not documented, and no handler
// could use it, so that is an error here.
func pathPayload(path string, event []byte) ([]byte, error) {
	steps, err := parsePath(path)
	if err != nil {
		return nil, fmt.Errorf("input path %s: %w", path, err)
	}
	value, ok := find(event, steps)
	if !ok {
		return nil, fmt.Errorf("input path %s: the event has nothing there", path)
	}
	return value, nil
}
