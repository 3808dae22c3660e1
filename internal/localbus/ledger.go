package localbus

import "slices"

// ledger has what is not yet done. Bus.mu guards it.
type ledger struct {
	// live are the events and messages that are not yet handled, also those that wait for
	// another attempt.
	live  map[*shipment]bool
	bytes int // of their payloads
	// maxLive and maxBytes are MaxPending and MaxPendingBytes, except in tests.
	maxLive, maxBytes int
	running           int           // the number of goroutines that run calls
	quiet             chan struct{} // closed when nothing is live
	paused            chan struct{} // closed when no call runs
	closing           bool
}

func newLedger() ledger {
	none := make(chan struct{})
	close(none)
	return ledger{live: map[*shipment]bool{}, quiet: none, paused: none, maxLive: MaxPending, maxBytes: MaxPendingBytes}
}

// hasRoom returns an error if too many events wait for n more of the given size.
func (l *ledger) hasRoom(n, size int) error {
	if len(l.live)+n > l.maxLive || l.bytes+n*size > l.maxBytes {
		return ErrBusy
	}
	return nil
}

// admit adds a shipment to those that are live, and takes a use of its program.
func (l *ledger) admit(d *shipment) error {
	if l.closing {
		return ErrClosed
	}
	if len(l.live) == 0 {
		l.quiet = make(chan struct{})
	}
	l.live[d] = true
	l.bytes += len(d.payload)
	if d.fn != nil {
		d.fn.program.uses++
	}
	return nil
}

// forget removes a shipment from those that are live. It returns the programs that nothing needs
// any more.
func (l *ledger) forget(d *shipment) (unused []*Program) {
	delete(l.live, d)
	l.bytes -= len(d.payload)
	if len(l.live) == 0 {
		close(l.quiet)
	}
	if d.fn != nil && d.fn.program.drop() {
		return []*Program{d.fn.program}
	}
	return nil
}

// begin counts a goroutine that runs calls.
func (l *ledger) begin() {
	if l.running == 0 {
		l.paused = make(chan struct{})
	}
	l.running++
}

// ended counts a goroutine that has run its calls.
func (l *ledger) ended() {
	l.running--
	if l.running == 0 {
		close(l.paused)
	}
}

// Unfinished is an event or a message that the bus has not handled when it closes.
type Unfinished struct {
	Events  []string // the ids of the events
	Rules   []string // the ids of the rules
	Running bool     // the function was running and was stopped
}

// unfinished returns what is not handled, in the order of arrival.
func (l *ledger) unfinished() []Unfinished {
	var all []*shipment
	for d := range l.live {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, c *shipment) int { return a.arrived.Compare(c.arrived) })
	var left []Unfinished
	for _, d := range all {
		left = append(left, Unfinished{Events: d.events, Rules: d.ruleIDs(), Running: d.running})
	}
	return left
}
