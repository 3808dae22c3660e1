package deployed

import (
	"errors"
	"fmt"
	"slices"

	"github.com/jobgen/jobgen/internal/delivery"
)

// ErrNoEvents is the error for a delivery of a custom event bus without events.
var ErrNoEvents = errors.New("the list is empty; a subscriber delivers at least one event")

// Subscriber simulates a subscriber of a custom event bus for a function. It calls the function
// with one or several events at once. Its filter passes the events that at least one of the
// function's rules matches. A filter takes the patterns of rules unchanged (EventBridge user
// guide, page eb-custom-bus-filtering).
type Subscriber struct {
	Rules   []*Rule // of the function
	Matched []bool  // by the indexes of Rules: the rule matches an event of the delivery
	Events  []int   // the places of the events that pass the filter, in order
}

// Subscribers returns a subscriber for each function of the rules, with the events of a delivery
// that pass its filter.
func Subscribers(rules []*Rule, d *delivery.Delivery) ([]*Subscriber, error) {
	var all []*Subscriber
	for _, rule := range rules {
		i := slices.IndexFunc(all, func(s *Subscriber) bool { return s.Rules[0].FunctionKey() == rule.FunctionKey() })
		if i < 0 {
			i = len(all)
			all = append(all, &Subscriber{})
		}
		all[i].Rules = append(all[i].Rules, rule)
	}
	for _, s := range all {
		if err := s.filter(d); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// filter finds the events that the rules match.
func (s *Subscriber) filter(d *delivery.Delivery) error {
	s.Matched = make([]bool, len(s.Rules))
	for place, event := range d.Events {
		passes := false
		for i, rule := range s.Rules {
			matches, err := rule.Compiled.Match(event)
			if err != nil {
				return fmt.Errorf("event %d of the delivery: %w", place+1, err)
			}
			s.Matched[i] = s.Matched[i] || matches
			passes = passes || matches
		}
		if passes {
			s.Events = append(s.Events, place)
		}
	}
	return nil
}

// IDs returns the ids of the rules that match an event of the delivery.
func (s *Subscriber) IDs() []string {
	var ids []string
	for i, rule := range s.Rules {
		if s.Matched[i] {
			ids = append(ids, rule.ID)
		}
	}
	return ids
}
