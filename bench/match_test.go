package bench

import (
	"bytes"
	"testing"

	"github.com/jobgen/jobgen/internal/jsonscan"
	"github.com/jobgen/jobgen/internal/match"
)

// BenchmarkMatch measures what comes before decoding: the reading of an event, and the
// matching of 2 rules, by the tables that jobgen writes and by the switches that it
// could write in their place. Where it is matched, the event is read already, and its
// own fields are found.
func BenchmarkMatch(b *testing.B) {
	for _, k := range kinds() {
		events := make([]readEvent, len(k.events))
		for i, event := range k.events {
			events[i].read(event)
		}
		var m match.Matcher
		matcher := table(k, 2, false).Matcher
		ways := map[string]func(e *readEvent) int{
			"tables": func(e *readEvent) int {
				found, _ := m.Match(matcher, nil, &e.tape, jsonscan.Root, &e.top)
				return len(found)
			},
			"switches": switches[k.name],
		}
		b.Run(k.name+"/read", func(b *testing.B) {
			var tape jsonscan.Tape
			for i := 0; b.Loop(); i++ {
				if !tape.Read(k.events[i%variants]) {
					b.Fatal("it is not JSON")
				}
			}
		})
		for _, name := range []string{"tables", "switches"} {
			b.Run(k.name+"/"+name, func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					if n := ways[name](&events[i%variants]); n != 1 {
						b.Fatalf("%d rules match", n)
					}
				}
			})
		}
	}
}

// readEvent is an event as the dispatcher has it when it begins to match.
type readEvent struct {
	tape jsonscan.Tape
	top  match.Top
}

func (e *readEvent) read(event []byte) {
	e.tape.Read(event)
	for i, end := jsonscan.First(jsonscan.Root), e.tape.Next(jsonscan.Root); i < end; i = e.tape.Next(i + 1) {
		for field, key := range match.EventKeys {
			if string(e.tape.Content(i)) == key {
				e.top[field] = int32(i + 1)
			}
		}
	}
}

// The places of match.EventKeys.
const (
	eventID    = 1
	detailType = 2
	source     = 3
	detail     = 8
)

func (e *readEvent) is(field int, text string) bool {
	token := int(e.top[field])
	return e.tape.Kind(token) == '"' && string(e.tape.Content(token)) == text
}

// member returns the value that the object at a token has for a key, 0 if it has none.
func (e *readEvent) member(at int, key string) int {
	if at == 0 || e.tape.Kind(at) != '{' {
		return 0
	}
	for i, end := jsonscan.First(at), e.tape.Next(at); i < end; i = e.tape.Next(i + 1) {
		if string(e.tape.Content(i)) == key {
			return i + 1
		}
	}
	return 0
}

// text returns the string at a token.
func (e *readEvent) text(at int) []byte {
	if at == 0 || e.tape.Kind(at) != '"' {
		return nil
	}
	return e.tape.Content(at)
}

// switches are the matchers of the kinds' rules and of the other rule that goes with
// them, as one would write them, without what else there would have to be: lists of
// objects, escapes, equal keys, keys with dots. They return how many rules match.
var switches = map[string]func(e *readEvent) int{
	"EC2": func(e *readEvent) int {
		if !e.is(source, "aws.ec2") {
			return 0
		}
		switch string(e.text(int(e.top[detailType]))) {
		case "EC2 Instance State-change Notification":
			switch string(e.text(e.member(int(e.top[detail]), "state"))) {
			case "stopping", "stopped", "terminated":
				return 1
			}
		case "AWS API Call via CloudTrail":
			return e.other()
		}
		return 0
	},
	"CloudTrail":      switchCalls,
	"CloudTrailBrief": switchCalls,
	"S3": func(e *readEvent) int {
		switch string(e.text(int(e.top[source]))) {
		case "aws.s3":
			object := e.member(int(e.top[detail]), "object")
			if e.is(detailType, "Object Created") && bytes.HasPrefix(e.text(e.member(object, "key")), []byte("in/")) {
				return 1
			}
		case "aws.ec2":
			if e.is(detailType, "AWS API Call via CloudTrail") {
				return e.other()
			}
		}
		return 0
	},
}

func switchCalls(e *readEvent) (matches int) {
	if !e.is(source, "aws.ec2") || !e.is(detailType, "AWS API Call via CloudTrail") {
		return 0
	}
	service, name, other := false, false, false
	for i, end := jsonscan.First(int(e.top[detail])), e.tape.Next(int(e.top[detail])); i < end; i = e.tape.Next(i + 1) {
		switch string(e.tape.Content(i)) {
		case "eventSource":
			service = string(e.text(i+1)) == "ec2.amazonaws.com"
		case "eventName":
			switch string(e.text(i + 1)) {
			case "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress":
				name = true
			}
		case "userIdentity":
			other = e.otherIdentity(i + 1)
		}
	}
	if service && name {
		matches++
	}
	if other && !e.is(eventID, "other-1") {
		matches++
	}
	return matches
}

// other matches otherPattern(1, 1).
func (e *readEvent) other() int {
	if !e.is(eventID, "other-1") && e.otherIdentity(e.member(int(e.top[detail]), "userIdentity")) {
		return 1
	}
	return 0
}

func (e *readEvent) otherIdentity(at int) bool {
	attributes := e.member(e.member(at, "sessionContext"), "attributes")
	return bytes.HasSuffix(e.text(e.member(attributes, "mfaAuthenticated")), []byte("#1lse"))
}
