package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jobgen/jobgen/internal/delivery"
	"github.com/jobgen/jobgen/internal/model"
	"github.com/jobgen/jobgen/internal/visible"
)

// This file is about the deliveries of a custom event bus. Its subscriber calls a function with
// one or several events at once.

var errNoEvents = errors.New("the list is empty; a subscriber delivers at least one event")

// subscriber simulates a subscriber of a custom event bus for a function. Its filter passes the
// events that at least one of the function's rules matches. A filter takes the patterns of rules
// unchanged (EventBridge user guide, page eb-custom-bus-filtering).
type subscriber struct {
	rules   []*liveRule // of the function; those that match an event of the delivery
	matched []bool      // by the indexes of rules
	events  []int       // the places of the events that pass the filter, in order
}

// subscribers returns a subscriber for each function, with the events that pass its filter.
func (r *runner) subscribers(d *delivery.Delivery) ([]*subscriber, error) {
	var all []*subscriber
	for _, rule := range r.rules {
		i := slices.IndexFunc(all, func(s *subscriber) bool { return s.rules[0].functionKey() == rule.functionKey() })
		if i < 0 {
			i = len(all)
			all = append(all, &subscriber{})
		}
		all[i].rules = append(all[i].rules, rule)
	}
	for _, s := range all {
		s.matched = make([]bool, len(s.rules))
		for place, event := range d.Events {
			passes := false
			for i, rule := range s.rules {
				matches, err := rule.pattern.Match(event)
				if err != nil {
					return nil, fmt.Errorf("event %d of the delivery: %w", place+1, err)
				}
				s.matched[i] = s.matched[i] || matches
				passes = passes || matches
			}
			if passes {
				s.events = append(s.events, place)
			}
		}
	}
	return all, nil
}

// deliver calls each function with the events of a delivery that its rules match.
func (r *runner) deliver(e namedEvent, d *delivery.Delivery) error {
	if len(d.Events) == 0 {
		return errNoEvents
	}
	if !r.json {
		r.say(visible.Bold, "%s: a delivery of %s\n", e.name, plural(len(d.Events), "event", "events"))
	}
	subscribers, err := r.subscribers(d)
	if err != nil {
		return err
	}
	wanted := make([]bool, len(d.Events))
	for _, s := range subscribers {
		for _, place := range s.events {
			wanted[place] = true
		}
		if len(s.events) == 0 {
			continue
		}
		if err := r.fireDelivery(e, d, s); err != nil {
			return err
		}
	}
	for place, event := range d.Events {
		if wanted[place] {
			continue
		}
		if err := r.explainSilence(fmt.Sprintf("event %d", place+1), event); err != nil {
			return err
		}
	}
	return nil
}

// fireDelivery calls the function of a subscriber.
func (r *runner) fireDelivery(e namedEvent, d *delivery.Delivery, s *subscriber) error {
	var ids []string
	for i, rule := range s.rules {
		if s.matched[i] {
			ids = append(ids, rule.ID)
		}
	}
	f := fired{Event: e.name, Rule: strings.Join(ids, ", "), Function: s.rules[0].function(), Events: len(s.events)}
	result, err := r.invoke(s.rules[0], d.Only(s.events))
	if err != nil {
		return err
	}
	if f.take(result) {
		f.ErrorType, f.Error = checkDispatch(s.rules[0], s.jobs(), result)
	} else {
		f.after = "All these events would come again: from Lambda if the subscriber's invocation type is EVENT, otherwise as its retry policy says"
	}
	f.jobs = len(result.Jobs)
	return r.report(f)
}

// jobs returns the jobs of the function.
func (s *subscriber) jobs() []*model.Job {
	if rule := s.rules[0]; rule.pkg.Layout != model.PerPackage {
		return []*model.Job{rule.Job}
	}
	return s.rules[0].pkg.Jobs()
}

// delivered returns the events of a delivery. Their names have their positions in it. A single
// event is returned unchanged.
func delivered(e namedEvent) (all []namedEvent, err error) {
	d := delivery.Read(e.data)
	switch {
	case d == nil:
		return []namedEvent{e}, nil
	case len(d.Events) == 0:
		return nil, fmt.Errorf("%s: %w", e.name, errNoEvents)
	}
	for i, event := range d.Events {
		all = append(all, namedEvent{fmt.Sprintf("%s, event %d", e.name, i+1), event})
	}
	return all, nil
}
