package main

import (
	"fmt"
	"strings"

	"github.com/jobgen/jobgen/internal/delivery"
	"github.com/jobgen/jobgen/internal/deployed"
	"github.com/jobgen/jobgen/internal/visible"
)

// This file is about the deliveries of a custom event bus. Its subscriber calls a function with
// one or several events at once.

// deliver calls each function with the events of a delivery that its rules match.
func (r *runner) deliver(e namedEvent, d *delivery.Delivery) error {
	if len(d.Events) == 0 {
		return deployed.ErrNoEvents
	}
	if !r.json {
		r.say(visible.Bold, "%s: a delivery of %s\n", e.name, plural(len(d.Events), "event", "events"))
	}
	subscribers, err := deployed.Subscribers(r.rules, d)
	if err != nil {
		return err
	}
	wanted := make([]bool, len(d.Events))
	for _, s := range subscribers {
		for _, place := range s.Events {
			wanted[place] = true
		}
		if len(s.Events) == 0 {
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
func (r *runner) fireDelivery(e namedEvent, d *delivery.Delivery, s *deployed.Subscriber) error {
	f := fired{Event: e.name, Rule: strings.Join(s.IDs(), ", "), Function: s.Rules[0].FunctionName(), Events: len(s.Events)}
	result, err := r.invoke(s.Rules[0], d.Only(s.Events))
	if err != nil {
		return err
	}
	if f.take(result) {
		f.ErrorType, f.Error = s.Rules[0].CheckDispatch(s.Rules[0].FunctionJobs(), result)
	} else {
		f.after = "All these events would come again: from Lambda if the subscriber's invocation type is EVENT, otherwise as its retry policy says"
	}
	f.jobs = len(result.Jobs)
	return r.report(f)
}

// delivered returns the events of a delivery. Their names have their positions in it. A single
// event is returned unchanged.
func delivered(e namedEvent) (all []namedEvent, err error) {
	d := delivery.Read(e.data)
	switch {
	case d == nil:
		return []namedEvent{e}, nil
	case len(d.Events) == 0:
		return nil, fmt.Errorf("%s: %w", e.name, deployed.ErrNoEvents)
	}
	for i, event := range d.Events {
		all = append(all, namedEvent{fmt.Sprintf("%s, event %d", e.name, i+1), event})
	}
	return all, nil
}
