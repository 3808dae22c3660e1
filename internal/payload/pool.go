package payload

import "sync"

// payloads keeps the memory of payloads from one to the next: of as many as there
// were at once, which is one unless the function takes several events at once.
var payloads pool

// pool holds payloads that nobody uses. A sync.Pool would take them as any,
// and in a program that asks for methods by reflection, as net/rpc of aws-lambda-go
// does, the linker keeps every exported method of what was made an any, and of all
// types in it.
type pool struct {
	lock  sync.Mutex
	first *Payload
}

// maxKept is how many bytes a payload may have for its memory to be kept, which is at
// most some thirty times as much. Nearly all events are smaller; for the largest, of
// 1 MB, keeping it would cost 30 MB for as long as the function lives.
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
