package target

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The reserved variables (eb-transform-target-input, predefined variables).
const (
	varRuleARN       = "aws.events.rule-arn"
	varRuleName      = "aws.events.rule-name"
	varIngestionTime = "aws.events.event.ingestion-time"
	varEvent         = "aws.events.event"      // the event without its detail
	varEventJSON     = "aws.events.event.json" // the event
)

var reservedNames = []string{varRuleARN, varRuleName, varIngestionTime, varEvent, varEventJSON}

// Reserved returns an example of the JSON value of a reserved variable.
func Reserved(name string) (example string, ok bool) {
	switch {
	case name == varEvent || name == varEventJSON:
		return "{}", true
	case slices.Contains(reservedNames, name):
		return `""`, true
	}
	return "", false
}

// placeholder is a <name> in a template.
type placeholder struct {
	name       string
	start, end int  // the bytes from < to after >
	inString   bool // between the quotes of a JSON string
}

// placeholders returns the placeholders of a template: a variable's name between < and >.
// Any other < is text.
func placeholders(template string) []placeholder {
	var all []placeholder
	inString := false
	for i := 0; i < len(template); i++ {
		switch c := template[i]; {
		case c == '\\' && inString:
			i++ // an escaped quote does not end the string
		case c == '"':
			inString = !inString
		case c == '<':
			if name, ok := placeholderName(template[i+1:]); ok {
				end := i + len(name) + 2
				all = append(all, placeholder{name: name, start: i, end: end, inString: inString})
				i = end - 1
			}
		}
	}
	return all
}

// placeholderName returns the name at the beginning of s, up to the >.
func placeholderName(s string) (string, bool) {
	name, _, closed := strings.Cut(s, ">")
	bad := func(r rune) bool { return r != '.' && !variableRune(r) }
	if !closed || name == "" || strings.ContainsFunc(name, bad) {
		return "", false
	}
	return name, true
}

// variableRune reports whether a variable's name may have a character
// (API_InputTransformer: [A-Za-z0-9\_\-]+).
func variableRune(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '-'
}

// render fills the template with the event's values.
func (in Input) render(event []byte, c Context) ([]byte, error) {
	var out bytes.Buffer
	var faults []error
	last := 0
	for _, p := range placeholders(in.Template) {
		value, err := in.value(p.name, event, c)
		if err != nil {
			return nil, err
		}
		out.WriteString(in.Template[last:p.start])
		last = p.end
		if !p.inString {
			out.Write(asValue(value))
			continue
		}
		text := asText(value)
		out.WriteString(text)
		if needsEscape(text) {
			faults = append(faults, fmt.Errorf("<%s> is inside a string, and EventBridge does not escape its value %q; "+
				"let it be a value of its own, without the quotes around it", p.name, text))
		}
	}
	out.WriteString(in.Template[last:])
	if err := jsonError(out.Bytes()); err != nil {
		return nil, fmt.Errorf("the input template gives no valid JSON for this event: %w", errors.Join(append(faults, err)...))
	}
	return out.Bytes(), nil
}

// value returns the value of a variable, or nil if the event has no such value.
func (in Input) value(name string, event []byte, c Context) (json.RawMessage, error) {
	switch name {
	case varRuleARN:
		return quote(c.RuleARN), nil
	case varRuleName:
		return quote(c.RuleName), nil
	case varIngestionTime:
		return quote(c.IngestionTime.UTC().Format(time.RFC3339)), nil
	case varEvent:
		return without(event, "detail"), nil
	case varEventJSON:
		return bytes.TrimSpace(event), nil
	}
	for _, v := range in.Paths {
		if v.Name == name {
			return pathValue(v, event)
		}
	}
	return nil, fmt.Errorf("the input template has <%s>, which is neither among its paths nor a reserved variable", name)
}

func pathValue(v PathVar, event []byte) (json.RawMessage, error) {
	steps, err := ParsePath(v.Path)
	if err != nil {
		return nil, fmt.Errorf("path of <%s>, %s: %w", v.Name, v.Path, err)
	}
	value, _ := find(event, steps)
	return value, nil
}

// asValue returns a variable's value as it is inserted outside of strings.
func asValue(value json.RawMessage) []byte {
	if value == nil {
		return []byte(`""`)
	}
	return value
}

// asText returns a variable's value as it is inserted into a string: a string without
// quotes and escapes, an object or array without any quotes.
func asText(value json.RawMessage) string {
	var s string
	switch {
	case value == nil:
		return ""
	case json.Unmarshal(value, &s) == nil && value[0] == '"':
		return s
	default:
		var b bytes.Buffer
		_ = json.Compact(&b, value) // the event is valid
		return strings.ReplaceAll(b.String(), `"`, "")
	}
}

// needsEscape reports whether a text needs escapes in a JSON string.
func needsEscape(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r == '"' || r == '\\' || r < ' ' })
}
