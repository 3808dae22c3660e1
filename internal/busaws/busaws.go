// Package busaws gives AWS's clients a local event bus: its rules, schedules, queues and
// functions as the operations of package localaws show them, and its methods behind these
// operations.
package busaws

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/localaws"
	"github.com/jobgen/jobgen/internal/localbus"
	"github.com/jobgen/jobgen/internal/runtimeapi"
	"github.com/jobgen/jobgen/internal/sqsevent"
)

// The account and the Region of the bus.
const (
	Account = catalog.SampleAccount
	Region  = catalog.SampleRegion
)

// Handler returns the handler for AWS's clients. unknown is called for each request for an
// operation that it doesn't have.
func Handler(bus *localbus.Bus, unknown func(service, operation string)) http.Handler {
	return localaws.New(&backend{bus: bus}, localaws.Options{Account: Account, Region: Region, Unknown: unknown})
}

// backend is a bus for localaws.
type backend struct {
	bus *localbus.Bus

	mu      sync.Mutex
	program *localbus.Program // of stack
	stack   *localaws.Stack
}

// Stack returns the stack of the bus's program.
func (b *backend) Stack() *localaws.Stack {
	program := b.bus.Program()
	if program == nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.program != program {
		b.program, b.stack = program, stackOf(program, time.Now())
	}
	return b.stack
}

// Put puts events on their buses.
func (b *backend) Put(events []localaws.Event) []localaws.PutResult {
	entries := make([]localbus.PutEntry, len(events))
	for i, e := range events {
		entries[i] = localbus.PutEntry{Bus: e.Bus, Source: e.Source, DetailType: e.DetailType, Detail: e.Detail, Resources: e.Resources, Time: e.Time}
	}
	results := make([]localaws.PutResult, len(events))
	for i, r := range b.bus.Put(entries...) {
		results[i] = localaws.PutResult{ID: r.ID, Err: refusal(r.Err)}
	}
	return results
}

// refusal returns an error of the bus as one that localaws knows.
func refusal(err error) error {
	switch {
	case errors.Is(err, localbus.ErrBusy):
		return localaws.ErrBusy
	case errors.Is(err, localbus.ErrThrottled):
		return localaws.ErrThrottled
	}
	return err
}

// Send sends a message to a queue.
func (b *backend) Send(queue string, m localaws.Message) (localaws.Sent, error) {
	attributes := map[string]sqsevent.Attribute{}
	for name, a := range m.Attributes {
		attribute := sqsevent.Attribute{DataType: a.DataType, BinaryValue: a.Binary, StringList: []string{}, BinaryList: [][]byte{}}
		if a.Binary == nil {
			attribute.StringValue = &a.String
		}
		attributes[name] = attribute
	}
	sent, err := b.bus.Send(queue, localbus.Message{
		Body: []byte(m.Body), Delay: m.Delay, Group: m.GroupID, Deduplication: m.DeduplicationID, Attributes: attributes,
	})
	return localaws.Sent{ID: sent.ID, Sequence: sent.Sequence}, refusal(err)
}

// Invoke calls a function.
func (b *backend) Invoke(ctx context.Context, function string, payload []byte) (localaws.Result, error) {
	result, err := b.bus.Invoke(ctx, function, payload)
	if err != nil {
		return localaws.Result{}, refusal(err)
	}
	return localaws.Result{Payload: result.Payload, FunctionError: result.FunctionError, Log: logOf(result)}, nil
}

// logOf returns the log of an invocation, with the lines that Lambda adds (Lambda developer
// guide, page golang-logging). The used memory is not known.
func logOf(r runtimeapi.Result) []byte {
	var log bytes.Buffer
	fmt.Fprintf(&log, "START RequestId: %s Version: $LATEST\n", r.RequestID)
	log.Write(r.Log)
	fmt.Fprintf(&log, "END RequestId: %s\n", r.RequestID)
	milliseconds := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	fmt.Fprintf(&log, "REPORT RequestId: %s\tDuration: %.2f ms", r.RequestID, milliseconds(r.Duration))
	if r.InitDuration > 0 {
		fmt.Fprintf(&log, "\tInit Duration: %.2f ms", milliseconds(r.InitDuration))
	}
	log.WriteString("\n")
	return log.Bytes()
}

// InvokeAsync calls a function without waiting for it.
func (b *backend) InvokeAsync(function string, payload []byte) error {
	return refusal(b.bus.InvokeAsync(function, payload))
}
