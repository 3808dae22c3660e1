package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/jobgen/jobgen/internal/visible"
	"github.com/jobgen/jobgen/pattern"
)

var matchCommand = command{
	name: "match", args: "",
	summary: "tell whether a pattern matches an event, and if not, why",
	help: `
Pattern and event are files, - for standard input, or the JSON itself.

With -batch, each line of standard input is a case, {"pattern":…,"event":…}, whose
values are objects or strings that contain JSON. For each line jobgen prints MATCH,
NOMATCH or INVALID: why.

Exit: 0 match; 1 no match; 2 invalid pattern or event. With -batch: 0 if every
line was answered.`,
	examples: `
  jobgen match -pattern '{"source":["aws.ec2"]}' -event '{"source":"aws.s3"}'
  jobgen match -batch < cases.ndjson`,
	setup: func(a *app, flags *flag.FlagSet) func([]string) int {
		p := flags.String("pattern", "", "the event `pattern`")
		e := flags.String("event", "", "the `event`")
		batch := flags.Bool("batch", false, "read cases from standard input, one a line")
		return func(args []string) int {
			switch {
			case len(args) > 0:
				return a.usage("match", "match takes no arguments besides its flags; found %q", args[0])
			case *batch && (*p != "" || *e != ""):
				return a.usage("match", "-batch reads its patterns and events from standard input; leave -pattern and -event out")
			case *batch:
				return matcher{a}.batch()
			case *p == "" || *e == "":
				return a.usage("match", "-pattern and -event are both needed")
			case *p == "-" && *e == "-":
				return a.usage("match", "only one of -pattern and -event can be standard input")
			}
			return matcher{a}.one(*p, *e)
		}
	},
}

// matcher is one run of the match command.
type matcher struct{ *app }

func (m matcher) one(patternArg, eventArg string) int {
	src, err := m.readOne(patternArg)
	if err != nil {
		return m.fail(err)
	}
	event, err := m.readOne(eventArg)
	if err != nil {
		return m.fail(err)
	}
	p, err := pattern.Parse(src)
	if err != nil {
		m.say(visible.Red, "INVALID")
		fmt.Fprintf(m.stdout, ": the pattern: %v\n", err)
		return exitBad
	}
	why, err := p.Explain(event)
	if err != nil {
		fmt.Fprintln(m.stdout, invalid(eventError(event, err)))
		return exitBad
	}
	code := exitClean
	if why.Matched {
		m.say(visible.Green, "MATCH\n")
	} else {
		m.say(visible.Red, "NOMATCH\n")
		code = exitNo
	}
	fmt.Fprintln(m.stdout, indent(why.String()))
	return code
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ")
}

func (m matcher) batch() int {
	stdin, err := m.open("-")
	if err != nil {
		return m.fail(err)
	}
	in := bufio.NewReaderSize(stdin, 1<<20)
	out := bufio.NewWriter(m.stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			fmt.Fprintln(out, batchVerdict(line))
		}
		if in.Buffered() == 0 { // the next line may arrive much later
			out.Flush()
		}
		if errors.Is(err, io.EOF) {
			return exitClean
		}
		if err != nil {
			return m.fail(fmt.Errorf("reading standard input: %w", err))
		}
	}
}

// batchVerdict returns the verdict on one line of a batch, as one line.
func batchVerdict(line []byte) string {
	var c struct{ Pattern, Event json.RawMessage }
	err := json.Unmarshal(line, &c)
	if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return invalid(errors.New(`offset 0: the line is JSON, but not an object; write {"pattern":…,"event":…}`))
	}
	if err != nil {
		return invalid(fmt.Errorf(`offset %d: the line is not valid JSON: %w; write {"pattern":…,"event":…}`, syntaxOffset(line), err))
	}
	if c.Pattern == nil || c.Event == nil {
		return invalid(errors.New(`offset 0: the line has no pattern or no event; write {"pattern":…,"event":…}`))
	}
	p, err := pattern.Parse(unquoted(c.Pattern))
	if err != nil {
		return invalid(err)
	}
	matched, err := p.Match(unquoted(c.Event))
	switch {
	case err != nil:
		return invalid(eventError(unquoted(c.Event), err))
	case matched:
		return "MATCH"
	}
	return "NOMATCH"
}

// eventError adds the offset and the remedy to an error about an event.
func eventError(event []byte, err error) error {
	if errors.Is(err, pattern.ErrNotJSON) && !json.Valid(event) {
		var v any
		return fmt.Errorf("offset %d: the event is not valid JSON: %w; write a JSON object, its strings in double quotes", syntaxOffset(event), json.Unmarshal(event, &v))
	}
	return fmt.Errorf("offset 0: %w; write an event as a JSON object: {\"source\": \"aws.ec2\", …}", err)
}

// syntaxOffset returns the offset of the first byte that makes text invalid JSON.
func syntaxOffset(text []byte) int64 {
	var v any
	syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(text, &v))
	if !ok {
		return 0
	}
	return max(0, syntax.Offset-1)
}

func invalid(err error) string {
	return "INVALID: " + strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}

// unquoted returns the content of a JSON string, and any other value unchanged.
func unquoted(raw json.RawMessage) []byte {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return []byte(s)
	}
	return raw
}
