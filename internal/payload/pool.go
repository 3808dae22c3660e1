package payload

import "sync"

// free holds the payloads that are not in use, so that the next invocation uses their
// memory: one, unless the function handles several events at once.
var free pool

// pool is a list of payloads. A sync.Pool would store them as any. In a program that
// looks up methods by reflection, as net/rpc of aws-lambda-go does, the linker keeps
// every exported method of a type that is converted to any, and of the types in it.
type pool struct {
	lock  sync.Mutex
	first *Payload
}

// maxKept is the size in bytes of the largest payload whose memory is kept. The memory
// is up to thirty times as large: the largest events, of 1 MB, would occupy 30 MB until
// the function ends. Nearly all events are smaller than maxKept.
const maxKept = 64 << 10

// take returns a payload from the list, or a new one.
func (l *pool) take() *Payload {
	l.lock.Lock()
	p := l.first
	if p == nil {
		l.lock.Unlock()
		return new(Payload)
	}
	l.first = p.next
	l.lock.Unlock()
	return p
}

func (l *pool) keep(p *Payload) {
	l.lock.Lock()
	p.next, l.first = l.first, p
	l.lock.Unlock()
}
