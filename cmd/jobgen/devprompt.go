package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/spell"
	"github.com/jobgen/jobgen/internal/terminal"
)

// maxTyped is the maximum length of a line of standard input.
const maxTyped = 4 << 20

// devLines are the lines of standard input that have an effect, by their first word.
var devLines = map[string]struct {
	args, help string
	do         func(d *dev, rest string) error
}{
	"fire":  {"RULE", "send an event that is made for a rule to this rule", (*dev).fireLine},
	"put":   {"FILE [BUS]", "put the events of a file, or an event as JSON", (*dev).putLine},
	"rules": {"", "list the rules", (*dev).rulesLine},
}

// devWords are the words of devLines in the order of the help.
var devWords = []string{"fire", "put", "rules", "help"}

// readLines carries out the lines of standard input, until its end.
func (d *dev) readLines() {
	lines := bufio.NewScanner(d.stdin)
	lines.Buffer(nil, maxTyped)
	for lines.Scan() {
		if d.ctx.Err() != nil {
			return
		}
		word, rest, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		if err := d.line(word, strings.TrimSpace(rest)); err != nil {
			d.log.says(err.Error())
		}
	}
	if err := lines.Err(); err != nil {
		d.log.says(fmt.Sprintf("standard input is not read any more: %v", err))
	}
}

// line carries out a line.
func (d *dev) line(word, rest string) error {
	if word == "" {
		return nil
	}
	if word == "help" {
		d.log.says(linesHelp())
		return nil
	}
	if line, ok := devLines[word]; ok {
		return line.do(d, rest)
	}
	if near, ok := spell.Nearest(word, devWords); ok {
		return fmt.Errorf("no command %q; did you mean %q?", word, near)
	}
	return fmt.Errorf("no command %q; there are %s", word, strings.Join(devWords, ", "))
}

func linesHelp() string {
	var b strings.Builder
	for _, word := range devWords[:len(devWords)-1] {
		fmt.Fprintf(&b, "%-16s %s\n", word+" "+devLines[word].args, devLines[word].help)
	}
	return b.String()
}

func (d *dev) fireLine(rule string) error {
	if rule == "" {
		return errors.New("fire RULE: name a rule; rules lists them")
	}
	return d.bus.Fire(rule).Err
}

func (d *dev) putLine(rest string) error {
	source, bus := rest, ""
	if !isText(rest) {
		source, bus, _ = strings.Cut(rest, " ")
	}
	if source == "" || source == "-" {
		return errors.New("put FILE [BUS]: name a file with events, and the event bus if it is not the default one")
	}
	events, err := d.readEvents([]string{source})
	if err != nil {
		return err
	}
	for e, err := range events {
		if err == nil {
			err = d.bus.PutEvent(strings.TrimSpace(bus), e.data).Err
		}
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
	}
	return nil
}

func (d *dev) rulesLine(string) error {
	_, ready := d.builds()
	if ready == nil {
		return errNotBuilt
	}
	var b strings.Builder
	if err := writeList(&b, ready.rows, cmp.Or(terminal.Columns(d.stdout), maxTyped)); err != nil {
		return err
	}
	d.log.says(b.String())
	return nil
}

var errNotBuilt = errors.New("no build has succeeded yet")

// Put puts the events in a text on an event bus.
func (d *dev) Put(bus string, text []byte) (ids []string, err error) {
	in := &input{name: "the text", Reader: bytes.NewReader(text)}
	for data, err := range jsonValues(in) {
		if err != nil {
			return ids, err
		}
		result := d.bus.PutEvent(bus, data)
		if result.Err != nil {
			return ids, result.Err
		}
		ids = append(ids, result.ID)
	}
	return ids, nil
}

// Fire sends an event that is made for a rule to that rule.
func (d *dev) Fire(rule string) (id string, err error) {
	result := d.bus.Fire(rule)
	return result.ID, result.Err
}

// EventFor returns an event that fires a rule.
func (d *dev) EventFor(id string) ([]byte, error) {
	_, ready := d.builds()
	if ready == nil {
		return nil, errNotBuilt
	}
	rule, err := ready.program.Rule(id)
	if err != nil {
		return nil, err
	}
	return ready.event(rule.Rule, time.Now())
}
