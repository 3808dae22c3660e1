package pattern

// likelihood is how likely an item holds, as far as the patterns tell.
type likelihood struct {
	// parts are what is required together.
	parts []int32
	// literals is how many of a node's literals a test of literals alone takes.
	node     int32
	literals int
	// otherwise is the share of events for other tests.
	otherwise float64
	known     float64 // 0: not yet known
}

// Guesses at the share of events in which a test of values that are there
// holds.
const (
	nearlyAlways = 0.9 // anything-but, exists
	sometimes    = 0.2 // prefix and other ranges of values
)

// likely guesses the share of events in which an item holds. Of a node's
// literals each is taken to be as likely, so one that all patterns want is
// certain.
func (c *compiler) likely(item int32) float64 {
	l := &c.items[item].likely
	if l.known > 0 {
		return l.known
	}
	known := 1.0
	if l.parts == nil {
		known = l.otherwise
		if l.literals > 0 {
			known = max(known, float64(l.literals)/float64(len(c.nodes[l.node].literals)))
		}
	}
	for _, part := range l.parts {
		known *= c.likely(part)
	}
	l.known = known
	return known
}
